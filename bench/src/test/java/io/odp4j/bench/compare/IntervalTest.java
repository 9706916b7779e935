package io.odp4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IntervalTest {
    private static final int TRIALS = 4000;

    /** As benchmarks give them: most near the middle, some far above it. */
    private static double[] samples(Random random, int count, double middle, double spread) {
        double[] samples = new double[count];
        for (int i = 0; i < count; i++) {
            samples[i] = middle * Math.exp(spread * random.nextGaussian());
        }
        return samples;
    }

    private static double[] array(List<Double> samples) {
        return samples.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** How many intervals of a known ratio have it, in percent. */
    private static double coverage(long seed, int a, int b, double spreadA, double spreadB) {
        Random random = new Random(seed);
        double ratio = 1.25;
        int hits = 0;
        for (int i = 0; i < TRIALS; i++) {
            double[] before = samples(random, a, 40, spreadA);
            double[] after = samples(random, b, 40 * ratio, spreadB);
            if (Interval.ratio(before, after, 0.95).contains(ratio)) {
                hits++;
            }
        }
        return 100.0 * hits / TRIALS;
    }

    /** Of 4,000 intervals, 95 % ± 1.8 is five standard deviations; Welch's is exact within two. */
    @Property(tries = 20)
    void shouldHaveTheTrueRatioInNineteenOfTwentyIntervals(
            @ForAll long seed,
            @ForAll @IntRange(min = 3, max = 12) int samples,
            @ForAll @DoubleRange(min = 0.01, max = 0.4) double spread) {
        assertThat(coverage(seed, samples, samples, spread, spread)).isBetween(93.0, 98.5);
    }

    @Property(tries = 20)
    void shouldNeitherNeedEqualSpreadsNorEqualNumbersOfSamples(
            @ForAll long seed,
            @ForAll @IntRange(min = 3, max = 12) int a,
            @ForAll @IntRange(min = 3, max = 12) int b,
            @ForAll @DoubleRange(min = 1, max = 10) double times) {
        assertThat(coverage(seed, a, b, 0.02, 0.02 * times)).isBetween(91.0, 99.0);
    }

    @Property
    void shouldGiveTheInverseWhenSwapped(
            @ForAll @Size(min = 2, max = 6) List<@DoubleRange(min = 0.1, max = 1e6) Double> a,
            @ForAll @Size(min = 2, max = 6) List<@DoubleRange(min = 0.1, max = 1e6) Double> b) {
        Interval forth = Interval.ratio(array(a), array(b), 0.9);
        Interval back = Interval.ratio(array(b), array(a), 0.9);
        Assume.that(forth.high() < 1e200 && forth.low() > 1e-200);
        assertThat(forth.estimate() * back.estimate()).isCloseTo(1, within(1e-9));
        assertThat(forth.low() * back.high()).isCloseTo(1, within(1e-9));
        assertThat(forth.high() * back.low()).isCloseTo(1, within(1e-9));
    }

    @Property
    void shouldBeWiderTheSurerItIs(
            @ForAll @Size(min = 2, max = 6) List<@DoubleRange(min = 1, max = 100) Double> a,
            @ForAll @Size(min = 2, max = 6) List<@DoubleRange(min = 1, max = 100) Double> b) {
        Interval some = Interval.ratio(array(a), array(b), 0.8);
        Interval sure = Interval.ratio(array(a), array(b), 0.99);
        assertThat(sure.low()).isLessThan(some.low());
        assertThat(sure.high()).isGreaterThan(some.high());
        assertThat(some.contains(some.estimate())).isTrue();
    }

    @Test
    void shouldNotKnowTheIntervalOfOneSample() {
        Interval interval = Interval.ratio(new double[] {10}, new double[] {20, 20, 20}, 0.95);
        assertThat(interval.estimate()).isCloseTo(2, within(1e-12));
        assertThat(interval.isKnown()).isFalse();
        assertThat(interval.contains(7)).isTrue();
    }

    @Test
    void shouldAgreeWithWelchsTestWorkedOutByHand() {
        double[] a = {18.2, 19.1, 22.4, 24.6, 20.3, 17.9, 21.5, 23.3, 22.8, 18.1};
        double[] b = {22.1, 24.5, 19.8, 26.7, 28.1, 20.6, 21.3, 23.9, 24.4, 18.9};
        // Standard error 1.222734, 17.2588 degrees of freedom, for which t is 2.107408.
        Interval interval = Interval.difference(a, b, 0.95);
        assertThat(interval.estimate()).isCloseTo(2.21, within(1e-9));
        assertThat(interval.low()).isCloseTo(-0.366799, within(1e-5));
        assertThat(interval.high()).isCloseTo(4.786799, within(1e-5));
    }
}
