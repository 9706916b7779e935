package io.odp4j.datapath.flow.text;

import java.nio.ByteBuffer;

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
}
