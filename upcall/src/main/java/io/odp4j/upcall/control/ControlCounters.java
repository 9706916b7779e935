package io.odp4j.upcall.control;

import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;

/** The counters of all connections: these are many writers, so they take turns. */
final class ControlCounters {
    private final Counters counters;

    ControlCounters(Counters counters) {
        this.counters = counters;
    }

    synchronized void increment(Counter counter) {
        counters.increment(counter);
    }

    Counters counters() {
        return counters;
    }
}
