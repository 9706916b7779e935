package io.odp4j.datapath.embedded.message;

import io.odp4j.datapath.netlink.AttributeHeader;
import io.odp4j.datapath.netlink.MessageHeader;
import java.nio.ByteBuffer;

/**
 * A walk over the attributes of a request, as the kernel's {@code nla_for_each_nested}: it stops at
 * what is no attribute, and {@link #requireEnd} refuses bytes that were left over.
 */
public final class AttributeRun {
    private final ByteBuffer buffer;
    private int next;
    private int left;
    private int type;
    private int offset;
    private int length;
    private boolean last;

    /** Stands before the first attribute. */
    public AttributeRun(ByteBuffer buffer, int from, int bytes) {
        this.buffer = buffer;
        next = from;
        left = bytes;
    }

    /** Moves on; false where no whole attribute follows. */
    public boolean next() {
        if (left < AttributeHeader.LENGTH) {
            return false;
        }
        int total = buffer.getShort(next) & 0xffff;
        if (total < AttributeHeader.LENGTH || total > left) {
            return false;
        }
        type = buffer.getShort(next + AttributeHeader.TYPE_OFFSET) & AttributeHeader.TYPE_MASK;
        offset = next + AttributeHeader.LENGTH;
        length = total - AttributeHeader.LENGTH;
        last = total == left;
        next += MessageHeader.align(total);
        left -= MessageHeader.align(total);
        return true;
    }

    /** The attribute's number, without the flags beside it. */
    public int type() {
        return type;
    }

    /** Where its payload begins. */
    public int offset() {
        return offset;
    }

    /** Bytes of its payload. */
    public int length() {
        return length;
    }

    /** Whether nothing follows, not even padding of its own. */
    public boolean isLast() {
        return last;
    }

    /** Refuses bytes behind the last attribute. */
    public void requireEnd() throws Refusal {
        Refusal.require(left <= 0);
    }

    /** Refuses bytes behind the last attribute, and a last one without its padding. */
    public void requirePaddedEnd() throws Refusal {
        Refusal.require(left == 0);
    }
}
