package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.NshAttributes;
import io.odp4j.datapath.netlink.MessageWriter;
import java.util.Arrays;
import java.util.List;

/** A network service header: as a key, as what a set changes, and as what push_nsh adds. */
final class NshParser {
    private static final int BASE_LENGTH = 8;
    private static final int MD1_LENGTH = 16;
    private static final int MD2_MOST = 248;

    private static final String[] NAMES = {
        "flags=", "ttl=", "mdtype=", "np=", "si=", "spi=", "c1=", "c2=", "c3=", "c4="
    };
    private static final int TTL = 1;
    private static final int MDTYPE = 2;
    private static final int NP = 3;
    private static final int SI = 4;
    private static final int SPI = 5;
    private static final int CONTEXT = 6;

    private final TextScanner in;
    private final FieldScanner fields;
    private final int[] values = new int[NAMES.length];
    private final int[] masks = new int[NAMES.length];
    private final UnknownParser unknown;
    private final UnknownRest rest;
    private final UnknownRest restMask;
    private int seen;

    NshParser(TextScanner in, FieldScanner fields, UnknownParser unknown) {
        this.in = in;
        this.fields = fields;
        this.unknown = unknown;
        this.rest = new UnknownRest(unknown);
        this.restMask = new UnknownRest(unknown);
    }

    private void read() {
        Arrays.fill(values, 0);
        Arrays.fill(masks, 0);
        seen = 0;
        rest.clear();
        restMask.clear();
        while (!in.take(')')) {
            if (unknown.isNext()) {
                unknown.key(rest.writer(), restMask.writer());
            } else {
                value(field());
            }
            KeyParser.endOfField(in);
        }
    }

    private void value(int field) {
        seen |= 1 << field;
        boolean word = field >= SPI;
        values[field] = (int) in.number(0) & (word ? -1 : 0xff);
        masks[field] = (int) fields.slashNumber() & (word ? -1 : 0xff);
    }

    private int field() {
        for (int i = 0; i < NAMES.length; i++) {
            if (in.take(NAMES[i])) {
                return i;
            }
        }
        throw in.error(List.of(NAMES), "')'");
    }

    /** Reads a key behind {@code nsh(}. */
    boolean key(MessageWriter key, MessageWriter mask) {
        read();
        int keyNest = key.beginPlainNest(KeyAttributes.NSH.number());
        base(key, BASE_LENGTH, values);
        if (!isOfOtherType() || anyContext()) {
            contexts(key, MD1_LENGTH, values);
        }
        rest.appendTo(key);
        key.endNest(keyNest);
        int maskNest = mask.beginPlainNest(KeyAttributes.NSH.number());
        base(mask, BASE_LENGTH, masks);
        contexts(mask, MD1_LENGTH, masks);
        restMask.appendTo(mask);
        mask.endNest(maskNest);
        return true;
    }

    /** Reads a set behind {@code set(nsh(}: each attribute holds the values, then the masks. */
    void set(MessageWriter to) {
        read();
        boolean contexts = hasContexts();
        boolean exact = true;
        for (int i = 0; i < (contexts ? NAMES.length : CONTEXT); i++) {
            exact &= isExact(i);
        }
        int action = exact ? ActionAttributes.SET.number() : ActionAttributes.SET_MASKED.number();
        int nest = to.beginPlainNest(action);
        int nsh = to.beginPlainNest(KeyAttributes.NSH.number());
        int at = base(to, exact ? BASE_LENGTH : 2 * BASE_LENGTH, values);
        if (!exact) {
            baseAt(to, at + BASE_LENGTH, masks);
        }
        if (contexts) {
            at = contexts(to, exact ? MD1_LENGTH : 2 * MD1_LENGTH, values);
            if (!exact) {
                contextsAt(to, at + MD1_LENGTH, masks);
            }
        }
        rest.appendTo(to);
        to.endNest(nsh);
        to.endNest(nest);
    }

    /** Contexts are there unless the type says that they are not. */
    private boolean hasContexts() {
        return !isOfOtherType() || seen >>> CONTEXT != 0;
    }

    private boolean isOfOtherType() {
        return (seen & 1 << MDTYPE) != 0 && values[MDTYPE] != 1;
    }

    private boolean anyContext() {
        return (values[CONTEXT] | values[CONTEXT + 1] | values[CONTEXT + 2] | values[CONTEXT + 3])
                != 0;
    }

    private boolean isExact(int field) {
        int full = field == SPI ? 0xffffff : field > SPI ? -1 : 0xff;
        return (masks[field] & full) == full;
    }

    private static int base(MessageWriter to, int length, int[] from) {
        int at = to.header(NshAttributes.BASE.number(), length);
        baseAt(to, at, from);
        return at;
    }

    private static void baseAt(MessageWriter to, int at, int[] from) {
        for (int i = 0; i < 4; i++) {
            to.buffer().put(at + i, (byte) from[i]);
        }
        FieldScanner.putBe32(to.buffer(), at + 4, from[SPI] << 8 | from[SI] & 0xff);
    }

    private static int contexts(MessageWriter to, int length, int[] from) {
        int at = to.header(NshAttributes.MD1.number(), length);
        contextsAt(to, at, from);
        return at;
    }

    private static void contextsAt(MessageWriter to, int at, int[] from) {
        for (int i = 0; i < 4; i++) {
            FieldScanner.putBe32(to.buffer(), at + 4 * i, from[CONTEXT + i]);
        }
    }

    /** Reads what stands behind {@code push_nsh(}. */
    void push(MessageWriter to) {
        Arrays.fill(values, 0);
        values[TTL] = 63;
        values[MDTYPE] = 1;
        values[NP] = 3;
        values[SI] = 255;
        int md2 = -1;
        rest.clear();
        for (in.skipDelimiters(); !in.take(')'); in.skipDelimiters()) {
            if (values[MDTYPE] == 2 && in.take("md2=0x")) {
                md2 = in.position();
                skipHex();
            } else if (!rest.read()) {
                pushField();
            }
        }
        int nest = to.beginPlainNest(ActionAttributes.PUSH_NSH.number());
        int nsh = to.beginPlainNest(KeyAttributes.NSH.number());
        base(to, BASE_LENGTH, values);
        if (values[MDTYPE] == 1) {
            contexts(to, MD1_LENGTH, values);
        } else if (md2 >= 0) {
            int end = in.position();
            in.position(md2);
            metadata(to);
            in.position(end);
        }
        rest.appendTo(to);
        to.endNest(nsh);
        to.endNest(nest);
    }

    private void pushField() {
        int start = in.position();
        int field = field();
        values[field] = (int) in.number(0);
        boolean context = field >= CONTEXT;
        if (context && values[MDTYPE] != 1) {
            throw in.error(start, "md2= or ')' with mdtype=2");
        }
        if (field == MDTYPE && (values[MDTYPE] & 0xff) != 1 && (values[MDTYPE] & 0xff) != 2) {
            throw in.error(start, "mdtype=1 or mdtype=2");
        }
    }

    private void skipHex() {
        while (TextScanner.digit(in.peek()) >= 0) {
            in.position(in.position() + 1);
        }
    }

    private void metadata(MessageWriter to) {
        int start = in.position();
        int nest = to.beginPlainNest(NshAttributes.MD2.number());
        int from = to.position();
        unknown.number(to);
        for (int padding = -(to.position() - from) & 3; padding > 0; padding--) {
            to.putRawU8(0);
        }
        if (to.position() - from > MD2_MOST) {
            throw in.error(start, "at most " + MD2_MOST + " bytes");
        }
        to.endNest(nest);
    }
}
