package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.NshAttributes;
import io.odp4j.datapath.netlink.AttributeReader;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A network service header as text: the key, what a masked set changes, and what push_nsh adds.
 *
 * <pre>
 *  base:   flags | ttl | mdtype | np | path header (24 bits spi, 8 bits si)
 *  md1:    four 32-bit contexts
 * </pre>
 */
final class NshFormatter {
    private static final int BASE = 1;
    private static final int MD1 = 2;
    private static final int MD2 = 3;
    private static final int BASE_LENGTH = 8;
    private static final int MD1_LENGTH = 16;

    /** What a header without a base header has: the default of push_nsh. */
    private static final int DEFAULT_TTL = 63;

    private final AttributeView attribute = new AttributeView();
    private final AttributeView maskAttribute = new AttributeView();
    private final AttributeView nsh = new AttributeView();

    private final Header value = new Header();
    private final Header mask = new Header();

    /** The fields of a header, or the bits of them that a mask has. */
    private static final class Header {
        private int flags;
        private int ttl;
        private int mdtype;
        private int np;
        private int path;
        private final int[] contexts = new int[4];

        void fill(int bits) {
            flags = bits & 0xff;
            ttl = bits & 0xff;
            mdtype = bits & 0xff;
            np = bits & 0xff;
            path = bits;
            Arrays.fill(contexts, bits);
        }

        void base(ByteBuffer b, int at) {
            flags = b.get(at) & 0xff;
            ttl = b.get(at + 1) & 0xff;
            mdtype = b.get(at + 2) & 0xff;
            np = b.get(at + 3) & 0xff;
            path = AttributeReader.be32(b, at + 4);
        }

        /** Of a header that has none: what the mask has all the same. */
        void contexts(AttributeView md1) {
            Arrays.fill(contexts, 0);
            if (md1 != null) {
                md1(md1.buffer(), md1.offset());
            }
        }

        void md1(ByteBuffer b, int at) {
            for (int i = 0; i < 4; i++) {
                contexts[i] = AttributeReader.be32(b, at + 4 * i);
            }
        }
    }

    private void clear() {
        value.fill(0);
        mask.fill(-1);
    }

    /** What stands within {@code nsh(…)} of a key. */
    void key(
            StringBuilder out,
            AttributeView key,
            AttributeView keyMask,
            boolean masked,
            boolean complete) {
        clear();
        boolean contexts = false;
        for (attribute.wrap(key); attribute.next(); ) {
            boolean here = masked && maskAttribute.wrap(keyMask).find(attribute.type());
            if (!PayloadLengths.NSH.check(out, attribute, maskAttribute, here, true)) {
                continue;
            }
            if (attribute.type() == BASE) {
                value.base(attribute.buffer(), attribute.offset());
                if (here) {
                    mask.base(maskAttribute.buffer(), maskAttribute.offset());
                }
            } else if (attribute.type() == MD1) {
                contexts = true;
                value.md1(attribute.buffer(), attribute.offset());
                if (here) {
                    mask.md1(maskAttribute.buffer(), maskAttribute.offset());
                }
            }
        }
        if (complete && masked && !contexts) {
            // Open vSwitch shows contexts that are not there as exact zeros.
            boolean here = maskAttribute.wrap(keyMask).find(MD1);
            here &= maskAttribute.length() == MD1_LENGTH;
            mask.contexts(here ? maskAttribute : null);
        }
        if (masked) {
            maskedFields(out, complete, value.mdtype == 1);
        } else {
            fields(out);
        }
        unknown(out, key, masked ? keyMask : null);
    }

    /** Attributes newer than the tables, each with a comma in front. */
    private void unknown(StringBuilder out, AttributeView key, AttributeView keyMask) {
        for (attribute.wrap(key); attribute.next(); ) {
            if (NshAttributes.TABLE.spec(attribute.type()) != null) {
                continue;
            }
            boolean exact = keyMask == null;
            if (exact) {
                maskAttribute.exact();
            } else if (!maskAttribute.wrap(keyMask).find(attribute.type())) {
                maskAttribute.wildcard(attribute.type(), attribute.length());
            }
            boolean shown = !exact && !maskAttribute.all(-1);
            out.append(out.charAt(out.length() - 1) == '(' ? "" : ",");
            UnknownAttribute.format(out, "attr", attribute, maskAttribute, shown, true);
        }
    }

    /** A masked set, whose attributes hold value and mask one after the other. */
    void maskedSet(StringBuilder out, AttributeView set, boolean complete) {
        clear();
        boolean contexts = false;
        for (attribute.wrap(set); attribute.next(); ) {
            ByteBuffer b = attribute.buffer();
            if (attribute.type() == BASE && attribute.length() == 2 * BASE_LENGTH) {
                value.base(attribute.buffer(), attribute.offset());
                mask.base(b, attribute.offset() + BASE_LENGTH);
            } else if (attribute.type() == MD1 && attribute.length() == 2 * MD1_LENGTH) {
                value.md1(attribute.buffer(), attribute.offset());
                mask.md1(b, attribute.offset() + MD1_LENGTH);
                contexts = true;
            }
        }
        if (complete && !contexts) {
            mask.contexts(null);
        }
        maskedFields(out, complete, contexts);
        unknown(out, set, null);
    }

    /** What push_nsh adds; false if that cannot be. */
    boolean push(StringBuilder out, AttributeView push, boolean complete) {
        clear();
        value.ttl = DEFAULT_TTL;
        int md2Offset = 0;
        int md2Length = 0;
        // Without an attribute within there is nothing to look through.
        attribute.wrap(push.buffer(), push.offset(), 0);
        if (nsh.wrap(push).next()) {
            for (attribute.wrap(nsh); attribute.next(); ) {
                if (attribute.type() == BASE && attribute.length() == BASE_LENGTH) {
                    value.base(attribute.buffer(), attribute.offset());
                } else if (attribute.type() == MD1 && attribute.length() == MD1_LENGTH) {
                    value.md1(attribute.buffer(), attribute.offset());
                } else if (attribute.type() == MD2) {
                    md2Offset = attribute.offset();
                    md2Length = attribute.length();
                }
            }
        }
        if (!complete) {
            // What of them fits into the header that Open vSwitch prints from.
            value.flags &= 0x3;
            value.ttl &= 0x3f;
        }
        out.append("push_nsh(");
        fields(out);
        if (value.mdtype == 2) {
            out.append(",md2=");
            if (complete) {
                Digits.bytes(out.append("0x"), push.buffer(), md2Offset, md2Length, (char) 0);
            } else {
                Digits.number(out, push.buffer(), md2Offset, md2Length);
            }
        } else if (value.mdtype != 1) {
            out.append(",<error: unknown mdtype>");
        }
        UnknownAttribute.rest(out, attribute, NshAttributes.TABLE);
        out.append(')');
        return value.mdtype == 1 || value.mdtype == 2;
    }

    private void fields(StringBuilder out) {
        out.append("flags=").append(value.flags);
        out.append(",ttl=").append(value.ttl);
        out.append(",mdtype=").append(value.mdtype);
        out.append(",np=").append(value.np);
        out.append(",spi=0x");
        Digits.hex(out, value.path >>> 8);
        out.append(",si=").append(value.path & 0xff);
        for (int i = 0; value.mdtype == 1 && i < 4; i++) {
            out.append(",c").append(i + 1).append("=0x");
            Digits.hex(out, value.contexts[i] & 0xffffffffL);
        }
    }

    private void maskedFields(StringBuilder out, boolean wildcards, boolean contexts) {
        int before = out.length();
        u8(out, wildcards, "flags", value.flags, mask.flags);
        u8(out, wildcards, "ttl", value.ttl, mask.ttl);
        u8(out, wildcards, "mdtype", value.mdtype, mask.mdtype);
        u8(out, wildcards, "np", value.np, mask.np);
        int spiMask = mask.path >>> 8;
        word(out, wildcards, "spi", value.path >>> 8, spiMask == 0xffffff ? -1 : spiMask);
        u8(out, wildcards, "si", value.path & 0xff, mask.path & 0xff);
        for (int i = 0; i < 4; i++) {
            word(out, wildcards && contexts, CONTEXTS[i], value.contexts[i], mask.contexts[i]);
        }
        if (out.length() > before) {
            out.setLength(out.length() - 1);
        }
    }

    private static final String[] CONTEXTS = {"c1", "c2", "c3", "c4"};

    private static void u8(StringBuilder out, boolean wildcard, String name, int value, int bits) {
        if (bits == 0 && !wildcard) {
            return;
        }
        out.append(name).append('=');
        if (bits == 0xff) {
            out.append(value);
        } else {
            out.append("0x");
            Digits.hex(out, value, 2);
            out.append("/0x");
            Digits.hex(out, bits, 2);
        }
        out.append(',');
    }

    private static void word(
            StringBuilder out, boolean wildcard, String name, int value, int bits) {
        if (bits == 0 && !wildcard) {
            return;
        }
        out.append(name).append("=0x");
        Digits.hex(out, value & 0xffffffffL);
        if (bits != -1) {
            out.append("/0x");
            Digits.hex(out, bits, 8);
        }
        out.append(',');
    }
}
