package io.odp4j.upcall.watch;

import java.time.Instant;

/** What the wall clock said when something happened that another clock was read for. */
final class EventTime {
    private static final long NANOS = 1_000_000_000L;

    private final long offsetNanos;

    /** The two clocks are compared once, now. */
    EventTime() {
        Instant now = Instant.now();
        offsetNanos = now.getEpochSecond() * NANOS + now.getNano() - System.nanoTime();
    }

    /** The time of a value of {@link System#nanoTime}. */
    Instant of(long nanoTime) {
        long nanos = nanoTime + offsetNanos;
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
