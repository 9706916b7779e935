package io.odp4j.datapath.ovs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.Wire;

/** Any bytes as part of a dump of flows, read and printed. */
class FlowMessageFuzzTest {
    private final FlowMessage flow = new FlowMessage();
    private final FlowText text = new FlowText(FlowTextOptions.COMPLETE);

    @FuzzTest
    void shouldReadAndPrintAnyFlow(byte[] bytes) {
        MessageReader reader = new MessageReader();
        try {
            reader.wrap(Wire.direct(bytes), 0, bytes.length);
            while (reader.next()) {
                flow.wrap(reader);
                text.format(new StringBuilder(), flow, 1000);
                flow.key();
                flow.mask();
                flow.actions();
            }
        } catch (NetlinkFormatException e) {
            assertThat(e.offset()).isBetween(0, bytes.length);
        }
    }
}
