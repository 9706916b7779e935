package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.netlink.AttributeHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;

/**
 * {@code set(…)} with one key attribute: SET if the text says every bit of it, SET_MASKED, whose
 * payload is the value followed by the mask, if it does not. A nest is always a SET.
 */
final class SetParser {
    private final TextScanner in;
    private final KeyParser keys;
    private final Scratch key = new Scratch();
    private final Scratch mask = new Scratch();

    SetParser(TextScanner in, KeyParser keys) {
        this.in = in;
        this.keys = keys;
    }

    /** Reads what stands behind {@code set(}. */
    boolean read(MessageWriter out, int depth) {
        if (in.take("nsh(")) {
            keys.nsh().set(out);
        } else {
            keys.attribute(key.clear(), mask.clear(), depth + 1);
            write(out);
        }
        in.expect(')');
        return true;
    }

    private void write(MessageWriter out) {
        ByteBuffer value = key.buffer();
        ByteBuffer bits = mask.buffer();
        int type = value.getShort(AttributeHeader.TYPE_OFFSET) & AttributeHeader.TYPE_MASK;
        int length = lengthOf(value);
        boolean exact =
                PayloadLengths.KEY.of(type) == PayloadLengths.NESTED
                        || length != lengthOf(bits)
                        || ones(bits, length);
        int action = exact ? ActionAttributes.SET.number() : ActionAttributes.SET_MASKED.number();
        int nest = out.beginPlainNest(action);
        int at = out.header(type, exact ? length : 2 * length);
        out.buffer().put(at, value, AttributeHeader.LENGTH, length);
        if (!exact) {
            out.buffer().put(at + length, bits, AttributeHeader.LENGTH, length);
        }
        out.endNest(nest);
    }

    private static int lengthOf(ByteBuffer attribute) {
        return (attribute.getShort(0) & 0xffff) - AttributeHeader.LENGTH;
    }

    private static boolean ones(ByteBuffer attribute, int length) {
        for (int i = 0; i < length; i++) {
            if (attribute.get(AttributeHeader.LENGTH + i) != -1) {
                return false;
            }
        }
        return length > 0;
    }
}
