package io.odp4j.datapath.flow.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.nio.charset.StandardCharsets;

/** Any characters as actions; what is understood is printed, and means the same when read again. */
class ActionTextFuzzTest {
    private final ActionParser parser = new ActionParser();
    private final ActionFormatter formatter = new ActionFormatter(FlowTextOptions.COMPLETE);

    @FuzzTest
    void shouldReadAnyText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        AttributeList actions;
        try {
            actions = parser.parse(text);
        } catch (FlowSyntaxException e) {
            assertThat(e.offset()).isBetween(0, text.length());
            return;
        }
        String printed = formatter.format(actions);
        assertThat(formatter.format(parser.parse(printed))).isEqualTo(printed);
    }
}
