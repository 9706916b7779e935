package io.odp4j.flowcache.rule;

import java.util.List;

/** A rule of a policy table, with its counters. */
public final class Rule {
    public static final int DEFAULT_PRIORITY = 32768;

    private final int table;
    private final int priority;
    private final long cookie;
    private final Lifetime lifetime;
    private final RuleMatch match;
    private final List<OpenFlowAction> actions;
    private final String text;
    private long packets;
    private long bytes;
    private int created;
    private int used;

    /**
     * When a rule goes, and who is told.
     *
     * @param idleSeconds without a packet; 0: never
     * @param hardSeconds after it was added; 0: never
     * @param importance which rules go first where there is no room
     * @param tells whether a controller wants to know (send_flow_rem)
     */
    public record Lifetime(int idleSeconds, int hardSeconds, int importance, boolean tells) {
        /** Until it is deleted. */
        public static final Lifetime UNLIMITED = new Lifetime(0, 0, 0, false);
    }

    /**
     * A rule.
     *
     * @param text how it is shown
     */
    public Rule(
            int table,
            int priority,
            long cookie,
            Lifetime lifetime,
            RuleMatch match,
            List<OpenFlowAction> actions,
            String text) {
        this.table = table;
        this.priority = priority;
        this.cookie = cookie;
        this.lifetime = lifetime;
        this.match = match;
        this.actions = List.copyOf(actions);
        this.text = text;
    }

    /** A rule that stays until it is deleted. */
    public Rule(
            int table,
            int priority,
            long cookie,
            RuleMatch match,
            List<OpenFlowAction> actions,
            String text) {
        this(table, priority, cookie, Lifetime.UNLIMITED, match, actions, text);
    }

    /** The same rule with other actions; its counters and age go with it. */
    public Rule withActions(List<OpenFlowAction> others, String newText) {
        Rule changed = new Rule(table, priority, cookie, lifetime, match, others, newText);
        changed.packets = packets;
        changed.bytes = bytes;
        changed.created = created;
        changed.used = used;
        return changed;
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

    public Lifetime lifetime() {
        return lifetime;
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

    /** Says when it was added, in seconds of the tables' clock. */
    public void addedAt(int second) {
        created = second;
        used = second;
    }

    /** When it was added, in seconds of the tables' clock. */
    public int created() {
        return created;
    }

    /** When a packet last met it, or it was added, in seconds of the tables' clock. */
    public int used() {
        return used;
    }

    /** Whether its time is over. */
    public boolean isExpired(int second) {
        return lifetime.idleSeconds > 0 && second - used >= lifetime.idleSeconds
                || lifetime.hardSeconds > 0 && second - created >= lifetime.hardSeconds;
    }

    /** Counts what a datapath flow made from this rule handled, at a time: a sign of life. */
    public void credit(long morePackets, long moreBytes, int second) {
        packets += morePackets;
        bytes += moreBytes;
        used = second;
    }

    public long packets() {
        return packets;
    }

    public long bytes() {
        return bytes;
    }

    /**
     * The rule as {@link io.odp4j.flowcache.rule.parse.RuleParser} reads it, whatever it was read
     * from.
     */
    public String format() {
        StringBuilder out = new StringBuilder("table=").append(table);
        out.append(",priority=").append(priority);
        if (cookie != 0) {
            out.append(",cookie=0x").append(Long.toHexString(cookie));
        }
        append(out, "idle_timeout", lifetime.idleSeconds);
        append(out, "hard_timeout", lifetime.hardSeconds);
        append(out, "importance", lifetime.importance);
        out.append(lifetime.tells ? ",send_flow_rem" : "");
        String asked = match.toString();
        out.append(asked.isEmpty() ? "" : ",").append(asked);
        return out.append(",actions=").append(ActionFormatter.of(actions)).toString();
    }

    private static void append(StringBuilder out, String name, int value) {
        if (value != 0) {
            out.append(',').append(name).append('=').append(value);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
