package io.odp4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.bench.result.Better;
import io.odp4j.bench.result.Measurement;
import io.odp4j.bench.result.Metric;
import io.odp4j.bench.result.ResultFile;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Comparison compare(Better better, double[] before, double[] after) {
        Metric a = new Metric("m", "u", better, true, before);
        Metric b = new Metric("m", "u", better, true, after);
        return Comparison.of(measurement("x", a), a, b, 0.95);
    }

    private static Measurement measurement(String name, Metric... metrics) {
        return new Measurement(name, "", Map.of(), List.of(metrics), List.of());
    }

    @Test
    void shouldCallHalfTheTimeBetterAndHalfTheThroughputWorse() {
        double[] twenty = {20, 20.4, 19.8};
        double[] ten = {10, 10.1, 9.7};
        assertThat(compare(Better.LOWER, twenty, ten).verdict()).isEqualTo(Verdict.BETTER);
        assertThat(compare(Better.LOWER, ten, twenty).verdict()).isEqualTo(Verdict.WORSE);
        assertThat(compare(Better.HIGHER, twenty, ten).verdict()).isEqualTo(Verdict.WORSE);
        assertThat(compare(Better.HIGHER, ten, twenty).verdict()).isEqualTo(Verdict.BETTER);
    }

    /** Three forks that spread by 3 % do show a third more. */
    @Property(tries = 300)
    void shouldShowADifferenceThatIsFarLargerThanTheSpread(@ForAll long seed) {
        Random random = new Random(seed);
        double[] before = new double[3];
        double[] after = new double[3];
        for (int i = 0; i < 3; i++) {
            before[i] = 30 * (1 + 0.03 * (2 * random.nextDouble() - 1));
            after[i] = 40 * (1 + 0.03 * (2 * random.nextDouble() - 1));
        }
        assertThat(compare(Better.LOWER, before, after).verdict()).isEqualTo(Verdict.WORSE);
    }

    @Test
    void shouldShowNoDifferenceWhereFiguresOverlap() {
        assertThat(
                        compare(
                                        Better.LOWER,
                                        new double[] {10, 11, 12},
                                        new double[] {10.5, 11, 13})
                                .verdict())
                .isEqualTo(Verdict.NO_DIFFERENCE);
    }

    @Test
    void shouldShowNoDifferenceInALastDigit() {
        double[] equal = {1000, 1000};
        assertThat(compare(Better.LOWER, equal, new double[] {1001, 1001}).verdict())
                .isEqualTo(Verdict.NO_DIFFERENCE);
        assertThat(compare(Better.LOWER, new double[] {0, 0}, new double[] {1e-4, 2e-4}).verdict())
                .isEqualTo(Verdict.NO_DIFFERENCE);
    }

    @Test
    void shouldTakeTheDifferenceWhereAFigureIsNought() {
        Comparison c = compare(Better.LOWER, new double[] {0, 0, 0}, new double[] {24, 24, 24});
        assertThat(c.isRatio()).isFalse();
        assertThat(c.interval().estimate()).isEqualTo(24);
        assertThat(c.verdict()).isEqualTo(Verdict.WORSE);
    }

    @Test
    void shouldNotTakeWhatTheJvmAllocatesForGarbage() {
        Metric before = Metric.of(Metric.ALLOCATED, "B/op", Better.LOWER, 1e-5, 1.1e-5, 0.9e-5);
        Metric after = Metric.of(Metric.ALLOCATED, "B/op", Better.LOWER, 9e-5, 8e-5, 9.5e-5);
        Comparison c = Comparison.of(measurement("x", before), before, after, 0.95);
        assertThat(c.isRatio()).isFalse();
        assertThat(c.verdict()).isEqualTo(Verdict.NO_DIFFERENCE);
    }

    @Test
    void shouldSayThatASingleSampleIsTooFew() {
        assertThat(compare(Better.LOWER, new double[] {1}, new double[] {9, 9}).verdict())
                .isEqualTo(Verdict.TOO_FEW);
    }

    @Test
    void shouldTellWhatOneResultHasAlone() {
        Metric metric = Metric.of("m", "u", Better.LOWER, 1, 2);
        ResultFile before =
                new ResultFile(
                        "a",
                        Map.of("jdk", "17"),
                        Map.of(),
                        List.of(measurement("x", metric), measurement("y", metric)));
        ResultFile after =
                new ResultFile(
                        "b",
                        Map.of("jdk", "25"),
                        Map.of("traffic", "zipf"),
                        List.of(measurement("z", metric), measurement("y", metric)));
        ResultComparison compared = ResultComparison.of(before, after, 0.95);
        assertThat(compared.comparisons()).hasSize(1);
        assertThat(compared.onlyBefore()).containsExactly("x");
        assertThat(compared.onlyAfter()).containsExactly("z");
        assertThat(compared.differences())
                .containsEntry("jdk", List.of("17", "25"))
                .containsEntry("traffic", List.of("-", "zipf"));
    }
}
