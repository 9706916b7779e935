package io.odp4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    @TempDir private Path folder;
    private String before;
    private String after;

    private String jmh(String name, double time, String extra) throws IOException {
        String text =
                """
                [{"benchmark": "a.B.c", "mode": "avgt", "primaryMetric": {"scoreUnit": "ns/op",
                    "rawData": [[%s], [%s], [%s]]}}%s]"""
                        .formatted(time, time * 1.01, time * 1.02, extra);
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @BeforeEach
    void write() throws IOException {
        before = jmh("a.json", 10, "");
        after =
                jmh(
                        "b.json",
                        20,
                        ", {\"benchmark\": \"a.B.d\", \"mode\": \"avgt\", \"primaryMetric\":"
                                + " {\"scoreUnit\": \"ns/op\", \"rawData\": [[1.0]]}}");
    }

    @Test
    void shouldPrintRatioIntervalAndVerdict() {
        CommandRun run = CommandRun.of("bench", "compare", before, after);
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .containsPattern(
                        "a\\.B\\.c +time +10\\.1 +20\\.2 ns/op +×2\\.000 \\[1\\.9\\d+, 2\\.0\\d+\\] +worse")
                .contains("only in B: a.B.d");
    }

    @Test
    void shouldShowNoDifferenceOfAResultFromItself() {
        assertThat(CommandRun.of("bench", "compare", before, before).out())
                .contains("×1.000")
                .contains("no difference shown");
    }

    @Test
    void shouldWriteJson() {
        assertThat(CommandRun.of("bench", "compare", "--json", before, after).out())
                .contains("\"metric\":\"time\",\"unit\":\"ns/op\",\"better\":\"lower\"")
                .contains("\"samples_a\":3,\"samples_b\":3,\"independent\":true,\"kind\":\"ratio\"")
                .contains("\"verdict\":\"worse\"")
                .contains("\"only_in_b\":[\"a.B.d\"]");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        CommandRun run = CommandRun.of("bench", "compare", before, "/nowhere/x.json");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("odp4j: /nowhere/x.json: no such file\n");
    }

    @Test
    void shouldRefuseAFileThatIsNoResult() throws IOException {
        Path file = Files.writeString(folder.resolve("c.json"), "{}");
        CommandRun run = CommandRun.of("bench", "compare", before, file.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        "odp4j: "
                                + file
                                + " is no result: expected an object with \"format\" at the top\n");
    }

    @Test
    void shouldRefuseAConfidenceOfAHundredPercent() {
        CommandRun run = CommandRun.of("bench", "compare", "--confidence", "100", before, after);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--confidence 100.0 is not from 50 to below 100");
    }
}
