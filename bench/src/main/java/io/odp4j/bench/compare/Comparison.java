package io.odp4j.bench.compare;

import io.odp4j.bench.result.Better;
import io.odp4j.bench.result.Measurement;
import io.odp4j.bench.result.Metric;
import java.util.Arrays;

/**
 * One metric of one measurement, before and after.
 *
 * @param measurement before
 * @param before its metric
 * @param after the other result's
 * @param isRatio whether the interval is of after over before; otherwise, where a sample is nought,
 *     of after less before
 * @param interval the ratio or difference
 */
public record Comparison(
        Measurement measurement, Metric before, Metric after, boolean isRatio, Interval interval) {
    private static final double LEAST_GARBAGE = 0.5;

    /** Compares. */
    public static Comparison of(
            Measurement measurement, Metric before, Metric after, double confidence) {
        boolean ratio = isPositive(before) && isPositive(after);
        Interval interval =
                ratio
                        ? Interval.ratio(before.samples(), after.samples(), confidence)
                        : Interval.difference(before.samples(), after.samples(), confidence);
        return new Comparison(measurement, before, after, ratio, interval);
    }

    /**
     * What a JVM allocates for itself is a thousandth of a byte for an operation, and no garbage.
     */
    private static boolean isPositive(Metric metric) {
        double nought = metric.name().equals(Metric.ALLOCATED) ? LEAST_GARBAGE : 0;
        return Arrays.stream(metric.samples()).allMatch(sample -> sample > nought);
    }

    /** What it shows. */
    public Verdict verdict() {
        double same = isRatio ? 1 : 0;
        if (!interval.isKnown()) {
            return Verdict.TOO_FEW;
        }
        if (interval.contains(same)) {
            return Verdict.NO_DIFFERENCE;
        }
        return interval.estimate() > same == (before.better() == Better.HIGHER)
                ? Verdict.BETTER
                : Verdict.WORSE;
    }

    /** Whether repetitions on both sides share nothing, so that the interval can be trusted. */
    public boolean isIndependent() {
        return before.independent() && after.independent();
    }
}
