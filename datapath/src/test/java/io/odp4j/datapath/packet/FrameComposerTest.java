package io.odp4j.datapath.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FrameComposerTest {
    private final FlowExtractor extractor = new FlowExtractor();

    @Property(tries = 20_000)
    void shouldComposeAFrameWithTheKeyOfAnyValidFrame(@ForAll long seed) {
        byte[] frame = new RandomFrames(seed).valid();
        FlowKey key = new FlowKey();
        boolean extracted = extract(frame, key);
        // A chain of extension headers is in the key as one bit each, and cannot be told from it.
        if (!extracted || FlowField.IPV6_EXTHDRS.get(key.words()) != 0) {
            return;
        }
        FlowKey again = new FlowKey();
        assertThat(extract(FrameComposer.compose(key), again)).isTrue();
        assertThat(again).as(HexFormat.of().formatHex(frame)).isEqualTo(key);
    }

    private boolean extract(byte[] frame, FlowKey key) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(frame.length).order(ByteOrder.nativeOrder()).put(frame);
        return extractor.extract(buffer, 0, frame.length, 1, key);
    }
}
