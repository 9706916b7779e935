package io.odp4j.datapath.embedded.message;

import io.odp4j.datapath.netlink.AttributeHeader;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.GenericHeader;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A view of the request being answered: its headers, and where its attributes lie. Used over and
 * over; valid until the next datagram is read.
 *
 * <p>Attributes are read as the kernel reads those of a lenient family: unknown numbers are passed
 * over, of two alike the later counts, a run that breaks off just ends, and one that is shorter
 * than its type is refused with ERANGE.
 */
public final class Request {
    private static final int MOST = 16;

    private final int[] offsets = new int[MOST];
    private final int[] lengths = new int[MOST];
    private ByteBuffer buffer;
    private int message;
    private int messageLength;
    private int sender;
    private Family family;

    public void wrap(MessageReader reader, int sender, Family family) {
        this.buffer = reader.buffer();
        this.message = reader.offset();
        this.messageLength = reader.length();
        this.sender = sender;
        this.family = family;
    }

    /**
     * Finds the attributes of which a policy says something.
     *
     * @throws Refusal if one is not as the policy says
     */
    public void parse(Policy policy) throws Refusal {
        Arrays.fill(offsets, -1);
        int at = message + GenericHeader.PAYLOAD_OFFSET + family.headerLength;
        int limit = message + messageLength;
        while (limit - at >= AttributeHeader.LENGTH) {
            int total = buffer.getShort(at) & 0xffff;
            if (total < AttributeHeader.LENGTH || total > limit - at) {
                return;
            }
            int type =
                    buffer.getShort(at + AttributeHeader.TYPE_OFFSET) & AttributeHeader.TYPE_MASK;
            if (policy.knows(type)) {
                int length = total - AttributeHeader.LENGTH;
                policy.check(type, buffer, at + AttributeHeader.LENGTH, length);
                offsets[type] = at + AttributeHeader.LENGTH;
                lengths[type] = length;
            }
            at += MessageHeader.align(total);
        }
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    public int offset() {
        return message;
    }

    public int length() {
        return messageLength;
    }

    /** The requester's port id. */
    public int sender() {
        return sender;
    }

    public Family family() {
        return family;
    }

    public int flags() {
        return MessageHeader.flags(buffer, message);
    }

    public boolean hasFlag(int flag) {
        return (flags() & flag) != 0;
    }

    public boolean isDump() {
        return (flags() & MessageHeader.DUMP) == MessageHeader.DUMP;
    }

    public int sequence() {
        return MessageHeader.sequence(buffer, message);
    }

    public int command() {
        return buffer.get(message + GenericHeader.COMMAND_OFFSET) & 0xff;
    }

    public int version() {
        return buffer.get(message + GenericHeader.VERSION_OFFSET) & 0xff;
    }

    /** What names the datapath: the Open vSwitch families' fixed header. */
    public int dpIfindex() {
        return buffer.getInt(message + GenericHeader.PAYLOAD_OFFSET);
    }

    /** Where the payload of an attribute is, by number; -1 if it is not there. */
    public int rawOffset(int number) {
        return offsets[number];
    }

    /** The text of an attribute, by number. */
    public String rawString(int number) {
        return AttributeReader.string(buffer, offsets[number], lengths[number]);
    }

    public boolean has(AttributeSpec attribute) {
        return offsets[attribute.number()] >= 0;
    }

    public int offset(AttributeSpec attribute) {
        return offsets[attribute.number()];
    }

    public int length(AttributeSpec attribute) {
        return has(attribute) ? lengths[attribute.number()] : 0;
    }

    public int u32(AttributeSpec attribute) {
        return buffer.getInt(offset(attribute));
    }

    public int u32(AttributeSpec attribute, int absent) {
        return has(attribute) ? u32(attribute) : absent;
    }

    /** The device that an attribute names. */
    public String name(AttributeSpec attribute) {
        return DeviceName.read(buffer, offset(attribute), length(attribute));
    }

    public byte[] bytes(AttributeSpec attribute) {
        byte[] bytes = new byte[length(attribute)];
        buffer.get(offset(attribute), bytes);
        return bytes;
    }

    /** The numbers of an attribute of 32-bit words; EINVAL if it is none. */
    public int[] words(AttributeSpec attribute) throws Refusal {
        int length = length(attribute);
        Refusal.require(length > 0 && length % 4 == 0);
        int[] words = new int[length / 4];
        for (int i = 0; i < words.length; i++) {
            words[i] = buffer.getInt(offset(attribute) + 4 * i);
        }
        return words;
    }
}
