package io.odp4j.flowcache.policy;

import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.field.Prerequisite;

/** Which actions have to know what was below the last MPLS label. */
final class InnerHeaders {
    private InnerHeaders() {}

    static boolean areNeededBy(OpenFlowAction action) {
        if (action instanceof OpenFlowAction.SetField set) {
            return set.field().needs() != Prerequisite.NONE;
        }
        return !(action instanceof OpenFlowAction.Output
                || action instanceof OpenFlowAction.OutputTruncated
                || action instanceof OpenFlowAction.OutputField
                || action instanceof OpenFlowAction.Enqueue
                || action instanceof OpenFlowAction.SetQueue
                || action instanceof OpenFlowAction.SetVlanVid
                || action instanceof OpenFlowAction.SetVlanPcp);
    }
}
