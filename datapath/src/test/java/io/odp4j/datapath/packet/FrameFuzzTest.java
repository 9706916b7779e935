package io.odp4j.datapath.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.Wire;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Any bytes as a frame; the key that it has can be written and read back. */
class FrameFuzzTest {
    private final FlowExtractor extractor = new FlowExtractor();
    private final FlowKey key = new FlowKey();
    private final FlowKey back = new FlowKey();
    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(FlowKeyEncoder.MAX_LENGTH).order(ByteOrder.nativeOrder());
    private final MessageWriter writer = new MessageWriter();

    @FuzzTest
    void shouldExtractAnyFrame(byte[] bytes) {
        if (!extractor.extract(Wire.direct(bytes), 0, bytes.length, 3, key)) {
            return;
        }
        writer.wrap(buffer, 0, buffer.capacity());
        FlowKeyEncoder.encodeKey(key, writer);
        FlowKeyDecoder.decodeKey(buffer, 0, writer.written(), back);
        assertThat(back).isEqualTo(key);
    }
}
