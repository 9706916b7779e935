package io.odp4j.upcall.appctl;

import io.odp4j.flowcache.rule.ActionFormatter;
import io.odp4j.flowcache.rule.Rule;

/** Rules with their counters, as {@code ovs-ofctl dump-flows} prints them. */
public final class RuleText {
    private RuleText() {}

    /**
     * A rule with the counters of one shard.
     *
     * @param second of the tables' clock
     */
    public static String line(Rule rule, int second) {
        return line(rule, rule.packets(), rule.bytes(), second - rule.used(), second);
    }

    static String line(Rule rule, long packets, long bytes, int idleSeconds, int second) {
        StringBuilder out = new StringBuilder();
        out.append(" cookie=0x").append(Long.toHexString(rule.cookie()));
        out.append(", duration=").append(Math.max(0, second - rule.created())).append("s");
        out.append(", table=").append(rule.table());
        out.append(", n_packets=").append(Long.toUnsignedString(packets));
        out.append(", n_bytes=").append(Long.toUnsignedString(bytes));
        time(out, "idle_timeout", rule.lifetime().idleSeconds());
        time(out, "hard_timeout", rule.lifetime().hardSeconds());
        out.append(", idle_age=").append(Math.max(0, idleSeconds));
        out.append(", priority=").append(rule.priority());
        String match = rule.match().toString();
        out.append(match.isEmpty() ? "" : ",").append(match);
        return out.append(" actions=").append(ActionFormatter.of(rule.actions())).toString();
    }

    private static void time(StringBuilder out, String name, int seconds) {
        if (seconds > 0) {
            out.append(", ").append(name).append('=').append(seconds);
        }
    }
}
