package io.odp4j.upcall.cli.trace;

import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.policy.table.RuleTable;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.trace.Pass;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What is told of a trace beside its outcome.
 *
 * @param rules every rule of a table, to find those that somebody may have expected
 * @param counted whether the rules have counters that mean something
 * @param datapath which flow the datapath has for such a packet now; null where there is none to
 *     ask
 */
record Explanation(
        IntFunction<Collection<Rule>> rules, boolean counted, DatapathQuestion datapath) {

    /** Asks a datapath. */
    @FunctionalInterface
    interface DatapathQuestion {
        /** The flow that catches the pass's packet, as text. */
        String flowFor(Pass pass) throws IOException;
    }

    /** Of rules that are in no switch. */
    static Explanation of(PolicyTables tables) {
        return new Explanation(number -> rules(tables, number), false, null);
    }

    static Collection<Rule> rules(PolicyTables tables, int number) {
        RuleTable table = tables.table(number);
        return table == null ? List.of() : table.rules();
    }
}
