package io.odp4j.upcall.repl.view;

import java.util.HashMap;
import java.util.Map;

/** Counters by name, and how fast they grew since they were last looked at. */
final class Rates {
    private Map<String, Long> before = Map.of();
    private Map<String, Long> now = new HashMap<>();
    private long beforeNanos;
    private long nowNanos;

    /** Begins a new look. */
    void turn() {
        before = now;
        beforeNanos = nowNanos;
        now = new HashMap<>();
        nowNanos = System.nanoTime();
    }

    /** Whether there was a look before this one. */
    boolean known() {
        return beforeNanos != 0;
    }

    /** Takes a counter in. */
    void put(String name, long value) {
        now.put(name, value);
    }

    /** Per second; of one that was not there before, from 0. */
    double of(String name) {
        if (!known()) {
            return 0;
        }
        long grown = now.getOrDefault(name, 0L) - before.getOrDefault(name, 0L);
        return Math.max(0, grown) * 1e9 / Math.max(1, nowNanos - beforeNanos);
    }
}
