package io.odp4j.bench.upcall.result;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The rounds of one subject with one load. A figure of it is the median of its rounds' figures. */
public final class Series {
    private final List<Sample> rounds = new ArrayList<>();

    /** Adds a round. */
    public void add(Sample sample) {
        rounds.add(sample);
    }

    /** The rounds, in their order. */
    public List<Sample> rounds() {
        return List.copyOf(rounds);
    }

    /** The median of a figure; NaN if there is none. */
    public double median(ToDoubleFunction<Sample> figure) {
        double[] sorted =
                rounds.stream()
                        .mapToDouble(figure)
                        .filter(value -> !Double.isNaN(value))
                        .sorted()
                        .toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The lowest setups a second of a round. */
    public double lowest() {
        return rounds.stream().mapToDouble(Sample::setupsPerSecond).min().orElse(Double.NaN);
    }

    /** The highest setups a second of a round. */
    public double highest() {
        return rounds.stream().mapToDouble(Sample::setupsPerSecond).max().orElse(Double.NaN);
    }

    /** A count of all rounds together. */
    public long total(ToLongFunction<Sample> count) {
        return rounds.stream().mapToLong(count).sum();
    }

    /** The longest latency of any round, ns. */
    public double longest() {
        return rounds.stream().mapToDouble(round -> round.latency(100)).max().orElse(0);
    }
}
