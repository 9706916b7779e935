package io.odp4j.bench.result;

import java.util.Comparator;
import java.util.List;

/**
 * A point of a latency distribution.
 *
 * @param percentile 0 to 100
 * @param nanos which so many percent did not exceed
 */
public record Latency(double percentile, double nanos) {
    /** By ascending percentile. */
    static List<Latency> sorted(List<Latency> points) {
        return points.stream().sorted(Comparator.comparingDouble(Latency::percentile)).toList();
    }
}
