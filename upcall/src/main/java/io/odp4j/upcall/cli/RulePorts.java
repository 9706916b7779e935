package io.odp4j.upcall.cli;

import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.policy.table.RuleTable;
import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.field.RuleFields;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The ports that rules name. */
final class RulePorts {
    private RulePorts() {}

    static Set<Integer> in(PolicyTables tables) {
        Set<Integer> ports = new TreeSet<>();
        for (int number = 0; number < PolicyTables.TABLES; number++) {
            RuleTable table = tables.table(number);
            if (table != null) {
                table.rules().forEach(rule -> add(rule, ports));
            }
        }
        return ports;
    }

    private static void add(Rule rule, Set<Integer> ports) {
        if (RuleFields.IN_PORT.get(rule.match().mask()).equals(RuleFields.IN_PORT.ones())) {
            ports.add((int) RuleFields.IN_PORT.get(rule.match().value()).low());
        }
        add(rule.actions(), ports);
    }

    private static void add(List<OpenFlowAction> actions, Set<Integer> ports) {
        for (OpenFlowAction action : actions) {
            if (action instanceof OpenFlowAction.Output output) {
                ports.add(output.port());
            } else if (action instanceof OpenFlowAction.OutputTruncated output) {
                ports.add(output.port());
            } else if (action instanceof OpenFlowAction.Enqueue output) {
                ports.add(output.port());
            } else if (action instanceof OpenFlowAction.Clone clone) {
                add(clone.actions(), ports);
            } else if (action instanceof OpenFlowAction.WriteActions write) {
                add(write.actions(), ports);
            }
        }
    }
}
