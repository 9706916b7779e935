package io.odp4j.flowcache.trace;

import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.Rule;

/** One thing that happened to a packet in the tables. */
public sealed interface Step {
    /** How deep in resubmits. */
    int depth();

    /** What the step made significant that was not before, as a match; empty for nothing. */
    String looked();

    /**
     * A table was looked into.
     *
     * @param rule what applied, or null
     * @param packet the packet as it was by then, in the words of a {@link
     *     io.odp4j.flowcache.rule.field.RuleKey}
     */
    record Lookup(int table, Rule rule, int depth, long[] packet, String looked) implements Step {}

    /** An action was carried out, and those within it. */
    record Performed(OpenFlowAction action, int depth, String looked) implements Step {}
}
