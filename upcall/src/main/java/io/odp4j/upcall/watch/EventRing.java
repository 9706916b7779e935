package io.odp4j.upcall.watch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The last events of a shard. One thread writes and never waits: it overwrites the oldest. Any
 * number of threads read, each at its own place, and find out if what they read was overwritten
 * under them.
 *
 * <p>A slot's sequence number is taken away before the slot is filled and given back after: who
 * finds the same number before and after copying has an event that is whole.
 */
final class EventRing {
    /** How many events it holds. */
    static final int SLOTS = 4096;

    private static final VarHandle SEQUENCE = MethodHandles.arrayElementVarHandle(long[].class);
    private static final long BEING_FILLED = -1;

    private final long[] sequences = new long[SLOTS];
    private final Event[] slots = new Event[SLOTS];
    private volatile long end;

    EventRing() {
        Arrays.fill(sequences, BEING_FILLED);
        Arrays.setAll(slots, i -> new Event());
    }

    /** The slot of the next event, to be filled; by the writer. */
    Event claim() {
        int i = (int) end & SLOTS - 1;
        SEQUENCE.setOpaque(sequences, i, BEING_FILLED);
        VarHandle.storeStoreFence();
        return slots[i];
    }

    /** Shows the event just filled; by the writer. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // it has one writer
    void publish() {
        long sequence = end;
        SEQUENCE.setRelease(sequences, (int) sequence & SLOTS - 1, sequence);
        end = sequence + 1;
    }

    /** The sequence number that the next event will have. */
    long end() {
        return end;
    }

    /** Copies an event; false if it is not there any more. */
    boolean read(long sequence, Event into) {
        int i = (int) sequence & SLOTS - 1;
        if ((long) SEQUENCE.getAcquire(sequences, i) != sequence) {
            return false;
        }
        into.copyFrom(slots[i]);
        VarHandle.loadLoadFence();
        return (long) SEQUENCE.getOpaque(sequences, i) == sequence;
    }
}
