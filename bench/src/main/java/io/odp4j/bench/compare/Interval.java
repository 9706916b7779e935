package io.odp4j.bench.compare;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * An estimate with its confidence interval, from two sets of samples, by Welch's t: neither equal
 * variances nor equal numbers of samples are assumed.
 *
 * @param estimate of a ratio or a difference
 * @param low end of the interval; NaN if there are too few samples
 * @param high end of the interval; NaN if there are too few samples
 */
public record Interval(double estimate, double low, double high) {
    /**
     * What a single figure is taken to be off by at least: latencies are counted in steps of a
     * thousandth, and samples that happen to be equal say nothing of how much others would differ.
     */
    private static final double RATIO_RESOLUTION = 1e-3;

    /** As above where figures may be nought: a hundredth of a byte or of a percent. */
    private static final double DIFFERENCE_RESOLUTION = 1e-2;

    /**
     * The ratio of the geometric means, {@code b} over {@code a}: times are seldom symmetric about
     * their mean, their logarithms nearly are.
     *
     * @param a positive samples
     * @param b positive samples
     * @param confidence that the interval has the true ratio in it, 0 to 1
     */
    public static Interval ratio(double[] a, double[] b, double confidence) {
        Interval logs =
                welch(
                        Moments.of(a, Math::log),
                        Moments.of(b, Math::log),
                        RATIO_RESOLUTION,
                        confidence);
        return new Interval(Math.exp(logs.estimate), Math.exp(logs.low), Math.exp(logs.high));
    }

    /** The difference of the means, {@code b} less {@code a}. */
    public static Interval difference(double[] a, double[] b, double confidence) {
        return welch(
                Moments.of(a, x -> x), Moments.of(b, x -> x), DIFFERENCE_RESOLUTION, confidence);
    }

    /** Whether a value is in it; an interval that is not known has every value. */
    public boolean contains(double value) {
        return !isKnown() || low <= value && value <= high;
    }

    /** Whether there were samples enough for an interval. */
    public boolean isKnown() {
        return !Double.isNaN(low);
    }

    private static Interval welch(Moments a, Moments b, double resolution, double confidence) {
        double estimate = b.mean - a.mean;
        if (a.count < 2 || b.count < 2) {
            return new Interval(estimate, Double.NaN, Double.NaN);
        }
        double least = resolution * resolution;
        double fromA = Math.max(a.variance, least) / a.count;
        double fromB = Math.max(b.variance, least) / b.count;
        double degrees =
                square(fromA + fromB)
                        / (square(fromA) / (a.count - 1) + square(fromB) / (b.count - 1));
        double t =
                new TDistribution(null, degrees).inverseCumulativeProbability((1 + confidence) / 2);
        double half = t * Math.sqrt(fromA + fromB);
        return new Interval(estimate, estimate - half, estimate + half);
    }

    private static double square(double x) {
        return x * x;
    }

    /** Of a sample. */
    private record Moments(int count, double mean, double variance) {
        static Moments of(double[] samples, DoubleUnaryOperator scale) {
            double sum = 0;
            for (double sample : samples) {
                sum += scale.applyAsDouble(sample);
            }
            double mean = sum / samples.length;
            double squares = 0;
            for (double sample : samples) {
                squares += square(scale.applyAsDouble(sample) - mean);
            }
            return new Moments(samples.length, mean, squares / (samples.length - 1));
        }
    }
}
