package io.odp4j.upcall.watch;

import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;

/**
 * Where a shard's thread leaves what happens, if somebody looks on. It closes by itself when nobody
 * has asked for a while.
 */
public final class EventTap {
    /** The most events of a shard that are shown in a second. */
    public static final int MOST_A_SECOND = 20_000;

    private static final int TURNS_A_SECOND = 20;
    private static final long TURN_NANOS = 1_000_000_000L / TURNS_A_SECOND;

    private final Counters counters;
    private volatile EventRing ring;
    private volatile boolean open;
    private volatile long untilNanos;
    private volatile int snapLength;
    private long turnNanos = System.nanoTime() - TURN_NANOS - 1;
    private int left;

    /**
     * @param counters the writer's
     */
    public EventTap(Counters counters) {
        this.counters = counters;
    }

    /** Whether somebody looks on: without that {@link #begin} need not be called. */
    public boolean isOpen() {
        return open;
    }

    /**
     * Begins an event; by the writer.
     *
     * @return what is to be filled and then {@link #end ended}; null if nobody looks on any more,
     *     or if there were enough for the moment, which is counted
     */
    public Event begin(EventKind kind) {
        long now = System.nanoTime();
        if (now - untilNanos > 0) {
            open = false;
            return null;
        }
        if (now - turnNanos > TURN_NANOS) {
            turnNanos = now;
            left = MOST_A_SECOND / TURNS_A_SECOND;
        }
        if (left == 0) {
            counters.increment(Counter.EVENTS_PASSED_OVER);
            return null;
        }
        left--;
        return ring.claim().begin(kind, now);
    }

    /** Shows the event just filled; by the writer. */
    public void end() {
        ring.publish();
    }

    /** How many bytes of a packet are wanted at most. */
    public int snapLength() {
        return snapLength;
    }

    /** Opens the tap, or keeps it open; by any thread. */
    synchronized EventRing open(long nanos, int snap) {
        if (ring == null) {
            ring = new EventRing();
        }
        if (!open) {
            snapLength = snap;
        } else if (snap > snapLength) {
            snapLength = snap;
        }
        untilNanos = System.nanoTime() + nanos;
        open = true;
        return ring;
    }
}
