package io.odp4j.datapath.netlink.table;

import java.nio.ByteBuffer;

/** IPv6 addresses from text, by the rules of inet_pton(3) and without a name service behind. */
public final class Ipv6Reader {
    private static final int LENGTH = 16;

    private Ipv6Reader() {}

    /** Reads {@code text[from, to)}; false if that is no address. */
    public static boolean read(char[] text, int from, int to, ByteBuffer out, int at) {
        int i = from;
        if (i < to && text[i] == ':' && (++i >= to || text[i] != ':')) {
            return false;
        }
        int filled = 0;
        int gap = -1;
        int group = 0;
        int digits = 0;
        for (int groupStart = i; i < to; ) {
            char c = text[i++];
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit >= 0) {
                group = group << 4 | digit;
                if (++digits > 4) {
                    return false;
                }
            } else if (c == ':') {
                groupStart = i;
                if (digits == 0) {
                    if (gap >= 0) {
                        return false;
                    }
                    gap = filled;
                } else if (i == to || filled + 2 > LENGTH) {
                    return false;
                } else {
                    filled = putGroup(out, at, filled, group);
                    group = 0;
                    digits = 0;
                }
            } else if (filled + 4 <= LENGTH && ipv4(text, groupStart, to, out, at + filled)) {
                filled += 4;
                digits = 0;
                i = to;
            } else {
                return false;
            }
        }
        if (digits > 0) {
            if (filled + 2 > LENGTH) {
                return false;
            }
            filled = putGroup(out, at, filled, group);
        }
        return expand(out, at, filled, gap);
    }

    private static int putGroup(ByteBuffer out, int at, int filled, int group) {
        out.put(at + filled, (byte) (group >> 8));
        out.put(at + filled + 1, (byte) group);
        return filled + 2;
    }

    /** Moves what follows "::" to the end and fills the gap with zeros. */
    private static boolean expand(ByteBuffer out, int at, int filled, int gap) {
        if (gap < 0) {
            return filled == LENGTH;
        }
        if (filled == LENGTH) {
            return false;
        }
        int moved = filled - gap;
        for (int i = 1; i <= moved; i++) {
            out.put(at + LENGTH - i, out.get(at + gap + moved - i));
        }
        for (int i = gap; i < LENGTH - moved; i++) {
            out.put(at + i, (byte) 0);
        }
        return true;
    }

    /** Four decimal bytes without leading zeros, to the end. */
    private static boolean ipv4(char[] text, int from, int to, ByteBuffer out, int at) {
        int i = from;
        for (int octet = 0; octet < 4; octet++) {
            int value = 0;
            int start = i;
            for (; i < to && text[i] >= '0' && text[i] <= '9'; i++) {
                value = value * 10 + text[i] - '0';
                if (value > 255 || i > start && text[start] == '0') {
                    return false;
                }
            }
            boolean ended = octet == 3 ? i == to : i < to && text[i] == '.';
            if (i == start || !ended) {
                return false;
            }
            out.put(at + octet, (byte) value);
            i++;
        }
        return true;
    }
}
