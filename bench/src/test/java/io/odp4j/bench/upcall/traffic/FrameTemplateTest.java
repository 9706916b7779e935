package io.odp4j.bench.upcall.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.packet.FlowExtractor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTemplateTest {
    private final ByteBuffer frame =
            ByteBuffer.allocateDirect(FrameTemplate.LONGEST).order(ByteOrder.nativeOrder());

    @ParameterizedTest
    @CsvSource({"uniform,true", "bursts,true", "zipf,false"})
    void shouldGiveFramesFlowsOfTheirOwnWhereTheModelSaysSo(String model, boolean allNew)
            throws IOException {
        Traffic traffic = Traffic.parse(model);
        assertThat(traffic.isAllNew()).isEqualTo(allNew);
        int flows = flows(traffic, 10_000);
        assertThat(flows == 10_000).isEqualTo(allNew);
        assertThat(flows).isGreaterThan(1000);
    }

    @Test
    void shouldGiveTheFramesOfATrainOneFlow() throws IOException {
        Traffic trains = Traffic.parse("trains");
        assertThat(flows(trains, 10_000)).isEqualTo(2500);
        assertThat(trains.flow(7)).isEqualTo(1);
        assertThat(trains.setups(10, 40)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"uniform", "zipf", "explosion"})
    void shouldTagEveryFrame(String model) throws IOException {
        FrameTemplate template = new FrameTemplate(Traffic.parse(model));
        for (int i = 0; i < 100; i++) {
            int length = template.write(frame, 7, i, 0);
            assertThat(FrameTemplate.index(frame, 0, length, 7)).isEqualTo(i);
            assertThat(FrameTemplate.index(frame, 0, length, 8)).isEqualTo(-1);
        }
    }

    private int flows(Traffic traffic, int frames) {
        FrameTemplate template = new FrameTemplate(traffic);
        FlowExtractor extractor = new FlowExtractor();
        Set<String> flows = new HashSet<>();
        for (int i = 0; i < frames; i++) {
            FlowKey key = new FlowKey();
            int length = template.write(frame, 1, i, 5);
            assertThat(extractor.extract(frame, 0, length, 1, key)).isTrue();
            flows.add(key.toString());
        }
        return flows.size();
    }
}
