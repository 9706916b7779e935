package io.odp4j.datapath.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What every reader and writer asks of the buffer that it is given. */
final class Bounds {
    private Bounds() {}

    /** Whether absolute gets reach all of a run: they are bounded by the limit. */
    static boolean holds(ByteBuffer buffer, int offset, int length) {
        return offset >= 0 && length >= 0 && length <= buffer.limit() - offset;
    }

    static void requireNativeOrder(ByteBuffer buffer) {
        if (buffer.order() != ByteOrder.nativeOrder()) {
            throw new IllegalArgumentException("the buffer is not in native byte order");
        }
    }
}
