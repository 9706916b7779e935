package io.odp4j.upcall.counter;

import java.util.Locale;

/** Everything that is counted on a packet's way, each with a sentence. */
public enum Counter {
    // Reader
    UPCALLS_RECEIVED("Upcalls read from the kernel."),
    UPCALLS_LOST_AT_SOCKET(
            "Times the datapath said that it dropped upcalls for want of room (ENOBUFS)."),
    UPCALLS_TRUNCATED("Upcalls longer than a ring slot, dropped."),
    UPCALLS_FOREIGN("Datagrams from a sender that is not the datapath, dropped."),
    UPCALLS_OVER_SHARE("Upcalls of a port that was over its share, dropped."),
    RING_FULL("Times upcalls were left in the kernel: the ring, or a busy port's part, was full."),
    READ_ERRORS("Reads that failed with another error."),
    // Classifier
    MISSES("Upcalls of packets that no flow matched."),
    ACTIONS("Upcalls that a userspace action asked for."),
    UPCALLS_MALFORMED("Upcalls that do not follow the format, dropped."),
    UPCALLS_UNKNOWN("Messages that are no upcall of this datapath, dropped."),
    CACHE_HITS("Misses whose flow was decided already: executed, not installed again."),
    DECIDED("Misses that the policy decided."),
    POLICY_ERRORS("Times the policy threw an exception."),
    POLICY_DROPS("Packets dropped because the policy threw an exception."),
    FALLBACKS("Packets that the fallback decided because the policy threw an exception."),
    CLASSIFIER_ERRORS("Packets dropped because of an unexpected error in the classifier."),
    PACKETS_DROPPED("Packets that the decision drops."),
    ACTIONS_CONTROLLER("Of those, packets for the controller."),
    ACTIONS_SLOW_PATH("Of those, packets that the policy decides one by one."),
    ACTIONS_SAMPLED("Of those, samples."),
    ACTIONS_USER("Of those, packets for a handler of the user's."),
    ACTIONS_FAILED("Packets whose handler threw an exception, dropped."),
    ACTIONS_UNHANDLED("Upcalls of a userspace action that nobody takes, dropped."),
    PORTS_MUTED("Times what a port sent too much of was muted in the datapath for a second."),
    PACKETS_MUTED("Packets that the datapath dropped of ports that were muted."),
    FLOWS_OVER_LIMIT("Flows not installed because the flow limit was reached; packet executed."),
    FLOWS_NARROWED("Flows installed for fewer packets than decided, to keep to the mask budget."),
    FLOWS_OVER_MASK_BUDGET(
            "Flows not installed because no mask within the budget would do; packet executed."),
    FLOWS_UNCACHED("Flows not installed because the flow cache refused them; packet executed."),
    // Outbox
    PACKETS_EXECUTED("Packets sent back to be executed."),
    FLOWS_INSTALLED("Flows sent to be installed."),
    FLOWS_REINSTALLED("Flows sent again since their packets kept coming up."),
    FLOWS_MODIFIED("Flows whose actions were changed in place."),
    FLOWS_DELETED("Flows sent to be deleted."),
    FLOWS_HELD_BACK("Flows not installed since the datapath just had no room; packet executed."),
    FLOWS_EXISTED("Installs that found the flow there already (EEXIST)."),
    FLOW_INSTALL_FAILED("Installs and changes of flows that the datapath refused."),
    FLOW_INSTALL_INVALID("Of those, flows that it finds wrong (EINVAL)."),
    FLOW_INSTALL_NO_ROOM(
            "Of those, flows that it has no room for (ENOSPC, EFBIG, ENOMEM, ENOBUFS)."),
    FLOW_INSTALL_NO_DATAPATH("Of those, flows of a datapath that is gone (ENODEV)."),
    FLOW_DELETE_FAILED("Deletes that the kernel refused; the flow was gone already (ENOENT)."),
    EXECUTE_FAILED("Executes that the kernel refused; the packet is lost."),
    SEND_WAITS("Times a batch waited because the queue of an embedded datapath was full."),
    SEND_FAILED("Batches that could not be sent; their packets and flows are lost."),
    PACKETS_LOST_IN_SEND("Packets of batches that could not be sent."),
    ERRORS_LOST(
            "Answers to requests that were lost for want of room (ENOBUFS), or too long to be read."),
    // Who looks on
    EVENTS_PASSED_OVER("Events not shown to who looks on, since there were too many in a second."),
    EVENTS_MISSED("Events that were overwritten before who looks on came to read them."),
    // Revalidator
    REVALIDATIONS("Rounds of the revalidator."),
    FLOWS_IDLE("Flows deleted because no packet matched them for long enough."),
    FLOWS_PURGED("Flows deleted because there were too many, or all were to go."),
    FLOWS_CHANGED("Flows whose decision changed."),
    FLOWS_VANISHED("Flows that someone else deleted."),
    FLOWS_FORGOTTEN("Flows of the agent's own that it knew nothing of any more, deleted."),
    FLOWS_ADOPTED("Flows found in the datapath and taken over."),
    FLOWS_FOREIGN(
            "Flows found in the datapath at the start and left alone, as told or without a 128-bit ufid."),
    FLOW_LIMIT_LOWERED("Times the flow limit was lowered since listing the flows took too long."),
    // Tunnels
    TUNNEL_PACKETS_FOREIGN(
            "Packets dropped that came through a tunnel from another remote end or with another key."),
    TUNNEL_OUTPUTS_UNADDRESSED(
            "Outputs to a tunnel left out of a decision since nobody says where to."),
    // Kernel samples
    SAMPLES_RECEIVED("Packets that the kernel sampled (psample) and told of."),
    SAMPLES_LOST("Samples missing by the numbers that those of their group have."),
    SAMPLES_OVERRUN("Times that samples were lost for want of room (ENOBUFS)."),
    SAMPLES_FAILED("Samples whose listener threw an exception."),
    // Watchdog
    STAGES_STUCK("Times a stage was found without progress though there was work."),
    // Ports
    PORTS_ADDED("Ports that were attached or taken over."),
    PORTS_REMOVED("Ports that went away."),
    LINKS_CHANGED("Times a port's link went up or down, or changed its MTU or name."),
    TUNNEL_PATHS_CHANGED("Times the way to a tunnel's remote end changed."),
    FEATURES_RESTORED(
            "Times another program changed the datapath's features and they were put back."),
    EVENTS_LOST("Times that news of ports was lost and the list was taken anew."),
    // Control socket
    CONTROL_REQUESTS("Commands asked for on the control socket."),
    CONTROL_ERRORS("Commands of the control socket that were answered with an error."),
    CONTROL_STRANGERS("Clients of the control socket refused: neither the same user nor root."),
    CONTROL_OVER_LIMIT("Clients of the control socket refused: too many at once."),
    CONTROL_MALFORMED("Clients of the control socket cut off: what they sent is no request."),
    CONTROL_BROKEN("Clients of the control socket that went, or did not read, before the end.");

    private final String meaning;

    Counter(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence: what is counted. */
    public String meaning() {
        return meaning;
    }

    /** The name as it is printed: {@code upcalls_received}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
