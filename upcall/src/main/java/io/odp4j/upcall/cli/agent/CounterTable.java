package io.odp4j.upcall.cli.agent;

import io.odp4j.upcall.counter.Counter;
import java.io.PrintStream;

/** Counters for a person: those that are not zero, each with its meaning. */
final class CounterTable {
    private CounterTable() {}

    static void print(long[] values, PrintStream out) {
        for (Counter counter : Counter.values()) {
            long value = values[counter.ordinal()];
            if (value != 0) {
                out.printf("  %-24s %12d  %s%n", counter.label(), value, counter.meaning());
            }
        }
        out.flush();
    }
}
