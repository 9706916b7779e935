package io.odp4j.upcall.appctl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How fast the counters grew in the last five seconds, the last minute and the last hour: a picture
 * of them every five seconds for a minute, and every minute for an hour.
 */
final class CoverageRates implements AutoCloseable {
    private static final int STEP_SECONDS = 5;
    private static final int STEPS_A_MINUTE = 12;
    private static final int MINUTES = 60;

    private record Picture(long nanos, long[] counters) {}

    private final Supplier<long[]> source;
    private final Deque<Picture> steps = new ArrayDeque<>();
    private final Deque<Picture> minutes = new ArrayDeque<>();
    private final ScheduledExecutorService clock;
    private int taken;

    CoverageRates(Supplier<long[]> source) {
        this.source = source;
        clock =
                Executors.newSingleThreadScheduledExecutor(
                        body -> {
                            Thread thread = new Thread(body, "odp4j-coverage");
                            thread.setDaemon(true);
                            return thread;
                        });
        take();
    }

    void start() {
        clock.scheduleAtFixedRate(this::take, STEP_SECONDS, STEP_SECONDS, TimeUnit.SECONDS);
    }

    private synchronized void take() {
        Picture now = new Picture(System.nanoTime(), source.get());
        keep(steps, now, STEPS_A_MINUTE + 1);
        if (taken++ % STEPS_A_MINUTE == 0) {
            keep(minutes, now, MINUTES + 1);
        }
    }

    private static void keep(Deque<Picture> pictures, Picture now, int most) {
        pictures.addLast(now);
        if (pictures.size() > most) {
            pictures.removeFirst();
        }
    }

    /** The counters as they are now. */
    long[] now() {
        return source.get();
    }

    /** Per second, by counter: since the picture before last, over a minute, over an hour. */
    synchronized double[][] perSecond() {
        long time = System.nanoTime();
        long[] now = source.get();
        return new double[][] {
            rates(steps.peekLast(), time, now),
            rates(steps.peekFirst(), time, now),
            rates(minutes.peekFirst(), time, now)
        };
    }

    private static double[] rates(Picture since, long time, long[] now) {
        double seconds = Math.max(1, time - since.nanos) / 1e9;
        double[] rates = new double[now.length];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = (now[i] - since.counters[i]) / seconds;
        }
        return rates;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
