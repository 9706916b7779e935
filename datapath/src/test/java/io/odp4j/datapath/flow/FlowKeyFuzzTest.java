package io.odp4j.datapath.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.Wire;
import java.nio.ByteBuffer;

/** Any bytes as the attributes of a key and of its mask. */
class FlowKeyFuzzTest {
    private final FlowKey key = new FlowKey();
    private final FlowMask mask = new FlowMask();

    @FuzzTest
    void shouldDecodeAnyKey(byte[] bytes) {
        ByteBuffer buffer = Wire.direct(bytes);
        try {
            FlowKeyDecoder.decodeMask(buffer, 0, bytes.length, mask);
            FlowKeyDecoder.decodeRequestMask(buffer, 0, bytes.length, mask);
            FlowKeyDecoder.decodeKey(buffer, 0, bytes.length, key);
        } catch (NetlinkFormatException e) {
            assertThat(e.offset()).isBetween(0, bytes.length);
        }
    }
}
