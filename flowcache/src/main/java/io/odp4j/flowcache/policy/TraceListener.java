package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.rule.Rule;

/** Told which tables and rules a packet meets, for those who ask why. */
@FunctionalInterface
public interface TraceListener {
    /**
     * A table was looked into.
     *
     * @param rule what applied, or null
     * @param depth how deep in resubmits
     * @param mask the bits that were looked at so far; to be read at once
     */
    void lookedUp(int table, Rule rule, int depth, FlowMask mask);
}
