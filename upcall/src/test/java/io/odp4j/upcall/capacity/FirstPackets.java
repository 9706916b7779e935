package io.odp4j.upcall.capacity;

import io.odp4j.upcall.survival.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * How long the first packets of new flows took, fifty flows a second: each is sent when it is due,
 * whatever became of those before.
 */
final class FirstPackets {
    private static final long PERIOD_NANOS = 20_000_000;
    private static final long WAIT_NANOS = 2_000_000_000;
    private static final long LOST = Long.MAX_VALUE;

    private final long[] nanos; // ascending; those lost at the end

    private FirstPackets(long[] nanos) {
        this.nanos = nanos;
        Arrays.sort(nanos);
    }

    /**
     * Sends so many, and sees when each arrives.
     *
     * @param firstFlow the number of the first one's flow
     * @param count less than 65,536
     */
    static FirstPackets send(Wire from, Wire to, int firstFlow, int count) throws IOException {
        long[] sent = new long[count];
        long[] nanos = new long[count];
        Arrays.fill(nanos, LOST);
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            sent[i] = System.nanoTime();
            from.send(firstFlow + i, 1);
            long next = began + (i + 1) * PERIOD_NANOS;
            see(to, firstFlow, sent, nanos, i == count - 1 ? next + WAIT_NANOS : next);
        }
        return new FirstPackets(nanos);
    }

    /** Notes what arrives until then, or until all have. */
    private static void see(Wire to, int firstFlow, long[] sent, long[] nanos, long until) {
        boolean last = sent[sent.length - 1] != 0;
        long left;
        while ((left = until - System.nanoTime()) > 0) {
            if (to.awaitFrame((int) (left / 1_000_000) + 1)) {
                int index = to.frameFlow() - firstFlow & 0xffff;
                if (index < nanos.length && nanos[index] == LOST) {
                    nanos[index] = System.nanoTime() - sent[index];
                }
            }
            if (last && Arrays.stream(nanos).noneMatch(n -> n == LOST)) {
                return;
            }
        }
    }

    long lost() {
        return Arrays.stream(nanos).filter(n -> n == LOST).count();
    }

    /** Of all of them; those lost took longest. */
    private String millis(int percent) {
        long value = nanos[(nanos.length - 1) * percent / 100];
        return value == LOST ? "-" : String.format(Locale.ROOT, "%.2f", value / 1e6);
    }

    @Override
    public String toString() {
        return "lost " + lost() + ", p50 " + millis(50) + ", p99 " + millis(99) + " ms";
    }
}
