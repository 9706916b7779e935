package io.odp4j.bench.result;

import java.util.Arrays;
import java.util.Objects;

/**
 * One figure of a measurement, as often as it was measured.
 *
 * @param name what was measured; the constants are those that a report draws
 * @param unit of the samples, as people write it
 * @param better which way is good
 * @param independent whether the samples come of repetitions that share nothing, rounds or JVM
 *     forks; otherwise they are parts of one, and say too little of how much repetitions differ
 * @param samples at least one, each finite
 */
public record Metric(
        String name, String unit, Better better, boolean independent, double[] samples) {
    /** Flows decided whose first packet came out, setups/s. */
    public static final String SETUPS = "setups";

    /** Packets that came out, packets/s. */
    public static final String PACKETS = "packets";

    /** Share of the packets sent that did not come out, %. */
    public static final String LOSS = "loss";

    /** Processor time of the subject for one setup, ns. */
    public static final String CPU = "cpu";

    /** Resident memory of the subject's process, B. */
    public static final String MEMORY = "memory";

    /** Time of one operation, mostly ns. */
    public static final String TIME = "time";

    /** Operations in a time, mostly of a second. */
    public static final String THROUGHPUT = "throughput";

    /** Garbage of one operation, B. */
    public static final String ALLOCATED = "allocated";

    /**
     * Checks the samples.
     *
     * @throws IllegalArgumentException if there is none, or one is not finite
     */
    public Metric {
        if (samples.length == 0) {
            throw new IllegalArgumentException(name + " has no samples");
        }
        for (double sample : samples) {
            if (!Double.isFinite(sample)) {
                throw new IllegalArgumentException(name + " has the sample " + sample);
            }
        }
    }

    /** A metric of independent repetitions. */
    public static Metric of(String name, String unit, Better better, double... samples) {
        return new Metric(name, unit, better, true, samples);
    }

    /** The middle sample, or the mean of the two in the middle. */
    public double median() {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    public double min() {
        return Arrays.stream(samples).min().orElseThrow();
    }

    public double max() {
        return Arrays.stream(samples).max().orElseThrow();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Metric m
                && name.equals(m.name)
                && unit.equals(m.unit)
                && better == m.better
                && independent == m.independent
                && Arrays.equals(samples, m.samples);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, unit, better, independent, Arrays.hashCode(samples));
    }

    @Override
    public String toString() {
        return name + " " + Arrays.toString(samples) + " " + unit;
    }
}
