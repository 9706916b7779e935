package io.odp4j.datapath.netlink;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Netlink put together from byte arrays in the plainest way, without the code under test: an oracle
 * for what is written, and a means to say what no writer would.
 */
public final class Wire {
    private Wire() {}

    public static byte[] message(int type, int flags, int sequence, int portId, byte[]... parts) {
        byte[] payload = join(parts);
        return join(
                u32(16 + payload.length),
                u16(type),
                u16(flags),
                u32(sequence),
                u32(portId),
                payload);
    }

    /** As {@link #message}, with a length field that may be a lie. */
    public static byte[] liar(int length, int type, int flags, int sequence, byte[]... parts) {
        byte[] message = message(type, flags, sequence, 0, parts);
        System.arraycopy(u32(length), 0, message, 0, 4);
        return message;
    }

    public static byte[] generic(int command, int version) {
        return new byte[] {(byte) command, (byte) version, 0, 0};
    }

    /** An attribute with its padding. */
    public static byte[] attr(int type, byte[]... parts) {
        return padded(unpadded(type, parts));
    }

    public static byte[] unpadded(int type, byte[]... parts) {
        byte[] payload = join(parts);
        return join(u16(4 + payload.length), u16(type), payload);
    }

    public static byte[] padded(byte[] bytes) {
        return java.util.Arrays.copyOf(bytes, bytes.length + 3 & ~3);
    }

    public static byte[] zeroEnded(String text) {
        return join(text.getBytes(StandardCharsets.UTF_8), new byte[1]);
    }

    public static byte[] u16(int value) {
        return buffer(2).putShort((short) value).array();
    }

    public static byte[] u32(int value) {
        return buffer(4).putInt(value).array();
    }

    public static byte[] u64(long value) {
        return buffer(8).putLong(value).array();
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    /** Direct, in native order, and not a byte longer than the content. */
    public static ByteBuffer direct(byte[] bytes) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.nativeOrder()).put(bytes);
        return buffer.clear();
    }

    /** A reader that stands on the only message of these bytes. */
    public static MessageReader read(byte[] message) {
        MessageReader reader = new MessageReader().wrap(direct(message), 0, message.length);
        if (!reader.next()) {
            throw new IllegalArgumentException("no message");
        }
        return reader;
    }

    /** A reader before the attributes of these bytes. */
    public static AttributeReader attributes(byte[] run) {
        return new AttributeReader().wrap(direct(run), 0, run.length);
    }
}
