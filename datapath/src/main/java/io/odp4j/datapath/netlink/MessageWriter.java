package io.odp4j.datapath.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes netlink messages one after the other into a buffer of native byte order; it allocates
 * nothing.
 *
 * <pre>{@code
 * writer.wrap(buffer, 0, buffer.capacity());
 * writer.beginGeneric(family, flags, sequence, command, version);
 * writer.putRawU32(dpIfindex);                      // the family's fixed header
 * int nest = writer.beginNest(KEY);
 * writer.putU32(IN_PORT, 1);
 * writer.endNest(nest);
 * writer.end();
 * }</pre>
 *
 * What does not fit throws {@link MessageOverflowException}; {@link #rollback()} then takes the
 * unfinished message away and leaves those before it whole.
 */
public final class MessageWriter {
    private static final boolean SWAP = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private ByteBuffer buffer;
    private int start;
    private int limit;
    private int message;
    private int position;

    /** Writes from {@code offset}, at most {@code length} bytes. */
    public MessageWriter wrap(ByteBuffer buffer, int offset, int length) {
        Bounds.requireNativeOrder(buffer);
        if (!Bounds.holds(buffer, offset, length)) {
            throw new IllegalArgumentException(
                    offset + " + " + length + " lies beyond " + buffer.limit());
        }
        this.buffer = buffer;
        this.start = offset;
        this.message = offset;
        this.position = offset;
        this.limit = offset + length;
        return this;
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    /** Where the next byte goes. */
    public int position() {
        return position;
    }

    /** Bytes written since {@link #wrap}. */
    public int written() {
        return position - start;
    }

    /** Bytes still free. */
    public int remaining() {
        return limit - position;
    }

    /** Where the message being written, or the last one, starts. */
    public int messageOffset() {
        return message;
    }

    /** Starts a message; the port id is left 0, for the kernel to fill in. */
    public MessageWriter begin(int type, int flags, int sequence) {
        // First, so that a rollback after an overflow leaves the message before this one alone.
        message = position;
        int at = reserve(MessageHeader.LENGTH);
        buffer.putShort(at + MessageHeader.TYPE_OFFSET, (short) type);
        buffer.putShort(at + MessageHeader.FLAGS_OFFSET, (short) flags);
        buffer.putInt(at + MessageHeader.SEQUENCE_OFFSET, sequence);
        buffer.putInt(at + MessageHeader.PORT_ID_OFFSET, 0);
        return this;
    }

    /** Writes the requester's port id into the message begun, as a kernel does. */
    public MessageWriter setPortId(int portId) {
        buffer.putInt(message + MessageHeader.PORT_ID_OFFSET, portId);
        return this;
    }

    /** Starts a generic-netlink message. */
    public MessageWriter beginGeneric(
            int family, int flags, int sequence, int command, int version) {
        begin(family, flags, sequence);
        int at = reserve(GenericHeader.LENGTH);
        buffer.put(at, (byte) command);
        buffer.put(at + 1, (byte) version);
        buffer.putShort(at + 2, (short) 0);
        return this;
    }

    /** Ends the message: writes its length and pads to where the next one starts. */
    public int end() {
        int length = position - message;
        buffer.putInt(message + MessageHeader.LENGTH_OFFSET, length);
        pad(length);
        return length;
    }

    /** Takes away what was written since the last {@link #begin}. */
    public void rollback() {
        position = message;
    }

    // --- the family's fixed header: plain numbers without attribute headers ---

    public MessageWriter putRawU8(int value) {
        int at = reserve(1);
        buffer.put(at, (byte) value);
        return this;
    }

    public MessageWriter putRawU16(int value) {
        int at = reserve(2);
        buffer.putShort(at, (short) value);
        return this;
    }

    public MessageWriter putRawU32(int value) {
        int at = reserve(4);
        buffer.putInt(at, value);
        return this;
    }

    /** Copies bytes as they are, without header and padding. */
    public MessageWriter putRaw(byte[] bytes) {
        int at = reserve(bytes.length);
        buffer.put(at, bytes);
        return this;
    }

    // --- attributes ---

    public MessageWriter putFlag(int type) {
        header(type, 0);
        return this;
    }

    public MessageWriter putU8(int type, int value) {
        int at = header(type, 1);
        buffer.put(at, (byte) value);
        return this;
    }

    public MessageWriter putU16(int type, int value) {
        int at = header(type, 2);
        buffer.putShort(at, (short) value);
        return this;
    }

    public MessageWriter putU32(int type, int value) {
        int at = header(type, 4);
        buffer.putInt(at, value);
        return this;
    }

    public MessageWriter putU64(int type, long value) {
        int at = header(type, 8);
        buffer.putLong(at, value);
        return this;
    }

    public MessageWriter putBe16(int type, int value) {
        return putU16(type, SWAP ? Short.reverseBytes((short) value) : value);
    }

    public MessageWriter putBe32(int type, int value) {
        return putU32(type, SWAP ? Integer.reverseBytes(value) : value);
    }

    public MessageWriter putBe64(int type, long value) {
        return putU64(type, SWAP ? Long.reverseBytes(value) : value);
    }

    /** Text with a terminating zero byte. */
    public MessageWriter putString(int type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = header(type, bytes.length + 1);
        buffer.put(at, bytes);
        buffer.put(at + bytes.length, (byte) 0);
        return this;
    }

    public MessageWriter putBytes(int type, byte[] bytes) {
        int at = header(type, bytes.length);
        buffer.put(at, bytes);
        return this;
    }

    /** Copies a payload out of another buffer. */
    public MessageWriter putBytes(int type, ByteBuffer from, int offset, int length) {
        int at = header(type, length);
        buffer.put(at, from, offset, length);
        return this;
    }

    /** Starts a nest; the returned mark goes to {@link #endNest}. */
    public int beginNest(int type) {
        return header(type | AttributeHeader.NESTED, 0) - AttributeHeader.LENGTH;
    }

    /** Starts a nest without the NESTED flag, as the Open vSwitch families write theirs. */
    public int beginPlainNest(int type) {
        return header(type, 0) - AttributeHeader.LENGTH;
    }

    public void endNest(int mark) {
        int length = position - mark;
        if (length > 0xffff) {
            throw new MessageOverflowException("a nest of " + length + " bytes is over 65535");
        }
        buffer.putShort(mark, (short) length);
    }

    /**
     * Writes an attribute's header and zeroed padding for a payload of {@code length} bytes, and
     * returns where the payload goes; the caller fills all of it.
     */
    public int header(int type, int length) {
        if (length < 0 || length > AttributeHeader.MAX_PAYLOAD) {
            throw new MessageOverflowException(
                    "an attribute of " + length + " bytes is not within 0 to 65531");
        }
        int at = reserve(AttributeHeader.LENGTH + length);
        buffer.putShort(at, (short) (AttributeHeader.LENGTH + length));
        buffer.putShort(at + AttributeHeader.TYPE_OFFSET, (short) type);
        pad(length);
        return at + AttributeHeader.LENGTH;
    }

    private void pad(int length) {
        int padding = -length & 3;
        if (padding > 0) {
            int at = reserve(padding);
            for (int i = 0; i < padding; i++) {
                buffer.put(at + i, (byte) 0);
            }
        }
    }

    /**
     * Takes the next {@code bytes} bytes as they are, and returns where they start: for a codec
     * that fills them itself, before or after. Attributes are to be padded by the caller.
     */
    public int reserve(int bytes) {
        int at = position;
        if (bytes < 0 || bytes > limit - at) {
            throw new MessageOverflowException(
                    bytes + " bytes do not fit into the " + (limit - at) + " left");
        }
        position = at + bytes;
        return at;
    }
}
