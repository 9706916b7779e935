package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;

/** One key attribute, {@code name(…)}, read into a key and its mask. */
final class KeyParser {
    /** As many as Open vSwitch takes: deeper text would only exhaust the stack. */
    static final int MAX_DEPTH = 32;

    private static final int MPLS_LABELS = 3;
    private static final String[] MPLS_FIELDS = {"label=", "tc=", "ttl=", "bos="};
    private static final int[] MPLS_BITS = {20, 3, 8, 1};
    private static final int[] MPLS_SHIFTS = {12, 9, 0, 8};

    private final TextScanner in;
    private final FieldScanner fields;
    private final FlagScanner flags;
    private final TunnelParser tunnel;
    private final NshParser nsh;
    private final UnknownParser unknown;
    private final PortNames names;

    /** The forms whose name starts with a letter, so that few names are compared. */
    private final KeyForm[][] formsByLetter = new KeyForm[26][];

    private MessageWriter key;
    private MessageWriter mask;
    private int depth;

    KeyParser(TextScanner in, PortNames names) {
        this.in = in;
        this.names = names;
        this.fields = new FieldScanner(in);
        this.flags = new FlagScanner(in);
        this.unknown = new UnknownParser(in);
        this.tunnel = new TunnelParser(in, fields, flags, unknown);
        this.nsh = new NshParser(in, fields, unknown);
        for (int letter = 0; letter < formsByLetter.length; letter++) {
            char first = (char) ('a' + letter);
            formsByLetter[letter] =
                    KeyForm.ALL.stream()
                            .filter(form -> form.name().charAt(0) == first)
                            .toArray(KeyForm[]::new);
        }
    }

    FieldScanner fields() {
        return fields;
    }

    FlagScanner flags() {
        return flags;
    }

    NshParser nsh() {
        return nsh;
    }

    UnknownParser unknown() {
        return unknown;
    }

    /** Reads the attribute here and appends it and its mask. */
    void attribute(MessageWriter toKey, MessageWriter toMask, int outerDepth) {
        key = toKey;
        mask = toMask;
        depth = outerDepth;
        attribute();
    }

    private void attribute() {
        if (++depth >= MAX_DEPTH) {
            throw in.error("fewer than " + MAX_DEPTH + " levels");
        }
        char first = in.peek();
        if (first < 'a' || first > 'z' || !structure(first) && !other(first)) {
            throw in.error("a key attribute such as in_port(, eth( or ipv4(");
        }
        depth--;
    }

    private boolean structure(char first) {
        for (KeyForm form : formsByLetter[first - 'a']) {
            if (in.take(form.name())) {
                structure(form);
                return true;
            }
        }
        return false;
    }

    private void structure(KeyForm form) {
        int keyAt = key.header(form.type(), form.length());
        int maskAt = mask.header(form.type(), form.length());
        FieldScanner.zeros(key.buffer(), keyAt, form.length());
        FieldScanner.zeros(mask.buffer(), maskAt, form.length());
        if (form == KeyForm.VLAN) {
            // The bit that says that there is a tag is there unless cfi=0 denies it.
            FieldScanner.putBe16(key.buffer(), keyAt, 0x1000);
            FieldScanner.putBe16(mask.buffer(), maskAt, 0x1000);
        }
        while (!in.take(')')) {
            KeyForm.Field field = field(form);
            fields.value(
                    field.kind(),
                    key.buffer(),
                    keyAt + field.offset(),
                    mask.buffer(),
                    maskAt + field.offset());
            endOfField(in);
        }
    }

    private KeyForm.Field field(KeyForm form) {
        for (KeyForm.Field field : form.fields()) {
            if (in.take(field.name())) {
                return field;
            }
        }
        throw in.error(form.choices(), "')'");
    }

    /** Behind a field stands a comma, which is taken, or the closing parenthesis, which is left. */
    static void endOfField(TextScanner in) {
        if (!in.take(',') && (in.peek() != ')' || in.atEnd())) {
            throw in.error("',' or ')'");
        }
    }

    private boolean other(char first) {
        switch (first) {
            case 'a', 'k' -> {
                return unknown.key(key, mask);
            }
            case 'c' -> {
                return connection();
            }
            case 'd' -> {
                return in.take("dp_hash(") && word(KeyAttributes.DP_HASH.number());
            }
            case 'e' -> {
                if (in.take("eth_type(")) {
                    int type = KeyAttributes.ETHERTYPE.number();
                    key.putBe16(type, (int) in.number(0));
                    mask.putBe16(type, (int) fields.slashNumber());
                    in.expect(')');
                    return true;
                }
                return in.take("encap(") && encap();
            }
            case 'i' -> {
                return in.take("in_port(") && inPort();
            }
            case 'm' -> {
                return in.take("mpls(") && mpls();
            }
            case 'n' -> {
                return in.take("nsh(") && nsh.key(key, mask);
            }
            case 'r' -> {
                return in.take("recirc_id(") && word(KeyAttributes.RECIRC_ID.number());
            }
            case 's' -> {
                return in.take("skb_priority(") && word(KeyAttributes.PRIORITY.number())
                        || in.take("skb_mark(") && word(KeyAttributes.SKB_MARK.number());
            }
            case 't' -> {
                return in.take("tcp_flags(") && tcpFlags()
                        || in.take("tunnel(") && tunnel.read(key, mask);
            }
            default -> {
                return false;
            }
        }
    }

    /** A 32-bit number in host byte order. */
    private boolean word(int type) {
        key.putU32(type, (int) in.number(0));
        mask.putU32(type, (int) fields.slashNumber());
        in.expect(')');
        return true;
    }

    private boolean connection() {
        if (in.take("ct_state(")) {
            flags.masked(FlagNames.CT_STATE, FlagNames.CT_STATE.named());
            key.putU32(KeyAttributes.CT_STATE.number(), flags.flags());
            mask.putU32(KeyAttributes.CT_STATE.number(), flags.mask());
        } else if (in.take("ct_zone(")) {
            key.putU16(KeyAttributes.CT_ZONE.number(), (int) in.number(0));
            mask.putU16(KeyAttributes.CT_ZONE.number(), (int) fields.slashNumber());
        } else if (in.take("ct_mark(")) {
            return word(KeyAttributes.CT_MARK.number());
        } else if (in.take("ct_label(")) {
            int keyAt = key.header(KeyAttributes.CT_LABELS.number(), 16);
            int maskAt = mask.header(KeyAttributes.CT_LABELS.number(), 16);
            label(key.buffer(), keyAt, mask.buffer(), maskAt);
        } else {
            return false;
        }
        in.expect(')');
        return true;
    }

    /** A 128-bit number in host byte order, and its mask. */
    void label(ByteBuffer to, int at, ByteBuffer toMask, int maskAt) {
        hostNumber(to, at);
        if (in.take('/')) {
            hostNumber(toMask, maskAt);
        } else {
            FieldScanner.ones(toMask, maskAt, 16);
        }
    }

    private void hostNumber(ByteBuffer b, int at) {
        fields.addresses().bytes(b, at, 16);
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            long low = Long.reverseBytes(b.getLong(at + 8));
            b.putLong(at + 8, Long.reverseBytes(b.getLong(at)));
            b.putLong(at, low);
        }
    }

    private boolean inPort() {
        int type = KeyAttributes.IN_PORT.number();
        if (in.integer(0)) {
            key.putU32(type, (int) in.value());
            mask.putU32(type, (int) fields.slashNumber());
        } else {
            key.putU32(type, portOfName(")"));
            mask.putU32(type, -1);
        }
        in.expect(')');
        return true;
    }

    /** The number of the port whose name goes up to one of {@code ends}. */
    int portOfName(String ends) {
        int count = 0;
        while (in.peek(count) != 0 && ends.indexOf(in.peek(count)) < 0) {
            count++;
        }
        OptionalInt port = names.numberOf(in.ahead(count));
        if (port.isEmpty()) {
            throw in.error("a port number or the name of a port");
        }
        in.position(in.position() + count);
        return port.getAsInt();
    }

    private boolean tcpFlags() {
        flags.masked(FlagNames.TCP, FlagNames.ALL_TCP_FLAGS);
        key.putBe16(KeyAttributes.TCP_FLAGS.number(), flags.flags());
        mask.putBe16(KeyAttributes.TCP_FLAGS.number(), flags.mask());
        in.expect(')');
        return true;
    }

    /** A field that the entry has already starts the next entry of the stack. */
    private boolean mpls() {
        int type = KeyAttributes.MPLS.number();
        int keyNest = key.beginPlainNest(type);
        int maskNest = mask.beginPlainNest(type);
        int keyAt = emptyEntry(key);
        int maskAt = emptyEntry(mask);
        int labels = 1;
        int seen = 0;
        while (!in.take(')')) {
            int field = mplsField();
            if ((seen & 1 << field) != 0) {
                if (++labels > MPLS_LABELS) {
                    throw in.error("at most " + MPLS_LABELS + " labels");
                }
                keyAt = emptyEntry(key);
                maskAt = emptyEntry(mask);
                seen = 0;
            }
            seen |= 1 << field;
            fields.labelBits(
                    key.buffer(),
                    keyAt,
                    mask.buffer(),
                    maskAt,
                    MPLS_BITS[field],
                    MPLS_SHIFTS[field]);
            endOfField(in);
        }
        key.endNest(keyNest);
        mask.endNest(maskNest);
        return true;
    }

    private static int emptyEntry(MessageWriter to) {
        to.putRawU32(0);
        return to.position() - 4;
    }

    private int mplsField() {
        for (int field = 0; field < MPLS_FIELDS.length; field++) {
            if (in.take(MPLS_FIELDS[field])) {
                return field;
            }
        }
        throw in.error(List.of(MPLS_FIELDS), "')'");
    }

    private boolean encap() {
        int keyNest = key.beginPlainNest(KeyAttributes.ENCAP.number());
        int maskNest = mask.beginPlainNest(KeyAttributes.ENCAP.number());
        for (in.skipDelimiters(); !in.take(')'); in.skipDelimiters()) {
            attribute();
        }
        key.endNest(keyNest);
        mask.endNest(maskNest);
        return true;
    }
}
