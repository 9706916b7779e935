package io.odp4j.datapath.flow.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A flow's unique identifier as text, {@code ufid:01234567-89ab-cdef-0123-456789abcdef}: four words
 * of 32 bits in host byte order.
 */
public final class Ufid {
    /** Bytes of an identifier as Open vSwitch makes them. */
    public static final int LENGTH = 16;

    static final String PREFIX = "ufid:";

    private Ufid() {}

    /** Appends the identifier in 16 bytes of a buffer of native byte order. */
    public static void format(StringBuilder out, ByteBuffer buffer, int offset) {
        out.append(PREFIX);
        for (int word = 0; word < 4; word++) {
            int value = buffer.getInt(offset + 4 * word);
            if (word == 1 || word == 2) {
                out.append('-');
                Digits.hex(out, value >>> 16, 4);
                out.append('-');
                Digits.hex(out, value & 0xffff, 4);
            } else {
                Digits.hex(out, value, 8);
            }
        }
    }

    /** Reads identifiers; of several in a text the first counts. */
    static final class Reader {
        private static final int TEXT_LENGTH = 36;

        private final TextScanner in;
        private byte[] bytes;

        Reader(TextScanner in) {
            this.in = in;
        }

        void clear() {
            bytes = null;
        }

        byte[] bytes() {
            return bytes == null ? null : bytes.clone();
        }

        /** Moves behind an identifier if one stands here. */
        boolean read() {
            if (!in.take(PREFIX)) {
                return false;
            }
            byte[] read = new byte[LENGTH];
            ByteBuffer words = ByteBuffer.wrap(read).order(ByteOrder.nativeOrder());
            int word = 0;
            int digits = 0;
            for (int i = 0; i < TEXT_LENGTH; i++) {
                if (i == 8 || i == 13 || i == 18 || i == 23) {
                    in.expect('-');
                    continue;
                }
                int digit = TextScanner.digit(in.peek());
                if (digit < 0) {
                    throw in.error("a hexadecimal digit of xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
                }
                in.position(in.position() + 1);
                word = word << 4 | digit;
                if (++digits % 8 == 0) {
                    words.putInt(word);
                }
            }
            bytes = bytes == null ? read : bytes;
            return true;
        }
    }
}
