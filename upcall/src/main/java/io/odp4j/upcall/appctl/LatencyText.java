package io.odp4j.upcall.appctl;

import io.odp4j.upcall.Agent;
import io.odp4j.upcall.metrics.Stage;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Latencies for a person, in microseconds: of the stages that took place. */
public final class LatencyText {
    private static final double NANOS = 1000;

    private LatencyText() {}

    /** A line for each stage. */
    public static String of(Agent agent) {
        StringBuilder text = new StringBuilder();
        for (Stage stage : Stage.values()) {
            Histogram times = agent.latency(stage);
            if (times.getTotalCount() > 0) {
                text.append(
                        String.format(
                                Locale.ROOT,
                                "  %-24s p50 %.1f, p99 %.1f, max %.1f us  %s%n",
                                stage.label(),
                                times.getValueAtPercentile(50) / NANOS,
                                times.getValueAtPercentile(99) / NANOS,
                                times.getMaxValue() / NANOS,
                                stage.meaning()));
            }
        }
        return text.toString();
    }
}
