package io.odp4j.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultReaderTest {
    /** As JMH 1.37 writes it, less what is not read. */
    static final String JMH =
            """
            [{"jmhVersion": "1.37", "benchmark": "io.odp4j.bench.jmh.FlowKeyBenchmark.frameToKey",
              "mode": "avgt", "vmName": "OpenJDK 64-Bit Server VM", "vmVersion": "17.0.15",
              "jvmArgs": ["-Xms1g", "-Xmx1g"], "params": {"size": "10/2"},
              "primaryMetric": {"score": 15.5, "scoreError": "NaN", "scoreUnit": "ns/op",
                "rawData": [[15.0, 17.0], [14.0, 16.0]]},
              "secondaryMetrics": {
                "gc.alloc.rate.norm": {"scoreUnit": "B/op", "rawData": [[0.0, 0.0], [0.5, 0.5]]},
                "gc.count": {"scoreUnit": "counts", "rawData": [[0.0, 0.0], [0.0, 0.0]]}}},
             {"benchmark": "other.Benchmark.sample", "mode": "sample",
              "primaryMetric": {"scoreUnit": "us/op",
                "scorePercentiles": {"0.0": 1.0, "99.9": 8.0, "50.0": 2.0},
                "rawDataHistogram": [[[[1.0, 1], [2.0, 5], [8.0, 1]]]]},
              "secondaryMetrics": {}}]""";

    /** A round of an upcall benchmark. */
    private static final String ROUND =
            """
            {"setups_per_second": 900.0, "packets_per_second": 910.0, "seconds": 1.0,
             "latency_ns": {"p50": 10.0, "p99_9": 30.0, "max": 40.0},
             "cpu_ns_per_setup": null, "sent": 200, "lost": 1, "setups": 199, "flows": 199}""";

    static final String UPCALL =
            """
            {"format": "odp4j bench upcall 1",
             "environment": {"kernel": "6.18"}, "options": {"traffic": "zipf"}, "warm_up": {},
             "windows": [{"window": 64,
               "odp4j": {"latency_ns": {"p50": 10.0, "p99_9": 30.0, "max": 40.0}, "rounds": [%1$s, %1$s]},
               "share_of_limit": null}],
             "rates": [{"offered_per_second": 1500.0,
               "limit": {"latency_ns": {"p50": null}, "rounds": [%1$s]}, "ratio": 2.0}],
             "fills": []}"""
                    .formatted(ROUND);

    @TempDir private Path folder;

    private static ResultFile read(String text) throws IOException {
        return ResultReader.read("name", new StringReader(text));
    }

    @Test
    void shouldTakeForksOfJmhForSamples() throws IOException {
        ResultFile result = read(JMH);
        assertThat(result.environment())
                .containsEntry("jvm_flags", "-Xms1g -Xmx1g")
                .containsEntry("jdk", "OpenJDK 64-Bit Server VM 17.0.15");
        Measurement first = result.measurements().get(0);
        assertThat(first.title()).isEqualTo("FlowKeyBenchmark.frameToKey size=10/2");
        assertThat(first.metrics())
                .containsExactly(
                        Metric.of("time", "ns/op", Better.LOWER, 16, 15),
                        Metric.of("allocated", "B/op", Better.LOWER, 0, 0.5));
    }

    @Test
    void shouldTakeIterationsOfOneForkAndSayThatTheyAreNotIndependent() throws IOException {
        Measurement second = read(JMH).measurements().get(1);
        assertThat(second.metrics())
                .containsExactly(
                        new Metric("time", "us/op", Better.LOWER, false, new double[] {2.0}));
        assertThat(second.latency())
                .isEqualTo(
                        List.of(
                                new Latency(0, 1000),
                                new Latency(50, 2000),
                                new Latency(99.9, 8000)));
    }

    @Test
    void shouldReadJmhWithItsEnvironment() throws IOException {
        ResultFile result =
                read(
                        "{\"format\": \"odp4j bench jmh 1\", \"environment\": {\"revision\": \"a\"},"
                                + " \"options\": {\"suite\": \"quick\"}, \"benchmarks\": "
                                + JMH
                                + "}");
        assertThat(result.environment()).isEqualTo(Map.of("revision", "a"));
        assertThat(result.options()).isEqualTo(Map.of("suite", "quick"));
        assertThat(result.measurements()).isEqualTo(read(JMH).measurements());
    }

    @Test
    void shouldTakeRoundsOfUpcallsForSamplesAndLeaveOutWhatIsNull() throws IOException {
        ResultFile result = read(UPCALL);
        assertThat(result.options()).containsEntry("traffic", "zipf");
        assertThat(result.measurements())
                .extracting(Measurement::title)
                .containsExactly("upcall closed odp4j window=64", "upcall open limit offered=1500");
        Measurement closed = result.measurements().get(0);
        assertThat(closed.metrics())
                .containsExactly(
                        Metric.of("setups", "setups/s", Better.HIGHER, 900, 900),
                        Metric.of("packets", "packets/s", Better.HIGHER, 910, 910),
                        Metric.of("latency p50", "ns", Better.LOWER, 10, 10),
                        Metric.of("loss", "%", Better.LOWER, 0.5, 0.5));
        assertThat(closed.latency())
                .containsExactly(new Latency(50, 10), new Latency(99.9, 30), new Latency(100, 40));
        assertThat(result.measurements().get(1).latency()).isEmpty();
    }

    @Property(tries = 200)
    void shouldRefuseTextThatWasCutOff(
            @ForAll boolean upcall, @ForAll @IntRange(max = 999_999) int millionths) {
        String text = upcall ? UPCALL : JMH;
        String cut = text.substring(0, (int) ((long) millionths * text.length() / 1_000_000));
        assertThatThrownBy(() -> read(cut)).isInstanceOf(ResultSyntaxException.class);
    }

    @Property(tries = 500)
    void shouldReadOrRefuseTextWithOneCharacterChanged(
            @ForAll boolean upcall,
            @ForAll @IntRange(max = 999_999) int millionths,
            @ForAll char other)
            throws IOException {
        StringBuilder text = new StringBuilder(upcall ? UPCALL : JMH);
        text.setCharAt((int) ((long) millionths * text.length() / 1_000_000), other);
        try {
            assertThat(read(text.toString()).measurements()).isNotNull();
        } catch (ResultSyntaxException e) {
            assertThat(e).hasMessageNotContaining("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]]",
                "3",
                "[3]",
                "[{}]",
                "{\"format\": \"odp4j bench upcall 2\", \"windows\": []}",
                "{\"format\": 1}",
                "nonsense"
            })
    void shouldSayWhatIsWrongWithAnotherFile(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ResultSyntaxException.class)
                .hasMessageMatching(
                        "nothing in it|more than one value.*|no JSON: .* line 1|expected .* at .*");
    }

    @Test
    void shouldNameFileAndPlaceOfAWrongField() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("x.json"), JMH.replace("[14.0, 16.0]", "[14.0, true]"));
        assertThatThrownBy(() -> ResultReader.read(file))
                .hasMessage(
                        file
                                + " is no result: expected a number at"
                                + " [0].primaryMetric.rawData[1][1]");
    }

    @Test
    void shouldCallAResultAsItsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("before.json"), JMH);
        assertThat(ResultReader.read(file).name()).isEqualTo("before");
    }
}
