package io.odp4j.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Every benchmark runs: once for a moment, in this JVM, each parameter with its first value. How
 * long it takes is of no interest here.
 */
class SmokeTest {
    @BeforeAll
    static void shouldNotWaitForOthersThatMeasure() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    static Stream<Selection> benchmarks() {
        Map<String, Selection> all = new LinkedHashMap<>();
        for (BenchmarkListEntry entry : Selection.benchmarks(".*")) {
            Map<String, List<String>> first = new TreeMap<>();
            entry.getParams()
                    .orElse(Map.of())
                    .forEach((name, values) -> first.put(name, List.of(values[0])));
            all.put(entry.getUsername(), new Selection(null, entry.getUsername(), first));
        }
        return all.values().stream();
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void shouldRun(Selection selection) throws RunnerException {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        Collection<RunResult> results =
                new Runner(
                                SuiteRunner.only(selection)
                                        .forks(0)
                                        .warmupIterations(0)
                                        .measurementIterations(1)
                                        .measurementTime(TimeValue.milliseconds(5))
                                        .build(),
                                new Progress(nowhere, null, 1, 1))
                        .run();
        assertThat(results).hasSize(1);
        assertThat(results.iterator().next().getPrimaryResult().getScore()).isPositive();
    }

    @Test
    void shouldHaveEveryBenchmarkInTheFullSuiteOnce() {
        List<String> full = new ArrayList<>();
        Selection.of(Suite.FULL, null).forEach(selection -> full.add(selection.benchmark()));
        assertThat(full)
                .containsExactlyInAnyOrderElementsOf(
                        benchmarks().map(Selection::benchmark).toList());
    }

    @Test
    void shouldHaveEveryStageButTextInTheQuickSuite() {
        List<Selection> quick = Selection.of(Suite.QUICK, null);
        assertThat(quick)
                .extracting(Selection::stage)
                .contains(
                        Stage.SYSTEM_CALLS,
                        Stage.DECODE,
                        Stage.EXTRACT,
                        Stage.HASH,
                        Stage.FLOW_CACHE,
                        Stage.POLICY,
                        Stage.ENCODE,
                        Stage.RING,
                        Stage.PIPELINE,
                        Stage.RING_PIPELINE,
                        Stage.FORWARDING)
                .doesNotContain(Stage.TEXT);
        // Three JVMs each of about three seconds: five minutes.
        assertThat(quick.stream().mapToInt(Selection::cases).sum()).isBetween(20, 33);
    }
}
