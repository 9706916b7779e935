package io.odp4j.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.bench.upcall.result.Environment;
import io.odp4j.bench.upcall.result.Load;
import io.odp4j.bench.upcall.result.LoadResult;
import io.odp4j.bench.upcall.result.Sample;
import io.odp4j.bench.upcall.result.UpcallJson;
import io.odp4j.bench.upcall.result.UpcallResults;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** What {@code bench upcall} writes is what is read here. */
class UpcallDocumentTest {
    private static Sample round(long setups, long lost) {
        Histogram latency = new Histogram(3);
        latency.recordValueWithCount(50, setups);
        return new Sample(
                setups + lost,
                setups,
                setups,
                setups,
                0,
                1_000_000_000,
                20 * setups,
                setups,
                4096,
                latency);
    }

    private static ResultFile written(LoadResult... loads) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            UpcallJson.write(
                    new UpcallResults(
                            Environment.collect(),
                            Map.of("traffic", "uniform"),
                            null,
                            Map.of(),
                            List.of(loads)),
                    json);
            json.writeEndObject();
        }
        return ResultReader.read("written", new StringReader(text.toString()));
    }

    @Test
    void shouldReadEveryKindOfLoad() throws IOException {
        LoadResult closed = new LoadResult(Load.closed(64));
        closed.add(UpcallResults.ODP4J, round(800, 0));
        closed.add(UpcallResults.ODP4J, round(750, 250));
        closed.add(UpcallResults.LIMIT, round(900, 0));
        LoadResult open = new LoadResult(Load.open(500));
        open.add(UpcallResults.ODP4J, round(500, 0));
        LoadResult fill = new LoadResult(Load.fill(1000, 16));
        fill.add(UpcallResults.ODP4J, round(1000, 0));
        ResultFile result = written(closed, open, fill);
        assertThat(result.environment()).containsKeys("kernel", "jdk", "load_average");
        assertThat(result.options()).isEqualTo(Map.of("traffic", "uniform"));
        assertThat(result.measurements())
                .extracting(Measurement::title)
                .containsExactlyInAnyOrder(
                        "upcall closed limit window=64",
                        "upcall closed odp4j window=64",
                        "upcall open odp4j offered=500",
                        "upcall fill odp4j flows=1000 window=16");
        Measurement odp4j =
                result.measurements().stream()
                        .filter(m -> m.title().equals("upcall closed odp4j window=64"))
                        .findFirst()
                        .orElseThrow();
        assertThat(odp4j.metric(Metric.SETUPS).orElseThrow().samples()).containsExactly(800, 750);
        assertThat(odp4j.metric(Metric.LOSS).orElseThrow().samples()).containsExactly(0, 25);
        assertThat(odp4j.metric(Metric.CPU).orElseThrow().samples()).containsExactly(20, 20);
        assertThat(odp4j.metric(Metric.MEMORY).orElseThrow().samples()).containsExactly(4096, 4096);
        assertThat(odp4j.metric("latency p99").orElseThrow().median()).isEqualTo(50);
        assertThat(odp4j.latency()).first().isEqualTo(new Latency(50, 50));
        assertThat(odp4j.latency()).last().isEqualTo(new Latency(100, 50));
    }

    @Test
    void shouldReadALoadWithoutRounds() throws IOException {
        assertThat(written(new LoadResult(Load.closed(1))).measurements()).isEmpty();
    }
}
