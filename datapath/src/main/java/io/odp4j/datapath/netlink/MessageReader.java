package io.odp4j.datapath.netlink;

import static io.odp4j.datapath.netlink.MessageHeader.LENGTH;

import java.nio.ByteBuffer;

/**
 * A cursor over the messages of one received datagram; it copies and allocates nothing.
 *
 * <p>Every length is checked before it is used; a message that does not fit throws {@link
 * NetlinkFormatException}.
 */
public final class MessageReader {
    private ByteBuffer buffer;
    private int limit;
    private int next;
    private int offset;
    private int length;

    /** Starts at {@code offset} of a buffer in native byte order, for {@code length} bytes. */
    public MessageReader wrap(ByteBuffer buffer, int offset, int length) {
        Bounds.requireNativeOrder(buffer);
        if (!Bounds.holds(buffer, offset, length)) {
            throw new NetlinkFormatException(
                    "a datagram of " + length + " bytes lies beyond the buffer", offset);
        }
        this.buffer = buffer;
        this.next = offset;
        this.limit = offset + length;
        return this;
    }

    /** Moves to the next message; false at the end of the datagram. */
    public boolean next() {
        int at = next;
        int left = limit - at;
        if (left < LENGTH) {
            if (left > 0) {
                throw new NetlinkFormatException(left + " bytes left, no message fits", at);
            }
            return false;
        }
        int total = MessageHeader.length(buffer, at);
        if (total < LENGTH || total > left) {
            throw new NetlinkFormatException(
                    "message length "
                            + Integer.toUnsignedString(total)
                            + " is not within 16 to "
                            + left,
                    at);
        }
        offset = at;
        length = total;
        // total <= left, so rounding up cannot overflow; the last padding may be missing.
        next = Math.min(at + MessageHeader.align(total), limit);
        return true;
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    /** Where the message's header starts in the buffer. */
    public int offset() {
        return offset;
    }

    /** Bytes of the message, header included. */
    public int length() {
        return length;
    }

    public int type() {
        return MessageHeader.type(buffer, offset);
    }

    public int flags() {
        return MessageHeader.flags(buffer, offset);
    }

    public boolean hasFlag(int flag) {
        return (flags() & flag) != 0;
    }

    public int sequence() {
        return MessageHeader.sequence(buffer, offset);
    }

    public int portId() {
        return MessageHeader.portId(buffer, offset);
    }

    /** The generic-netlink command; throws if the message is too short to have one. */
    public int command() {
        requireLength(GenericHeader.PAYLOAD_OFFSET);
        return buffer.get(offset + GenericHeader.COMMAND_OFFSET) & 0xff;
    }

    /** A 32-bit number at {@code at} bytes from the start of the message, bounds checked. */
    public int intAt(int at) {
        requireLength(at + 4);
        return buffer.getInt(offset + at);
    }

    /** Throws if the message, header included, has fewer than {@code least} bytes. */
    public void requireLength(int least) {
        if (length < least) {
            throw new NetlinkFormatException(
                    "message of " + length + " bytes, at least " + least + " needed", offset);
        }
    }

    /** Sets {@code attributes} to what follows the first {@code headers} bytes of the message. */
    public AttributeReader attributes(AttributeReader attributes, int headers) {
        requireLength(headers);
        return attributes.wrap(buffer, offset + headers, length - headers);
    }
}
