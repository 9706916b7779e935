package io.odp4j.datapath.netlink;

import java.nio.ByteBuffer;

/**
 * The layout of a netlink socket address ({@code struct sockaddr_nl}); host byte order.
 *
 * <pre>
 * +-------------------------------+-------------------------------+
 * |       family AF_NETLINK       |            padding            |
 * +-------------------------------+-------------------------------+
 * |              port id; 0 is the kernel, or autobind            |
 * +---------------------------------------------------------------+
 * |       multicast groups 1 to 32 as bits, or the sender's group |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class SocketAddress {
    static final int LENGTH = 12;
    static final int AF_NETLINK = 16;

    private SocketAddress() {}

    static void put(ByteBuffer buffer, int offset, int portId, int groups) {
        buffer.putShort(offset, (short) AF_NETLINK);
        buffer.putShort(offset + 2, (short) 0);
        buffer.putInt(offset + 4, portId);
        buffer.putInt(offset + 8, groups);
    }

    static int portId(ByteBuffer buffer, int offset) {
        return buffer.getInt(offset + 4);
    }
}
