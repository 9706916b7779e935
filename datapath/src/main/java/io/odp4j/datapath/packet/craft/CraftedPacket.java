package io.odp4j.datapath.packet.craft;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.packet.FlowExtractor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A packet that was made from text.
 *
 * @param frame from its Ethernet header on, at least 60 bytes, without a frame check sequence
 * @param metadata what was said beside the frame, as attributes of a key: port, marks, tunnel,
 *     connection
 */
public record CraftedPacket(byte[] frame, AttributeList metadata) {
    private static final int LONGEST = 1 << 16;

    /** The key that a datapath makes of it; the port is none if none was given. */
    public FlowKey key() {
        FlowKey key = metadataKey(metadata);
        if (!key.carries(KeyAttributes.IN_PORT.number())) {
            key.set(FlowField.IN_PORT, FlowKey.PORT_NONE);
        }
        key.carryFromContents();
        ByteBuffer buffer = buffer().put(0, frame);
        new FlowExtractor().extract(buffer, 0, frame.length, key);
        return key;
    }

    /**
     * The key that metadata are.
     *
     * @throws io.odp4j.datapath.netlink.NetlinkFormatException if they are none
     */
    static FlowKey metadataKey(AttributeList metadata) {
        ByteBuffer buffer = buffer();
        MessageWriter writer = new MessageWriter().wrap(buffer, 0, LONGEST);
        AttributeCodec.encode(metadata, writer);
        FlowKey key = new FlowKey();
        FlowKeyDecoder.decodeKey(buffer, 0, writer.written(), key);
        return key;
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(LONGEST).order(ByteOrder.nativeOrder());
    }
}
