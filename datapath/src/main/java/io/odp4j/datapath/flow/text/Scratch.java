package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A writer with a buffer of its own, as large as an attribute can be. */
final class Scratch {
    private static final int SIZE = 1 << 16;

    private final ByteBuffer buffer = ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
    private final MessageWriter writer = new MessageWriter();

    /** The writer, empty. */
    MessageWriter clear() {
        return writer.wrap(buffer, 0, SIZE);
    }

    ByteBuffer buffer() {
        return buffer;
    }

    int length() {
        return writer.written();
    }

    AttributeList attributes(AttributeTable table) {
        return AttributeCodec.decode(table, new AttributeReader().wrap(buffer, 0, length()));
    }
}
