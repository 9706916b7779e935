package io.odp4j.datapath.embedded.forwarding;

import java.util.Locale;

/**
 * What becomes of packets in the embedded datapath, each with a sentence. Every packet that comes
 * in, or is to be executed, moves at least one of the counters below {@link #EXECUTED}; one whose
 * actions send it to a single place moves exactly one.
 */
public enum PacketCounter {
    RECEIVED("Frames that came in at a port."),
    EXECUTED("Packets that a request brought, with actions for them."),
    SENT("Packets sent out of a port, or to the datapath's own."),
    UPCALLS("Packets sent up, those that were lost on the way included."),
    KEPT("Fragments that wait until ct has all of their packet."),
    SAMPLED("Packets that a psample action shows to those who listen."),
    DROPPED_BY_ACTION("Packets that their actions send nowhere."),
    MALFORMED("Frames that are no packets: no flow key can be read from them."),
    PORT_MISSING("Packets for a port that is not there."),
    NOT_ETHERNET("Packets without an Ethernet header that were to go out of a port."),
    NOT_FRAGMENTED("Packets that came in fragments and cannot be cut again."),
    METERED("Packets dropped because a meter says so."),
    TOO_DEEP("Packets dropped because actions nested, or recirculated, too deep."),
    ACTION_FAILED("Packets dropped because an action cannot be done with them.");

    private final String meaning;

    PacketCounter(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence: what is counted. */
    public String meaning() {
        return meaning;
    }

    /** The name as it is printed: {@code port_missing}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
