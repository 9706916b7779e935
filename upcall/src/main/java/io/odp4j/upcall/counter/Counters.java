package io.odp4j.upcall.counter;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One number per {@link Counter}, written by one thread and read by any: adding costs no lock and
 * no fence.
 */
public final class Counters {
    private static final Counter[] ALL = Counter.values();

    private final AtomicLongArray values = new AtomicLongArray(ALL.length);

    public void increment(Counter counter) {
        add(counter, 1);
    }

    /** Adds to a counter; by its one writer alone. */
    public void add(Counter counter, long n) {
        int i = counter.ordinal();
        values.setOpaque(i, values.getPlain(i) + n);
    }

    public long get(Counter counter) {
        return values.getOpaque(counter.ordinal());
    }

    /** A picture of several threads' counters added up, by {@link Counter#ordinal}. */
    public static long[] sum(Iterable<Counters> parts) {
        long[] sum = new long[ALL.length];
        for (Counters part : parts) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part.values.getOpaque(i);
            }
        }
        return sum;
    }
}
