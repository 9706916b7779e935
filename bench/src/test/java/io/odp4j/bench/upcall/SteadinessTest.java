package io.odp4j.bench.upcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SteadinessTest {
    /**
     * Setups a second of an agent's first minutes where the compiler is emulated, a run a second.
     */
    private static final List<Double> EMULATED =
            Arrays.stream(
                            ("39 114 147 138 190 147 166 131 328 219 295 392 691 505 831 1755 1289 581"
                                            + " 704 278 180 152 447 563 502 345 1472 1963 858 1779 934"
                                            + " 1156 1802 1772 2019 1544 1322 2034 1141 2112 2575 2258"
                                            + " 1911 2508 2291 1212 2507 2813 2207 1917 2569 2984 2720")
                                    .split(" "))
                    .map(Double::valueOf)
                    .toList();

    private final Steadiness steadiness = new Steadiness(0.2);

    private static List<Double> rates(int count, IntToDoubleFunction rate) {
        return IntStream.range(0, count).mapToObj(rate::applyAsDouble).toList();
    }

    @Test
    void shouldWantTenRuns() {
        assertThat(steadiness.of(rates(9, i -> 1000))).isFalse();
        assertThat(steadiness.of(rates(10, i -> 1000))).isTrue();
    }

    @Test
    void shouldNotTakeASlowRiseForSteady() {
        // 2 % a run: five runs and the five before are within any tolerance of each other.
        assertThat(steadiness.of(rates(12, i -> 140 * Math.pow(1.02, i)))).isFalse();
    }

    @Test
    void shouldNotTakeASlumpForSteady() {
        // Code that is thrown away and compiled once more.
        assertThat(steadiness.of(rates(14, i -> i < 9 ? 1000 : 300))).isFalse();
    }

    @Test
    void shouldNotTakeAStepUpForSteady() {
        assertThat(steadiness.of(rates(15, i -> i < 10 ? 2500 : 8500))).isFalse();
    }

    @Test
    void shouldNotBeSteadyWhileAnEmulatedCompilerWorks() {
        for (int count = 1; count <= EMULATED.size(); count++) {
            assertThat(steadiness.of(EMULATED.subList(0, count))).as("%d runs", count).isFalse();
        }
    }

    @Test
    void shouldNotTakeRatesFarApartForSteady() {
        assertThat(steadiness.of(rates(20, i -> i % 2 == 0 ? 600 : 1400))).isFalse();
    }

    @Test
    void shouldBearTheNoiseOfASharedMachine() {
        Random random = new Random(1);
        List<Double> rates = new ArrayList<>();
        int steady = 0;
        for (int i = 0; i < 1000; i++) {
            rates.add(1000 + 300 * random.nextDouble());
            steady += steadiness.of(rates) ? 1 : 0;
        }
        assertThat(steady).isGreaterThan(900);
    }
}
