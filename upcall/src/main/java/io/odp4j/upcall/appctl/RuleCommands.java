package io.odp4j.upcall.appctl;

import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.policy.table.RuleTable;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.parse.RuleParser;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.policy.RulePolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code flow/*}: the rules that the agent decides by, in the syntax of {@code ovs-ofctl}. Every
 * shard has tables of its own; a change reaches each between two packets.
 */
final class RuleCommands {
    private static final Set<String> STRICT = Set.of("--strict");
    private static final Set<String> JSON = Set.of("--json");
    private static final Comparator<Sum> ORDER =
            Comparator.<Sum>comparingInt(sum -> sum.rule.table())
                    .thenComparing(
                            Comparator.comparingInt((Sum sum) -> sum.rule.priority()).reversed());

    private final Agent agent;

    RuleCommands(Agent agent) {
        this.agent = agent;
    }

    void addTo(CommandTable table) {
        add(table, "flow/add", "RULE...", 1, arguments -> change("", arguments));
        add(table, "flow/mod", "[--strict] RULE...", 1, arguments -> strict("modify", arguments));
        add(table, "flow/del", "[--strict] [MATCH...]", 0, this::delete);
        add(table, "flow/dump", "[--json] [TABLE]", 0, this::dump);
    }

    private static void add(
            CommandTable table, String name, String usage, int least, ControlCommand.Body body) {
        table.add(new ControlCommand(name, usage, least, Integer.MAX_VALUE, body));
    }

    private String delete(List<String> arguments) throws ControlException, InterruptedException {
        return arguments.isEmpty() ? change("delete", List.of("")) : strict("delete", arguments);
    }

    private String strict(String what, List<String> arguments)
            throws ControlException, InterruptedException {
        Words words = Words.of(arguments, STRICT, Set.of());
        return change(words.has("--strict") ? what + "_strict " : what + ' ', words.others());
    }

    /** All lines, or none. */
    private String change(String command, List<String> rules)
            throws ControlException, InterruptedException {
        StringBuilder text = new StringBuilder();
        rules.forEach(rule -> text.append(command).append(rule).append('\n'));
        // A rule counts its own packets: each shard has rules of its own.
        List<List<RuleParser.Line>> forShards = new ArrayList<>();
        try {
            for (int i = 0; i < agent.shards(); i++) {
                forShards.add(RuleParser.parseAll(text.toString()));
            }
        } catch (RuleSyntaxException e) {
            throw new ControlException(e.getMessage() + " in:\n" + text, e);
        }
        StringBuilder warnings = new StringBuilder();
        forShards
                .get(0)
                .forEach(line -> line.warnings().forEach(w -> warnings.append(w).append('\n')));
        onTables(tables -> tables.apply(forShards.remove(forShards.size() - 1)));
        return warnings.toString();
    }

    private void onTables(Consumer<PolicyTables> change)
            throws ControlException, InterruptedException {
        boolean[] rules = {false};
        try {
            agent.withPolicies(
                    policy -> {
                        if (policy instanceof RulePolicy byRules) {
                            rules[0] = true;
                            change.accept(byRules.tables());
                        }
                    });
        } catch (AgentException e) {
            throw new ControlException(e.getMessage(), e);
        }
        if (!rules[0]) {
            throw new ControlException("the policy has no rules: agent --flows gives it some");
        }
    }

    /** A rule and what it handled in all shards. */
    private static final class Sum {
        private final Rule rule;
        private final int second;
        private long packets;
        private long bytes;
        private int used;

        Sum(Rule rule, int second) {
            this.rule = rule;
            this.second = second;
            this.used = rule.used();
        }

        void add(Rule same) {
            packets += same.packets();
            bytes += same.bytes();
            used = Math.max(used, same.used());
        }
    }

    private String dump(List<String> arguments) throws ControlException, InterruptedException {
        Words words = Words.of(arguments, JSON, Set.of());
        int only = -1;
        if (!words.others().isEmpty()) {
            String table = words.others().get(0).replaceFirst("^table=", "");
            only = Words.number("table", table, 0, PolicyTables.TABLES - 1);
        }
        List<Sum> sums = sums(only);
        if (!words.has("--json")) {
            StringBuilder text = new StringBuilder();
            for (Sum sum : sums) {
                int idle = sum.second - sum.used;
                text.append(RuleText.line(sum.rule, sum.packets, sum.bytes, idle, sum.second));
                text.append('\n');
            }
            return text.toString();
        }
        JsonLines lines = new JsonLines();
        for (Sum sum : sums) {
            lines.object(
                    json -> {
                        json.writeNumberField("table", sum.rule.table());
                        json.writeNumberField("priority", sum.rule.priority());
                        json.writeStringField("cookie", "0x" + Long.toHexString(sum.rule.cookie()));
                        json.writeNumberField("n_packets", sum.packets);
                        json.writeNumberField("n_bytes", sum.bytes);
                        json.writeNumberField("duration_s", sum.second - sum.rule.created());
                        json.writeNumberField("idle_age_s", sum.second - sum.used);
                        json.writeStringField("match", sum.rule.match().toString());
                        json.writeStringField("rule", sum.rule.format());
                    });
        }
        return lines.toString();
    }

    private List<Sum> sums(int only) throws ControlException, InterruptedException {
        Map<String, Sum> byText = new LinkedHashMap<>();
        onTables(
                tables -> {
                    for (int number = 0; number < PolicyTables.TABLES; number++) {
                        RuleTable table = tables.table(number);
                        if (table != null && (only < 0 || number == only)) {
                            for (Rule rule : table.rules()) {
                                byText.computeIfAbsent(
                                                rule.format(), t -> new Sum(rule, tables.now()))
                                        .add(rule);
                            }
                        }
                    }
                });
        List<Sum> sums = new ArrayList<>(byText.values());
        sums.sort(ORDER);
        return sums;
    }
}
