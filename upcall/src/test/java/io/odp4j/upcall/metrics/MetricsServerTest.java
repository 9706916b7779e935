package io.odp4j.upcall.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.demo.MemoryHost;
import io.odp4j.upcall.ring.WaitMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricsServerTest {
    private static String scrape(MetricsServer server) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/metrics");
        HttpResponse<String> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(uri).build(),
                                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static Agent agent(EmbeddedDatapath embedded, WaitMode mode) throws Exception {
        return Agent.builder("met")
                .endpoint(embedded.endpoint())
                .ports(List.of("h1p", "h2p"))
                .shards(2)
                .waitMode(mode)
                .start();
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "DIRECT"})
    void shouldTellEverythingThatIsCountedAndTimed(WaitMode mode) throws Exception {
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open();
                MemoryHost h1 = MemoryHost.plug(embedded, "h1p", 1);
                MemoryHost h2 = MemoryHost.plug(embedded, "h2p", 2);
                Agent agent = agent(embedded, mode);
                MetricsServer server =
                        MetricsServer.start(
                                agent,
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            assertThat(h1.ping(h2.address(), 3, 56, 2000)).isEqualTo(3);
            assertThat(agent.rounds().await(10_000)).isTrue();
            String text = scrape(server);
            for (Counter counter : Counter.values()) {
                assertThat(text)
                        .contains(
                                "# HELP odp4j_" + counter.label() + "_total " + counter.meaning());
            }
            long misses = agent.counters()[Counter.MISSES.ordinal()];
            assertThat(text)
                    .contains("odp4j_misses_total " + (double) misses)
                    .contains("odp4j_ports 3.0")
                    .contains("odp4j_flow_limit 200000.0")
                    .contains("odp4j_stage_ok{stage=\"odp4j-reader-1\"} 1.0")
                    .contains("odp4j_queue_losses_total{queue=\"port h1p\",shard=\"1\"} 0.0");
            for (Stage stage : Stage.values()) {
                assertThat(text)
                        .contains("odp4j_stage_latency_seconds_count{stage=\"" + stage.label());
                assertThat(agent.latency(stage).getTotalCount()).isPositive();
            }
            assertThat(agent.latency(Stage.RING_WAIT).getTotalCount()).isEqualTo(misses);
            assertThat(agent.latency(Stage.DECIDE).getTotalCount()).isBetween(1L, misses);
        }
    }

    @Test
    void shouldRecordBatchesAndRoundsForTheFlightRecorder(@TempDir Path directory)
            throws Exception {
        Path file = directory.resolve("events.jfr");
        try (Recording recording = new Recording();
                EmbeddedDatapath embedded = EmbeddedDatapath.open();
                MemoryHost h1 = MemoryHost.plug(embedded, "h1p", 1);
                MemoryHost h2 = MemoryHost.plug(embedded, "h2p", 2)) {
            recording.enable(UpcallBatchEvent.class);
            recording.enable(RevalidationEvent.class);
            recording.enable(UpcallLossEvent.class);
            recording.start();
            UpcallLossEvent.record("port x", 3);
            try (Agent agent = agent(embedded, WaitMode.BLOCKING)) {
                assertThat(h1.ping(h2.address(), 1, 56, 2000)).isEqualTo(1);
                assertThat(agent.rounds().await(10_000)).isTrue();
            }
            recording.stop();
            recording.dump(file);
        }
        assertThat(Files.size(file)).isPositive();
        Set<String> names =
                RecordingFile.readAllEvents(file).stream()
                        .map(RecordedEvent::getEventType)
                        .map(type -> type.getName())
                        .collect(Collectors.toSet());
        assertThat(names)
                .contains("io.odp4j.UpcallBatch", "io.odp4j.Revalidation", "io.odp4j.UpcallLoss");
    }
}
