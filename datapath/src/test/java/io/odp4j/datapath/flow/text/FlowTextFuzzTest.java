package io.odp4j.datapath.flow.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.nio.charset.StandardCharsets;

/** Any characters as a flow; what is understood is printed, and means the same when read again. */
class FlowTextFuzzTest {
    private final FlowParser parser = new FlowParser();
    private final FlowFormatter formatter = new FlowFormatter(FlowTextOptions.COMPLETE);

    @FuzzTest
    void shouldReadAnyText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        FlowParser.Flow flow;
        try {
            flow = parser.parse(text);
        } catch (FlowSyntaxException e) {
            assertThat(e.offset()).isBetween(0, text.length());
            return;
        }
        String printed = formatter.format(flow.key(), flow.mask());
        if (flow.key().isEmpty()) {
            return; // printed as a word that ovs-dpctl does not read either
        }
        if (repeatsEncap(flow.key())) {
            return; // no kernel takes it, and Open vSwitch prints the first one's mask with both
        }
        FlowParser.Flow again = parser.parse(printed);
        assertThat(formatter.format(again.key(), again.mask())).isEqualTo(printed);
    }

    private static boolean repeatsEncap(AttributeList key) {
        int encaps = 0;
        boolean inside = false;
        for (Attribute attribute : key) {
            if (attribute.spec() == KeyAttributes.ENCAP) {
                encaps++;
                inside |= repeatsEncap(attribute.asList());
            }
        }
        return inside || encaps > 1;
    }
}
