package io.odp4j.upcall.classify;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.upcall.policy.Verdict;

/**
 * Flows that drop what a port sends too much of, for a second. They are in the book as others are,
 * with this mark for an attachment, and are not decided again.
 */
final class MutedFlows {
    /** What such flows have for an attachment. */
    static final Object MARK = "muted";

    /** For how long such a flow stays. */
    static final long MILLIS = 1000;

    private MutedFlows() {}

    /** The verdict for a flow that mutes a port's packets of the packet's kind. */
    static void decide(FlowKey key, Verdict verdict) {
        verdict.clear()
                .match(FlowField.RECIRC_ID)
                .match(FlowField.IN_PORT)
                .match(FlowField.DL_TYPE)
                .attach(MARK);
        if (key.dlType() == 0x0800 || key.dlType() == 0x86dd) {
            verdict.match(FlowField.NW_PROTO);
        }
    }
}
