package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.netlink.MessageOverflowException;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An {@link AttributeList} in the bytes that the text formatters read. */
final class AttributeBytes {
    private static final int ENOUGH_FOR_MOST = 2048;

    private AttributeBytes() {}

    /** A buffer that holds the list from 0 to its limit. */
    static ByteBuffer of(AttributeList list) {
        for (int size = ENOUGH_FOR_MOST; ; size *= 2) {
            ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
            try {
                MessageWriter writer = new MessageWriter().wrap(buffer, 0, size);
                AttributeCodec.encode(list, writer);
                return buffer.limit(writer.position());
            } catch (MessageOverflowException e) {
                if (size > 1 << 22) {
                    throw e;
                }
            }
        }
    }
}
