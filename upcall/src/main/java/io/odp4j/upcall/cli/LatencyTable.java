package io.odp4j.upcall.cli;

import io.odp4j.upcall.Agent;
import io.odp4j.upcall.metrics.Stage;
import java.io.PrintStream;
import org.HdrHistogram.Histogram;

/** Latencies for a person, in microseconds: of the stages that took place. */
final class LatencyTable {
    private static final double NANOS = 1000;

    private LatencyTable() {}

    static void print(Agent agent, PrintStream out) {
        for (Stage stage : Stage.values()) {
            Histogram times = agent.latency(stage);
            if (times.getTotalCount() > 0) {
                out.printf(
                        "  %-24s p50 %.1f, p99 %.1f, max %.1f us  %s%n",
                        stage.label(),
                        times.getValueAtPercentile(50) / NANOS,
                        times.getValueAtPercentile(99) / NANOS,
                        times.getMaxValue() / NANOS,
                        stage.meaning());
            }
        }
        out.flush();
    }
}
