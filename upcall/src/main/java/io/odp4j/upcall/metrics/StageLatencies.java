package io.odp4j.upcall.metrics;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * How long the stages of a shard took, in nanoseconds with two significant digits. Written by one
 * thread, without allocation or lock; read by any.
 */
public final class StageLatencies {
    private static final long LONGEST = 60_000_000_000L;
    private static final int DIGITS = 2;

    private final SingleWriterRecorder[] recorders =
            new SingleWriterRecorder[Stage.values().length];
    private final Map<Stage, Histogram> totals = new EnumMap<>(Stage.class);
    private final Map<Stage, Histogram> spares = new EnumMap<>(Stage.class);

    public StageLatencies() {
        for (Stage stage : Stage.values()) {
            recorders[stage.ordinal()] = new SingleWriterRecorder(LONGEST, DIGITS);
            totals.put(stage, newHistogram());
        }
    }

    private static Histogram newHistogram() {
        return new Histogram(LONGEST, DIGITS);
    }

    /** Notes that {@code count} upcalls took so long each; by the one writer alone. */
    public void record(Stage stage, long nanos, long count) {
        recorders[stage.ordinal()].recordValueWithCount(
                Math.max(0, Math.min(nanos, LONGEST)), count);
    }

    /** Adds everything recorded so far to a histogram. */
    private synchronized void addTo(Stage stage, Histogram sum) {
        Histogram interval = recorders[stage.ordinal()].getIntervalHistogram(spares.get(stage));
        spares.put(stage, interval);
        Histogram total = totals.get(stage);
        total.add(interval);
        sum.add(total);
    }

    /** All that several shards recorded of a stage. */
    public static Histogram sum(Iterable<StageLatencies> shards, Stage stage) {
        Histogram sum = newHistogram();
        shards.forEach(shard -> shard.addTo(stage, sum));
        return sum;
    }
}
