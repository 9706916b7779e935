package io.odp4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.datapath.packet.PcapWriter;
import io.odp4j.upcall.cli.CommandRun;
import io.odp4j.upcall.cli.Odp4j;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A moment of each kind of load, on the embedded datapath; how fast it is, is not asked. */
class UpcallCommandTest {
    private static final int CONVERSATIONS = 20;
    private static final int ADDRESS = 0x0a00_0100;

    @TempDir private Path folder;

    private String run(String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("--warm-up", "0"));
        words.addAll(List.of(options));
        return runWarm(words.toArray(String[]::new));
    }

    private String runWarm(String... options) throws IOException {
        Path output = folder.resolve("result");
        List<String> words = new ArrayList<>(List.of("bench", "upcall", "--no-limit"));
        words.addAll(List.of("--rounds", "1", "--seconds", "0.05"));
        words.addAll(List.of("--output", output.toString()));
        words.addAll(List.of(options));
        assertThat(Odp4j.execute(words.toArray(String[]::new))).isZero();
        return Files.readString(output);
    }

    @Test
    void shouldMeasureEachKindOfLoad() throws IOException {
        String report = run("--window", "1,64", "--rate", "500", "--fill", "200", "--json");
        assertThat(report)
                .startsWith("{\"format\":\"odp4j bench upcall 1\"")
                .containsPattern("\"window\":1,\"odp4j\":\\{\"setups_per_second\":[1-9]")
                .containsPattern("\"window\":64,\"odp4j\":\\{\"setups_per_second\":[1-9]")
                .containsPattern("\"offered_per_second\":500.0,\"odp4j\":\\{\"setups_per_")
                .containsPattern("\"flows\":200,\"window\":64,\"odp4j\":")
                .contains("\"sent\":200,");
    }

    @ParameterizedTest
    @CsvSource({"uniform", "bursts", "trains", "zipf", "explosion"})
    void shouldBringOutTheFramesOfEveryModelOfTraffic(String model) throws IOException {
        assertThat(run("--traffic", model, "--rate", "2000"))
                .containsPattern("2000/s +odp4j +[1-9]");
    }

    /** Four frames of each flow under way at once: all come up, and the flow is set up once. */
    @Test
    void shouldSetUpAFlowForEachTrain() throws IOException {
        assertThat(run("--traffic", "trains", "--fill", "400", "--json"))
                .contains("\"sent\":400,\"lost\":0,\"overtaken\":")
                .contains("\"setups\":100,\"flows\":100,");
    }

    /** 20 conversations, over and over: a flow for each, and one for all that is not IP. */
    @Test
    void shouldBringOutTheFramesOfACapture() throws IOException {
        Path file = folder.resolve("frames.pcap");
        try (PcapWriter pcap = PcapWriter.create(file)) {
            for (int i = 0; i < CONVERSATIONS; i++) {
                pcap.write(i, FrameBuilder.ethernet(2, 1).ipv4(ADDRESS + i, 1).udp(1, 2).build());
            }
            pcap.write(CONVERSATIONS, FrameBuilder.ethernet(2, 1).arp(1, 1, ADDRESS, 0, 1).build());
        }
        assertThat(run("--traffic", "pcap:" + file, "--fill", "10000", "--json"))
                .containsPattern(
                        "\"sent\":10000,\"lost\":0,.*,\"flows\":" + (CONVERSATIONS + 1) + ".0");
    }

    @Test
    void shouldRefuseACaptureThatIsNotThere() {
        CommandRun run = CommandRun.of("bench", "upcall", "--traffic", "pcap:/nowhere.pcap");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("odp4j: /nowhere.pcap: no such file\n");
    }

    @Test
    void shouldWriteAPageBesideTheTable() throws IOException {
        Path page = folder.resolve("today.html");
        assertThat(run("--window", "16", "--html", page.toString())).contains("W 16");
        assertThat(Files.readString(page))
                .contains("<title>odp4j: today</title>")
                .contains("Throughput against packets under way");
    }

    @Test
    void shouldRefuseAPageInNoFolderBeforeItMeasures() {
        CommandRun run = CommandRun.of("bench", "upcall", "--html", "/nowhere/x.html");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("odp4j: /nowhere: no such folder\n");
    }

    @Test
    void shouldWarmUpForAsLongAsItIsTold() throws IOException {
        String report =
                runWarm("--window", "1", "--warm-up", "0.1", "--tolerance", "1000", "--json");
        Matcher runs = Pattern.compile("\"setups_per_second\":\\[([^\\]]+)]").matcher(report);
        assertThat(report).containsPattern("\"warm_up\":\\{\"odp4j\":\\{\"steady\":(true|false)");
        assertThat(runs.find()).isTrue();
        assertThat(runs.group(1).split(",")).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void shouldMeasureSeveralShards() throws IOException {
        assertThat(run("--shards", "2", "--window", "16")).containsPattern("W 16 +odp4j +[1-9]");
    }

    @ParameterizedTest
    @CsvSource({
        "--window,0",
        "--rate,0",
        "--fill,0",
        "--traffic,none",
        "--peer,ovs",
        "--rounds,0",
        "--seconds,0",
        "--warm-up,-1",
        "--datapath,embedded:x"
    })
    void shouldRefuseWhatMakesNoSense(String option, String value) {
        assertThat(Odp4j.execute("bench", "upcall", option, value)).isEqualTo(2);
    }
}
