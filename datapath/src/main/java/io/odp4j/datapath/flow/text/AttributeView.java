package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.netlink.AttributeHeader;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One attribute of a run that is being printed; unlike {@link AttributeReader} it stops at what is
 * no attribute instead of throwing, because a person who looks at a broken dump wants to see it.
 *
 * <p>A view can also stand on all ones or all zeros in place of an attribute that is not there:
 * what an absent mask means.
 */
final class AttributeView {
    private static final ByteBuffer ZEROS = filled(0);
    private static final ByteBuffer ONES = filled(-1);

    private ByteBuffer run;
    private int start;
    private int limit;
    private int next;

    private ByteBuffer buffer;
    private int type;
    private int offset;
    private int length;

    private static ByteBuffer filled(int value) {
        ByteBuffer b = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());
        for (int i = 0; value != 0 && i < b.capacity(); i++) {
            b.put(i, (byte) value);
        }
        return b;
    }

    /** Stands before the first attribute of a run. */
    AttributeView wrap(ByteBuffer attributes, int from, int bytes) {
        run = attributes;
        buffer = attributes;
        start = from;
        limit = from + bytes;
        next = from;
        return this;
    }

    /** Stands before the first attribute that nests in another. */
    AttributeView wrap(AttributeView outer) {
        return wrap(outer.buffer, outer.offset, outer.length);
    }

    boolean next() {
        int at = next;
        int left = limit - at;
        if (left < AttributeHeader.LENGTH) {
            return false;
        }
        int total = run.getShort(at) & 0xffff;
        if (total < AttributeHeader.LENGTH || total > left) {
            return false;
        }
        buffer = run;
        type = run.getShort(at + AttributeHeader.TYPE_OFFSET) & AttributeHeader.TYPE_MASK;
        offset = at + AttributeHeader.LENGTH;
        length = total - AttributeHeader.LENGTH;
        next = Math.min(at + MessageHeader.align(total), limit);
        return true;
    }

    /** Moves to the first attribute of that type; false if the run has none. */
    boolean find(int wanted) {
        next = start;
        while (next()) {
            if (type == wanted) {
                return true;
            }
        }
        return false;
    }

    /** Moves to the last attribute of that type, the one that counts where only one may be. */
    boolean last(int wanted) {
        int found = -1;
        next = start;
        for (int at = next; next(); at = next) {
            found = type == wanted ? at : found;
        }
        next = found < 0 ? limit : found;
        return found >= 0 && next();
    }

    /** Whether the whole run can be read as attributes. */
    boolean readable() {
        next = start;
        while (next()) {
            // on to where it ends
        }
        return left() == 0;
    }

    /** Stands before the first attribute of the run of another view. */
    AttributeView again(AttributeView other) {
        return wrap(other.run, other.start, other.limit - other.start);
    }

    /** Stands on ones: what is not masked is exact. */
    void exact() {
        buffer = ONES;
        offset = 0;
        length = 0;
    }

    /** Stands on zeros of that length: what a mask does not mention is wildcarded. */
    void wildcard(int attribute, int bytes) {
        buffer = ZEROS;
        type = attribute;
        offset = 0;
        length = bytes;
    }

    /** Stands on a part of another attribute's payload. */
    void part(AttributeView whole, int from, int bytes) {
        buffer = whole.buffer;
        type = whole.type;
        offset = whole.offset + from;
        length = bytes;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    int type() {
        return type;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** The run that the attribute stands in. */
    ByteBuffer run() {
        return run;
    }

    /** Bytes after the last attribute that could be read. */
    int left() {
        return limit - next;
    }

    /** Where those bytes start. */
    int leftOffset() {
        return next;
    }

    int u8(int at) {
        return buffer.get(offset + at) & 0xff;
    }

    int u16(int at) {
        return buffer.getShort(offset + at) & 0xffff;
    }

    int u32(int at) {
        return buffer.getInt(offset + at);
    }

    int be16(int at) {
        return AttributeReader.be16(buffer, offset + at);
    }

    int be32(int at) {
        return AttributeReader.be32(buffer, offset + at);
    }

    long be64(int at) {
        return AttributeReader.be64(buffer, offset + at);
    }

    /** Whether there is a payload and every byte of it is {@code value}. */
    boolean all(int value) {
        return length > 0 && all(value, 0, length);
    }

    boolean all(int value, int from, int bytes) {
        for (int i = offset + from; i < offset + from + bytes; i++) {
            if (buffer.get(i) != (byte) value) {
                return false;
            }
        }
        return true;
    }
}
