package io.odp4j.datapath.embedded.conntrack;

import java.util.Locale;

/** What connection tracking counts, each with a sentence. */
public enum ConntrackCounter {
    INVALID("Packets that belong to no connection, or do not fit the one that they name."),
    EXPIRED("Connections whose time has run out."),
    EARLY_DROPS("Connections without an answer yet, given up because the table was full."),
    TABLE_FULL("Packets dropped because no connection could be given up for a new one."),
    INSERT_FAILED("Packets dropped because a connection with the same tuple was there already."),
    ZONE_LIMITED("Packets dropped because their zone has as many connections as it may."),
    NAT_FAILED("Packets dropped because their addresses could not be translated."),
    FRAGMENTS_TAKEN("Fragments that came to be put together."),
    FRAGMENTS_JOINED("Fragments that have become part of a whole packet."),
    FRAGMENTS_DROPPED("Fragments dropped: repeated, overlapping, of a wrong length, or no room."),
    FRAGMENTS_EXPIRED("Fragments dropped because the rest of their packet has not come in time.");

    private final String description;

    ConntrackCounter(String description) {
        this.description = description;
    }

    /** The name that people and programs see. */
    public String label() {
        return "conntrack_" + name().toLowerCase(Locale.ROOT);
    }

    /** One sentence: what is counted. */
    public String description() {
        return description;
    }
}
