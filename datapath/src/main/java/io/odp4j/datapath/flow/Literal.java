package io.odp4j.datapath.flow;

import io.odp4j.datapath.netlink.table.Ipv6Reader;
import java.nio.ByteBuffer;

/**
 * A number or an address as people write it: {@code 80}, {@code 0x50}, {@code 02:00:00:00:00:01},
 * {@code 10.0.0.1}, {@code fe80::1}.
 *
 * @param high the more significant half of a number of 128 bits or an IPv6 address, else 0
 * @param low the rest; an address's first byte is its most significant one
 */
public record Literal(Kind kind, long high, long low) {
    /** What it is. */
    public enum Kind {
        NUMBER,
        ETHERNET,
        IPV4,
        IPV6
    }

    private static final int ETHERNET_BYTES = 6;
    private static final int IPV4_BYTES = 4;
    private static final int MOST_HEX_DIGITS = 32;
    private static final int LONGEST = 46;

    /** Reads one; null if the text is none. */
    public static Literal parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return null;
        }
        if (text.startsWith("0x")) {
            return hexadecimal(text.substring(2));
        }
        if (text.indexOf(':') >= 0) {
            long address = bytes(text, ':', ETHERNET_BYTES, 2, 16);
            return address >= 0 ? new Literal(Kind.ETHERNET, 0, address) : ipv6(text);
        }
        if (text.indexOf('.') >= 0) {
            long address = bytes(text, '.', IPV4_BYTES, 3, 10);
            return address < 0 ? null : new Literal(Kind.IPV4, 0, address);
        }
        return decimal(text);
    }

    private static Literal decimal(String text) {
        if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        try {
            return new Literal(Kind.NUMBER, 0, Long.parseUnsignedLong(text));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Literal hexadecimal(String digits) {
        int length = digits.length();
        boolean sound = digits.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
        if (!sound || length == 0 || length > MOST_HEX_DIGITS) {
            return null;
        }
        int low = Math.max(0, length - 16);
        long high = low == 0 ? 0 : Long.parseUnsignedLong(digits.substring(0, low), 16);
        return new Literal(Kind.NUMBER, high, Long.parseUnsignedLong(digits.substring(low), 16));
    }

    /** Bytes with a separator between them; -1 if the text is not so. */
    private static long bytes(String text, char separator, int count, int digits, int radix) {
        String[] parts = text.split("[" + separator + "]", -1);
        long all = 0;
        if (parts.length != count) {
            return -1;
        }
        for (String part : parts) {
            int value = part.isEmpty() || part.length() > digits ? 256 : 0;
            for (int i = 0; i < part.length() && value < 256; i++) {
                char c = part.charAt(i);
                int digit = c < 128 ? Character.digit(c, radix) : -1;
                value = digit < 0 ? 256 : value * radix + digit;
            }
            if (value > 255) {
                return -1;
            }
            all = all << 8 | value;
        }
        return all;
    }

    private static Literal ipv6(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(16);
        boolean read = Ipv6Reader.read(text.toCharArray(), 0, text.length(), bytes, 0);
        return read ? new Literal(Kind.IPV6, bytes.getLong(0), bytes.getLong(8)) : null;
    }

    /** Whether it is a number, or an address, of no more than so many bits. */
    public boolean fits(int bits) {
        if (bits >= 128) {
            return true;
        }
        return high == 0 && (bits >= 64 || low >>> bits == 0);
    }
}
