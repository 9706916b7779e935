package io.odp4j.datapath.netlink.table;

/** IPv6 addresses in the text form of RFC 5952: lower case, the longest run of zeros as "::". */
public final class Ipv6Text {
    private Ipv6Text() {}

    /** Formats 16 bytes; an IPv4-mapped or -compatible address ends in its dotted form. */
    public static String format(byte[] address) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = high << 8 | address[i] & 0xff;
            low = low << 8 | address[i + 8] & 0xff;
        }
        StringBuilder text = new StringBuilder(39);
        append(text, high, low);
        return text.toString();
    }

    /** Appends an address given as its two halves; nothing is allocated. */
    public static void append(StringBuilder text, long high, long low) {
        int runStart = -1;
        int runLength = 1; // a single zero group is written out
        int zeros = 0;
        for (int i = 0; i < 8; i++) {
            zeros = group(high, low, i) == 0 ? zeros + 1 : 0;
            if (zeros > runLength) {
                runStart = i + 1 - zeros;
                runLength = zeros;
            }
        }
        // The rule of inet_ntop(3) as glibc has it, which every tool beside us prints by.
        boolean dotted =
                runStart == 0
                        && (runLength == 6 || runLength == 5 && group(high, low, 5) == 0xffff);
        for (int i = 0; i < (dotted ? 6 : 8); i++) {
            if (i == runStart) {
                text.append("::");
            } else if (runStart < 0 || i < runStart || i >= runStart + runLength) {
                if (i > 0 && i != runStart + runLength) {
                    text.append(':');
                }
                hex(text, group(high, low, i));
            }
        }
        if (dotted) {
            text.append(runLength == 5 ? ":" : "");
            for (int shift = 24; shift >= 0; shift -= 8) {
                text.append((int) (low >> shift) & 0xff).append(shift > 0 ? "." : "");
            }
        }
    }

    private static int group(long high, long low, int index) {
        return (int) ((index < 4 ? high : low) >>> (3 - (index & 3)) * 16) & 0xffff;
    }

    private static void hex(StringBuilder text, int group) {
        for (int shift = 12; shift >= 0; shift -= 4) {
            if (shift == 0 || group >>> shift != 0) {
                text.append(Character.forDigit(group >>> shift & 0xf, 16));
            }
        }
    }
}
