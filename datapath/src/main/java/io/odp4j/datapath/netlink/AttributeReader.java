package io.odp4j.datapath.netlink;

import static io.odp4j.datapath.netlink.AttributeHeader.LENGTH;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over a run of attributes in a buffer of native byte order; it copies and allocates
 * nothing.
 *
 * <pre>{@code
 * for (attributes.wrap(buffer, offset, length); attributes.next(); ) {
 *     switch (attributes.type()) { ... }
 * }
 * }</pre>
 *
 * Every length is checked against the enclosing run before it is used: {@link #next()} and the
 * typed getters throw {@link NetlinkFormatException} and never read outside the run.
 */
public final class AttributeReader {
    private static final boolean SWAP = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private ByteBuffer buffer;
    private int limit;
    private int next;
    private int offset;
    private int length;
    private int type;

    /** Starts at {@code offset}; the run ends after {@code length} bytes. */
    public AttributeReader wrap(ByteBuffer buffer, int offset, int length) {
        Bounds.requireNativeOrder(buffer);
        if (!Bounds.holds(buffer, offset, length)) {
            throw new NetlinkFormatException(
                    "a run of " + length + " bytes lies beyond the buffer", offset);
        }
        this.buffer = buffer;
        this.next = offset;
        this.offset = offset;
        this.length = 0;
        this.type = 0;
        this.limit = offset + length;
        return this;
    }

    /** Starts at the payload of the attribute that {@code outer} stands on. */
    public AttributeReader wrapNested(AttributeReader outer) {
        return wrap(outer.buffer, outer.offset(), outer.length());
    }

    /**
     * Steps over a structure that stands before the run's first attribute, rounded up to where an
     * attribute can start.
     *
     * @return where it starts in the buffer
     */
    public int skipHeader(int bytes) {
        int at = next;
        if (limit - at < bytes) {
            throw new NetlinkFormatException(
                    "a header of " + bytes + " bytes does not fit into " + (limit - at), at);
        }
        next = Math.min(at + MessageHeader.align(bytes), limit);
        return at;
    }

    /** Moves to the next attribute; false at the end of the run. */
    public boolean next() {
        int at = next;
        int left = limit - at;
        if (left < LENGTH) {
            if (left > 0) {
                throw new NetlinkFormatException(left + " bytes left, no attribute fits", at);
            }
            return false;
        }
        int total = buffer.getShort(at) & 0xffff;
        if (total < LENGTH || total > left) {
            throw new NetlinkFormatException(
                    "attribute length " + total + " is not within 4 to " + left, at);
        }
        type = buffer.getShort(at + AttributeHeader.TYPE_OFFSET) & 0xffff;
        offset = at + LENGTH;
        length = total - LENGTH;
        // The last attribute's padding may be left out (OVS_DP_F_UNALIGNED).
        next = Math.min(at + MessageHeader.align(total), limit);
        return true;
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    /** The attribute's number, without the flag bits. */
    public int type() {
        return type & AttributeHeader.TYPE_MASK;
    }

    /** The flag bits {@link AttributeHeader#NESTED} and {@link AttributeHeader#NET_BYTEORDER}. */
    public int flags() {
        return type & ~AttributeHeader.TYPE_MASK;
    }

    /** Where the payload starts in the buffer. */
    public int offset() {
        return offset;
    }

    /** Bytes of the payload, without padding. */
    public int length() {
        return length;
    }

    /** Throws unless the payload has exactly {@code expected} bytes. */
    public void requireLength(int expected) {
        if (length != expected) {
            throw badLength("" + expected);
        }
    }

    /** Throws if the payload has fewer than {@code least} bytes. */
    public void requireAtLeast(int least) {
        if (length < least) {
            throw badLength("at least " + least);
        }
    }

    private NetlinkFormatException badLength(String expected) {
        return new NetlinkFormatException(
                "attribute " + type() + " has " + length + " bytes, not " + expected, offset);
    }

    public int u8() {
        requireLength(1);
        return buffer.get(offset) & 0xff;
    }

    public int u16() {
        requireLength(2);
        return buffer.getShort(offset) & 0xffff;
    }

    public int u32() {
        requireLength(4);
        return buffer.getInt(offset);
    }

    public long u64() {
        requireLength(8);
        return buffer.getLong(offset);
    }

    public int be16() {
        requireLength(2);
        return be16(buffer, offset);
    }

    public int be32() {
        requireLength(4);
        return be32(buffer, offset);
    }

    public long be64() {
        requireLength(8);
        return be64(buffer, offset);
    }

    /** The payload as text, up to its first zero byte; UTF-8. */
    public String string() {
        return string(buffer, offset, length);
    }

    /** Text up to its first zero byte; UTF-8. */
    public static String string(ByteBuffer buffer, int offset, int length) {
        int end = 0;
        while (end < length && buffer.get(offset + end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end];
        buffer.get(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A copy of the payload. */
    public byte[] bytes() {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return bytes;
    }

    /** A big-endian 16-bit number anywhere in a buffer of native byte order. */
    public static int be16(ByteBuffer buffer, int offset) {
        short v = buffer.getShort(offset);
        return (SWAP ? Short.reverseBytes(v) : v) & 0xffff;
    }

    /** A big-endian 32-bit number anywhere in a buffer of native byte order. */
    public static int be32(ByteBuffer buffer, int offset) {
        int v = buffer.getInt(offset);
        return SWAP ? Integer.reverseBytes(v) : v;
    }

    /** A big-endian 64-bit number anywhere in a buffer of native byte order. */
    public static long be64(ByteBuffer buffer, int offset) {
        long v = buffer.getLong(offset);
        return SWAP ? Long.reverseBytes(v) : v;
    }
}
