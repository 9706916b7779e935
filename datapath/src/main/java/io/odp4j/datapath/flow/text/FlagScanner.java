package io.odp4j.datapath.flow.text;

/**
 * Flags in the forms that they are printed in: {@code syn|ack}, {@code +syn-ack}, {@code
 * 0x12/0xff}.
 */
final class FlagScanner {
    private final TextScanner in;
    private int flags;
    private int mask;

    FlagScanner(TextScanner in) {
        this.in = in;
    }

    int flags() {
        return flags;
    }

    /** Which flags the text says something about; all ones for a form without a mask. */
    int mask() {
        return mask;
    }

    /** Reads flags with or without a mask up to the closing parenthesis, which is left. */
    void masked(FlagNames names, int allowed) {
        int start = in.position();
        if (in.integer(0)) {
            flags = (int) in.value();
            if (in.take('/') && in.integer(0)) {
                mask = (int) in.value();
                allow(start, flags | mask, allowed);
                return;
            }
            in.position(start);
        }
        if (in.peek() == '+' || in.peek() == '-') {
            signed(names, allowed);
        } else {
            plain(names, allowed);
        }
    }

    private void signed(FlagNames names, int allowed) {
        flags = 0;
        mask = 0;
        while (in.peek() != ')' || in.atEnd()) {
            boolean set = in.take('+');
            if (!set && !in.take('-')) {
                throw in.error("'+', '-' or ')'");
            }
            int bit = name(names, allowed, "+-)");
            if ((mask & bit) != 0) {
                throw in.error(in.position() - names.nameOf(bit).length(), "each flag only once");
            }
            mask |= bit;
            flags |= set ? bit : 0;
        }
    }

    /** Reads flags without a mask up to the closing parenthesis, which is left. */
    void plain(FlagNames names, int allowed) {
        flags = 0;
        mask = -1;
        while (in.peek() != ')' || in.atEnd()) {
            int start = in.position();
            if (in.integer(0)) {
                if ((in.value() & ~(allowed & 0xffffffffL)) != 0) {
                    throw in.error(start, "flags within 0x" + Integer.toHexString(allowed));
                }
                flags |= (int) in.value();
                in.take('|');
            } else {
                flags |= name(names, allowed, "|,)");
                if (!in.take('|')) {
                    in.take(',');
                }
            }
        }
    }

    /** Reads a name that one of {@code ends} follows; its bit. */
    private int name(FlagNames names, int allowed, String ends) {
        for (int bit = 1; names.nameOf(bit) != null; bit <<= 1) {
            String name = names.nameOf(bit);
            if ((bit & allowed) != 0
                    && in.looksAt(name)
                    && ends.indexOf(in.peek(name.length())) >= 0) {
                in.position(in.position() + name.length());
                return bit;
            }
        }
        throw in.error("one of " + names.list(allowed));
    }

    private void allow(int start, int bits, int allowed) {
        if ((bits & ~allowed) != 0) {
            throw in.error(start, "flags within 0x" + Integer.toHexString(allowed));
        }
    }
}
