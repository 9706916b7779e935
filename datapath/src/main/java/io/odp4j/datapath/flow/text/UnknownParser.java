package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.netlink.AttributeHeader;
import io.odp4j.datapath.netlink.MessageWriter;

/**
 * Attributes as bytes, for what is newer than the tables: {@code attr41(0a0b/ff00)}, or {@code
 * key41(0a 0b/ff 00)} and {@code action41(0a 0b)} as Open vSwitch prints them.
 */
final class UnknownParser {
    private final TextScanner in;

    UnknownParser(TextScanner in) {
        this.in = in;
    }

    /** Whether {@code attr} stands here, with a number. */
    boolean isNext() {
        char digit = in.peek(4);
        return in.looksAt("attr") && digit >= '0' && digit <= '9';
    }

    /** Reads a key attribute with its mask; false if none stands here. */
    boolean key(MessageWriter key, MessageWriter mask) {
        int type = type("key");
        if (type < 0) {
            return false;
        }
        int start = key.position();
        hexAttribute(key, type);
        if (in.take('/')) {
            hexAttribute(mask, type);
        } else {
            int length = (key.buffer().getShort(start) & 0xffff) - AttributeHeader.LENGTH;
            FieldScanner.ones(mask.buffer(), mask.header(type, length), length);
        }
        in.expect(')');
        return true;
    }

    /** Reads an action; false if none stands here. */
    boolean action(MessageWriter to) {
        int type = type("action");
        if (type < 0) {
            return false;
        }
        hexAttribute(to, type);
        in.expect(')');
        return true;
    }

    /** Reads what of {@code ,attr41(0a0b)} stands at the end of an action's parts. */
    void rest(MessageWriter to) {
        while (in.take(",attr")) {
            in.position(in.position() - "attr".length());
            if (!action(to)) {
                throw in.error("attr, its number and '('");
            }
        }
    }

    /** Reads {@code attr41(}; -1 if that does not stand here. */
    private int type(String kind) {
        int start = in.position();
        boolean named = in.take("attr") || in.take(kind);
        boolean digits = in.peek() >= '0' && in.peek() <= '9';
        if (!named || !digits || !in.integer(10) || !in.take('(')) {
            in.position(start);
            return -1;
        }
        if (in.value() < 0 || in.value() > AttributeHeader.TYPE_MASK) {
            throw in.error(start, "an attribute number of at most 16383");
        }
        return (int) in.value();
    }

    /** Appends an attribute whose payload is pairs of digits, with spaces between or without. */
    void hexAttribute(MessageWriter to, int type) {
        int nest = to.beginPlainNest(type);
        hex(to);
        end(to, nest);
    }

    /** Appends an attribute whose payload is the digits that stand here as one number. */
    void numberAttribute(MessageWriter to, int type) {
        int nest = to.beginPlainNest(type);
        number(to);
        end(to, nest);
    }

    private static void end(MessageWriter to, int nest) {
        to.endNest(nest);
        for (int padding = -(to.position() - nest) & 3; padding > 0; padding--) {
            to.putRawU8(0);
        }
    }

    /** Appends the bytes of as many pairs of digits as there are. */
    private void hex(MessageWriter to) {
        while (true) {
            char c = in.peek();
            if (c == ' ' || c == '.' || c == '\t' || c == '\r' || c == '\n') {
                in.position(in.position() + 1);
                continue;
            }
            int high = TextScanner.digit(c);
            int low = TextScanner.digit(in.peek(1));
            if (high < 0 || low < 0) {
                return;
            }
            to.putRawU8(high << 4 | low);
            in.position(in.position() + 2);
        }
    }

    /** Appends the digits that stand here as one number: an odd one comes first. */
    void number(MessageWriter to) {
        int digits = 0;
        while (TextScanner.digit(in.peek(digits)) >= 0) {
            digits++;
        }
        if (digits % 2 != 0) {
            to.putRawU8(TextScanner.digit(in.peek()));
            in.position(in.position() + 1);
        }
        for (int pairs = digits / 2; pairs > 0; pairs--) {
            to.putRawU8(TextScanner.digit(in.peek()) << 4 | TextScanner.digit(in.peek(1)));
            in.position(in.position() + 2);
        }
    }
}
