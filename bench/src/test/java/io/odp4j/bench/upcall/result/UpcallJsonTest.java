package io.odp4j.bench.upcall.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class UpcallJsonTest {
    private static Sample sample(long setups, long lost, long latency) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(latency, setups);
        return new Sample(
                setups + lost,
                setups,
                setups,
                2 * setups + lost,
                lost,
                1_000_000_000,
                20 * setups,
                setups,
                4096,
                histogram);
    }

    private static UpcallResults results() {
        LoadResult window = new LoadResult(Load.closed(64));
        for (int i = 1; i <= 3; i++) {
            window.add(UpcallResults.ODP4J, sample(800L * i, 0, 10));
            window.add(UpcallResults.OVS, sample(100L * i, 2, 40));
        }
        return new UpcallResults(
                Environment.collect(),
                Map.of("traffic", "uniform"),
                UpcallResults.OVS,
                Map.of(UpcallResults.ODP4J, new WarmUp(List.of(1.0, 2.0), 3, true)),
                List.of(window, new LoadResult(Load.open(500))));
    }

    private static String json() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            UpcallJson.write(results(), json);
            json.writeEndObject();
        }
        return text.toString();
    }

    @Test
    void shouldGiveMediansOfRoundsAndTheirRatio() throws IOException {
        assertThat(json())
                .contains("\"window\":64,\"odp4j\":{\"setups_per_second\":1600.0")
                .contains("\"ovs\":{\"setups_per_second\":200.0")
                .contains("\"ratio\":8.0,\"p50_ratio\":0.25,\"p99_ratio\":0.25,\"cpu_ratio\":1.0");
    }

    @Test
    void shouldAddUpWhatWasLostInAllRounds() throws IOException {
        assertThat(json()).contains("\"sent\":606,\"lost\":6");
    }

    @Test
    void shouldSayHowOftenAFlowCameUpAndHowManyFramesWereOvertaken() throws IOException {
        assertThat(json()).contains("\"lost\":6,\"overtaken\":6,\"upcalls_per_setup\":2.0");
    }

    @Test
    void shouldSayHowMuchMemoryTheProcessHad() throws IOException {
        assertThat(json()).contains("\"resident_bytes\":4096.0,\"rounds\":[");
    }

    @Test
    void shouldSayNullWhereNothingWasMeasured() throws IOException {
        assertThat(json())
                .contains("\"share_of_limit\":null")
                .contains("\"rates\":[{\"offered_per_second\":500.0,\"ratio\":null");
    }

    @Test
    void shouldPrintALineForEachSubjectOfALoad() {
        assertThat(UpcallTable.lines(results()))
                .anyMatch(line -> line.startsWith("W 64") && line.contains("8.00 × ovs"))
                .anyMatch(line -> line.matches("W 64 +ovs +200 .*"));
    }
}
