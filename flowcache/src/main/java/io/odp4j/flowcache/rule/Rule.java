package io.odp4j.flowcache.rule;

import java.util.List;

/** A rule of a policy table, with its counters. */
public final class Rule {
    public static final int DEFAULT_PRIORITY = 32768;

    private final int table;
    private final int priority;
    private final long cookie;
    private final RuleMatch match;
    private final List<OpenFlowAction> actions;
    private final String text;
    private long packets;
    private long bytes;

    /**
     * A rule.
     *
     * @param text how it is shown
     */
    public Rule(
            int table,
            int priority,
            long cookie,
            RuleMatch match,
            List<OpenFlowAction> actions,
            String text) {
        this.table = table;
        this.priority = priority;
        this.cookie = cookie;
        this.match = match;
        this.actions = List.copyOf(actions);
        this.text = text;
    }

    public int table() {
        return table;
    }

    public int priority() {
        return priority;
    }

    public long cookie() {
        return cookie;
    }

    public RuleMatch match() {
        return match;
    }

    public List<OpenFlowAction> actions() {
        return actions;
    }

    /** Whether the rule is part of a conjunction: it takes part in an answer and is none. */
    public boolean isSoft() {
        for (OpenFlowAction action : actions) {
            if (action instanceof OpenFlowAction.Conjunction) {
                return true;
            }
        }
        return false;
    }

    /** Counts what a datapath flow made from this rule handled. */
    public void credit(long morePackets, long moreBytes) {
        packets += morePackets;
        bytes += moreBytes;
    }

    public long packets() {
        return packets;
    }

    public long bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return text;
    }
}
