package io.odp4j.upcall.watch;

import java.util.Locale;

/** What can happen to a packet that comes up, or to a flow; each with a sentence. */
public enum EventKind {
    // Packets
    DECIDED("The policy decided about the packet."),
    KNOWN("The packet is of a flow that is decided already: its install is under way."),
    MUTED("The packet's port sends too much: what is like it is dropped for a second."),
    FAILED("The policy threw an exception: the packet is dropped."),
    ACTION("A userspace action sent the packet up."),
    // Births of flows
    INSTALLED("The flow was sent to be installed."),
    REINSTALLED("The flow was sent again since its packets kept coming up."),
    ADOPTED("The flow was there before the agent and was taken over."),
    // Flows that were not born
    LIMIT("No flow was installed: there are as many as there may be."),
    REFUSED("The datapath refused the flow."),
    // Changes
    CHANGED("The decision is another one: the flow's actions were replaced."),
    // Deaths of flows
    REDECIDED("The decision is another one and holds for other packets: the flow was deleted."),
    IDLE("No packet matched the flow for long enough: it was deleted."),
    EVICTED("There were too many flows, or all were to go: the flow was deleted."),
    UNMUTED("The flow muted a port and its time is over: it was deleted."),
    VANISHED("Somebody else deleted the flow.");

    private final String meaning;

    EventKind(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence: what happened. */
    public String meaning() {
        return meaning;
    }

    /** Whether it is about a packet rather than a flow. */
    public boolean isPacket() {
        return ordinal() <= ACTION.ordinal();
    }

    /** The name as it is printed. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
