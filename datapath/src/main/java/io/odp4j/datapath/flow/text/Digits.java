package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.table.Ipv6Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers, addresses and bytes appended to a text as C's printf writes them, nothing allocated. */
final class Digits {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Digits() {}

    /** {@code %x}. */
    static void hex(StringBuilder out, long value) {
        int digits = Math.max(1, 64 - Long.numberOfLeadingZeros(value) + 3 >> 2);
        hex(out, value, digits);
    }

    /** {@code %0Nx}: exactly the N lowest digits. */
    static void hex(StringBuilder out, long value, int digits) {
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            out.append(HEX[(int) (value >>> shift) & 0xf]);
        }
    }

    /** {@code %#x}: zero has no prefix. */
    static void alternateHex(StringBuilder out, long value) {
        if (value != 0) {
            out.append("0x");
        }
        hex(out, value);
    }

    /** {@code %u} of 32 bits. */
    static void unsigned(StringBuilder out, int value) {
        out.append(value & 0xffffffffL);
    }

    static void ethernet(StringBuilder out, ByteBuffer b, int at) {
        for (int i = 0; i < 6; i++) {
            if (i > 0) {
                out.append(':');
            }
            hex(out, b.get(at + i), 2);
        }
    }

    static void ipv4(StringBuilder out, ByteBuffer b, int at) {
        for (int i = 0; i < 4; i++) {
            if (i > 0) {
                out.append('.');
            }
            out.append(b.get(at + i) & 0xff);
        }
    }

    static void ipv6(StringBuilder out, ByteBuffer b, int at) {
        Ipv6Text.append(out, AttributeReader.be64(b, at), AttributeReader.be64(b, at + 8));
    }

    /** Two digits a byte, with a separator between bytes unless that is 0. */
    static void bytes(StringBuilder out, ByteBuffer b, int at, int length, char separator) {
        for (int i = 0; i < length; i++) {
            if (i > 0 && separator != 0) {
                out.append(separator);
            }
            hex(out, b.get(at + i), 2);
        }
    }

    /** Bytes as one big-endian number: 0x1234, 0 without a prefix. */
    static void number(StringBuilder out, ByteBuffer b, int at, int length) {
        number(out, b, at, 1, length);
    }

    /** Bytes as one number in host byte order. */
    static void hostNumber(StringBuilder out, ByteBuffer b, int at, int length) {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        number(out, b, little ? at + length - 1 : at, little ? -1 : 1, length);
    }

    private static void number(StringBuilder out, ByteBuffer b, int first, int step, int length) {
        int i = 0;
        while (i < length && b.get(first + i * step) == 0) {
            i++;
        }
        if (i == length) {
            out.append('0');
            return;
        }
        out.append("0x");
        hex(out, b.get(first + i * step) & 0xff);
        for (i++; i < length; i++) {
            hex(out, b.get(first + i * step), 2);
        }
    }
}
