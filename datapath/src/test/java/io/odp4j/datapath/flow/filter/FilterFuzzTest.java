package io.odp4j.datapath.flow.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.flow.text.PortNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Any characters as a filter: what is understood says the same of a packet and of its flow. */
class FilterFuzzTest {
    private static final PortNames PORTS = PortNames.of(Map.of("vm3", 3));
    private static final List<Measure> MEASURES =
            List.of(new Measure("type", Map.of("miss", 1L), "Why it came."));

    private final FlowKey key = new FlowKey();
    private final FlowMask exact = new FlowMask();

    @FuzzTest
    void shouldReadAnyText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Filter filter;
        try {
            filter = Filter.parse(text, PORTS, MEASURES);
        } catch (FlowSyntaxException e) {
            assertThat(e.offset()).isBetween(0, text.length());
            return;
        }
        long[] measures = {1};
        Arrays.fill(exact.words(), -1);
        assertThat(filter.test(key, exact, measures) == Truth.YES)
                .isEqualTo(filter.matches(key, measures));
    }
}
