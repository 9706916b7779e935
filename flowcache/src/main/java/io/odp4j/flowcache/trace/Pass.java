package io.odp4j.flowcache.trace;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.policy.Verdict;
import java.util.List;

/**
 * One way through the tables, from the datapath's upcall to its actions.
 *
 * @param zone of the connection tracker that the packet comes back from; -1 if it does not
 * @param key as the datapath would send it up
 * @param flow the key as a match's text
 * @param megaflow what the flow matches, as {@code ofproto/trace} prints it
 */
public record Pass(
        int zone, FlowKey key, String flow, String megaflow, Verdict verdict, List<Step> steps) {
    /** 0 for the first pass. */
    public int recircId() {
        return key.recircId();
    }
}
