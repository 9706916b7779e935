package io.odp4j.datapath.netlink;

import java.nio.ByteBuffer;

/**
 * The layout of a netlink message header ({@code struct nlmsghdr}); host byte order throughout.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                 length, header included, unpadded             |
 * +-------------------------------+-------------------------------+
 * |             type              |             flags             |
 * +-------------------------------+-------------------------------+
 * |                        sequence number                        |
 * +---------------------------------------------------------------+
 * |                            port id                            |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * Messages in one datagram start at multiples of four bytes. Defined in {@code linux/netlink.h},
 * netlink(7).
 */
public final class MessageHeader {
    /** Bytes of the header. */
    public static final int LENGTH = 16;

    public static final int LENGTH_OFFSET = 0;
    public static final int TYPE_OFFSET = 4;
    public static final int FLAGS_OFFSET = 6;
    public static final int SEQUENCE_OFFSET = 8;
    public static final int PORT_ID_OFFSET = 12;

    // Control message types; a family's own types start at MIN_TYPE.
    public static final int NOOP = 1;
    public static final int ERROR = 2;
    public static final int DONE = 3;
    public static final int OVERRUN = 4;
    public static final int MIN_TYPE = 0x10;

    // Flags of every message.
    public static final int REQUEST = 0x1;
    public static final int MULTI = 0x2;
    public static final int ACK = 0x4;
    public static final int ECHO = 0x8;
    public static final int DUMP_INTR = 0x10;
    public static final int DUMP_FILTERED = 0x20;

    // Flags of a GET.
    public static final int ROOT = 0x100;
    public static final int MATCH = 0x200;
    public static final int ATOMIC = 0x400;
    public static final int DUMP = ROOT | MATCH;

    // Flags of a NEW.
    public static final int REPLACE = 0x100;
    public static final int EXCL = 0x200;
    public static final int CREATE = 0x400;
    public static final int APPEND = 0x800;

    // Flags of a DEL.
    public static final int NONREC = 0x100;
    public static final int BULK = 0x200;

    // Flags of an acknowledgement.
    public static final int CAPPED = 0x100;
    public static final int ACK_TLVS = 0x200;

    private MessageHeader() {}

    /** Rounds a length up to the four bytes that messages and attributes are aligned to. */
    public static int align(int length) {
        return (length + 3) & ~3;
    }

    public static int length(ByteBuffer buffer, int offset) {
        return buffer.getInt(offset + LENGTH_OFFSET);
    }

    public static int type(ByteBuffer buffer, int offset) {
        return buffer.getShort(offset + TYPE_OFFSET) & 0xffff;
    }

    public static int flags(ByteBuffer buffer, int offset) {
        return buffer.getShort(offset + FLAGS_OFFSET) & 0xffff;
    }

    public static int sequence(ByteBuffer buffer, int offset) {
        return buffer.getInt(offset + SEQUENCE_OFFSET);
    }

    public static int portId(ByteBuffer buffer, int offset) {
        return buffer.getInt(offset + PORT_ID_OFFSET);
    }
}
