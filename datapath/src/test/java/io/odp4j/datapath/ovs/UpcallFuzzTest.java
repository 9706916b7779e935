package io.odp4j.datapath.ovs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.Wire;
import java.nio.ByteBuffer;

/** Any bytes as what comes up on an upcall socket. */
class UpcallFuzzTest {
    private final UpcallMessage upcall = new UpcallMessage();
    private final FlowKey key = new FlowKey();

    @FuzzTest
    void shouldReadAnyUpcall(byte[] bytes) {
        ByteBuffer buffer = Wire.direct(bytes);
        MessageReader reader = new MessageReader();
        try {
            reader.wrap(buffer, 0, bytes.length);
            while (reader.next()) {
                upcall.wrap(reader);
                assertThat(upcall.packetOffset() + upcall.packetLength())
                        .isLessThanOrEqualTo(bytes.length);
                FlowKeyDecoder.decodeKey(buffer, upcall.keyOffset(), upcall.keyLength(), key);
            }
        } catch (NetlinkFormatException e) {
            assertThat(e.offset()).isBetween(0, bytes.length);
        }
    }
}
