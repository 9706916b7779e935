package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.netlink.table.Ipv6Reader;
import java.nio.ByteBuffer;

/** Hardware and internet addresses and long numbers, read straight into a buffer. */
final class AddressScanner {
    /** The longest run of characters that can be an IPv6 address. */
    private static final int LONGEST_IPV6 = 46;

    private final TextScanner in;

    AddressScanner(TextScanner in) {
        this.in = in;
    }

    /** Six hexadecimal numbers with colons. */
    void ethernet(ByteBuffer to, int at) {
        for (int i = 0; i < 6; i++) {
            if (i > 0) {
                in.expect(':');
            }
            to.put(at + i, (byte) in.number(16));
        }
    }

    /** Four decimal numbers with points; where there are none, stays and answers false. */
    boolean ipv4(ByteBuffer to, int at) {
        int start = in.position();
        for (int i = 0; i < 4; i++) {
            if (i > 0 && !in.take('.') || !in.integer(10)) {
                in.position(start);
                return false;
            }
            to.put(at + i, (byte) in.value());
        }
        return true;
    }

    /** An IPv6 address by the rules of inet_pton(3); where there is none, stays. */
    boolean ipv6(ByteBuffer to, int at) {
        int start = in.position();
        int length = 0;
        for (char c; length < LONGEST_IPV6; length++) {
            c = in.peek(length);
            if (TextScanner.digit(c) < 0 && c != ':' && c != '.') {
                break;
            }
        }
        if (length == 0 || !Ipv6Reader.read(in.chars(), start, start + length, to, at)) {
            return false;
        }
        in.position(start + length);
        return true;
    }

    /**
     * Reads one number of {@code length} bytes, most significant first: hexadecimal digits without
     * limit but the field's, or up to 64 bits in decimal or octal.
     */
    void bytes(ByteBuffer to, int at, int length) {
        FieldScanner.zeros(to, at, length);
        int start = in.position();
        if (in.peek() == '0' && (in.peek(1) | 0x20) == 'x') {
            in.position(start + 2);
            hexDigits(to, at, length);
            return;
        }
        if (!in.integer(0) || in.overflowed()) {
            in.position(start);
            throw in.error("a number of at most 64 bits, or 0x and hexadecimal digits");
        }
        long rest = in.value();
        for (int i = length - 1; i >= 0 && rest != 0; i--) {
            to.put(at + i, (byte) rest);
            rest >>>= 8;
        }
        if (rest != 0) {
            throw in.error(start, "a number of at most " + length + " bytes");
        }
    }

    private void hexDigits(ByteBuffer to, int at, int length) {
        int start = in.position();
        int digits = 0;
        for (int i = start; ; i++) {
            char c = in.chars()[i];
            int digit = TextScanner.digit(c);
            if (digit < 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                in.position(i);
                break;
            }
            if (digit > 0 || digit == 0 && digits > 0) {
                digits++;
            }
        }
        if (digits > 2 * length) {
            throw in.error(start, "at most " + 2 * length + " hexadecimal digits");
        }
        int end = in.position();
        for (int i = end - 1, nibble = 0; nibble < digits; i--) {
            int digit = TextScanner.digit(in.chars()[i]);
            if (digit >= 0) {
                int index = at + length - 1 - (nibble >> 1);
                to.put(index, (byte) (to.get(index) | digit << 4 * (nibble & 1)));
                nibble++;
            }
        }
    }
}
