package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.Rule;

/** Told which tables and rules a packet meets, for those who ask why. */
@FunctionalInterface
public interface TraceListener {
    /** The packet does not come back from the connection tracker but for its inner headers. */
    int NO_ZONE = -1;

    /**
     * A table was looked into.
     *
     * @param rule what applied, or null
     * @param depth how deep in resubmits
     * @param words the packet as it was by then, in the words of a {@link
     *     io.odp4j.flowcache.rule.field.RuleKey}; to be read at once
     * @param mask the bits that were looked at so far; to be read at once
     */
    void lookedUp(int table, Rule rule, int depth, long[] words, FlowMask mask);

    /**
     * An action is about to be carried out.
     *
     * @param depth how deep in resubmits
     * @param mask the bits that were looked at before; to be read at once
     */
    default void performs(OpenFlowAction action, int depth, FlowMask mask) {}

    /**
     * The packet will come back.
     *
     * @param id under which recirculation id
     * @param words of the {@link io.odp4j.flowcache.rule.field.RuleKey} that it left with; to be
     *     read at once
     * @param zone of the connection tracker, or {@link #NO_ZONE}
     */
    default void recirculates(int id, long[] words, int zone) {}
}
