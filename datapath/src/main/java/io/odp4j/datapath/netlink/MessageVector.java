package io.odp4j.datapath.netlink;

import java.nio.ByteBuffer;

/**
 * The layout of an array of {@code struct mmsghdr} on a 64-bit Linux, with one address each, room
 * for control messages if wanted, and a shared array of {@code struct iovec}; host byte order.
 *
 * <pre>
 *   mmsghdr  0 name*   8 namelen  16 iov*  24 iovlen  32 control*  40 controllen  48 flags  56 len
 *   iovec    0 base*   8 length
 *   cmsghdr  0 length   8 level   12 type   16 data, padded to 8
 * </pre>
 *
 * Filled once; afterwards only lengths and bases change.
 */
public final class MessageVector {
    static final int HEADER = 64;
    static final int IOVEC = 16;
    private static final int NAME_LENGTH = 8;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int CONTROL_HEADER = 16;
    private static final int FLAGS = 48;
    private static final int LENGTH = 56;
    private static final int NAME = 16;

    private final DirectBuffer memory;
    private final ByteBuffer buffer;
    private final int count;
    private final int vectorsPerMessage;
    private final int names;
    private final int vectors;
    private final int controls;
    private final int controlBytes;

    /**
     * @param controlBytes room for control messages, a multiple of 8; 0 for none
     */
    public MessageVector(int count, int vectorsPerMessage, int controlBytes) {
        this.count = count;
        this.vectorsPerMessage = vectorsPerMessage;
        this.names = count * HEADER;
        this.vectors = names + count * NAME;
        this.controls = vectors + count * vectorsPerMessage * IOVEC;
        this.controlBytes = controlBytes;
        this.memory = new DirectBuffer(controls + count * controlBytes);
        this.buffer = memory.buffer();
        for (int i = 0; i < count; i++) {
            int at = i * HEADER;
            buffer.putLong(at, memory.address() + names + (long) i * NAME);
            buffer.putInt(at + NAME_LENGTH, SocketAddress.LENGTH);
            buffer.putLong(at + 16, memory.address() + vectors + vectorOffset(i, 0));
            buffer.putLong(at + 24, vectorsPerMessage);
            if (controlBytes > 0) {
                buffer.putLong(at + CONTROL, memory.address() + control(i));
            }
        }
    }

    private long vectorOffset(int message, int vector) {
        return ((long) message * vectorsPerMessage + vector) * IOVEC;
    }

    /** How many messages there are. */
    public int count() {
        return count;
    }

    /** The address of the array from message {@code first} on. */
    public long address(int first) {
        return memory.address() + (long) first * HEADER;
    }

    /** Says which memory piece {@code vector} of a message is. */
    public void setVector(int message, int vector, long base, long length) {
        int at = vectors + (int) vectorOffset(message, vector);
        buffer.putLong(at, base);
        buffer.putLong(at + 8, length);
    }

    /** How many vectors of the message count. */
    public void setVectorCount(int message, int used) {
        buffer.putLong(message * HEADER + 24, used);
    }

    /** Makes the message ready to receive again: the kernel wrote over the lengths. */
    public void reset(int message) {
        buffer.putInt(message * HEADER + NAME_LENGTH, SocketAddress.LENGTH);
        buffer.putLong(message * HEADER + CONTROL_LENGTH, controlBytes);
    }

    private int control(int message) {
        return controls + message * controlBytes;
    }

    /**
     * A 32-bit word of a control message.
     *
     * @param word which one, from 0
     * @return {@code absent} if the message did not come, or has no such word
     */
    public int controlWord(int message, int level, int type, int word, int absent) {
        int at = control(message);
        int end = at + (int) buffer.getLong(message * HEADER + CONTROL_LENGTH);
        while (end - at >= CONTROL_HEADER) {
            int length = (int) buffer.getLong(at);
            if (length < CONTROL_HEADER || length > end - at) {
                break;
            }
            if (buffer.getInt(at + 8) == level
                    && buffer.getInt(at + 12) == type
                    && length >= CONTROL_HEADER + 4 * word + 4) {
                return buffer.getInt(at + CONTROL_HEADER + 4 * word);
            }
            at += length + 7 & ~7;
        }
        return absent;
    }

    /** Sends without an address: the socket is connected. */
    public void noName(int message) {
        buffer.putLong(message * HEADER, 0);
        buffer.putInt(message * HEADER + NAME_LENGTH, 0);
    }

    void setDestination(int message, int portId, int groups) {
        buffer.putLong(message * HEADER, memory.address() + names + (long) message * NAME);
        buffer.putInt(message * HEADER + NAME_LENGTH, SocketAddress.LENGTH);
        SocketAddress.put(buffer, names + message * NAME, portId, groups);
    }

    /** Bytes that a call received into the message, or sent of it. */
    public int length(int message) {
        return buffer.getInt(message * HEADER + LENGTH);
    }

    /** What recvmsg(2) says of it, MSG_*. */
    public int flags(int message) {
        return buffer.getInt(message * HEADER + FLAGS);
    }

    int senderPortId(int message) {
        return SocketAddress.portId(buffer, names + message * NAME);
    }
}
