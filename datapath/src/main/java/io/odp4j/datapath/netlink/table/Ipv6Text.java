package io.odp4j.datapath.netlink.table;

/** IPv6 addresses in the text form of RFC 5952: lower case, the longest run of zeros as "::". */
public final class Ipv6Text {
    private Ipv6Text() {}

    /** Formats 16 bytes; an IPv4-mapped or -compatible address ends in its dotted form. */
    public static String format(byte[] address) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (address[2 * i] & 0xff) << 8 | address[2 * i + 1] & 0xff;
        }
        int runStart = -1;
        int runLength = 1; // a single zero group is written out
        int zeros = 0;
        for (int i = 0; i < 8; i++) {
            zeros = groups[i] == 0 ? zeros + 1 : 0;
            if (zeros > runLength) {
                runStart = i + 1 - zeros;
                runLength = zeros;
            }
        }
        boolean dotted = runStart == 0 && dottedTail(groups, runLength);
        StringBuilder text = new StringBuilder(39);
        int last = dotted ? 6 : 8;
        for (int i = 0; i < last; i++) {
            if (i == runStart) {
                text.append("::");
            } else if (runStart < 0 || i < runStart || i >= runStart + runLength) {
                if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        if (dotted) {
            if (text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            for (int i = 12; i < 16; i++) {
                text.append(i > 12 ? "." : "").append(address[i] & 0xff);
            }
        }
        return text.toString();
    }

    /** The rule of inet_ntop(3), which every tool beside us prints by. */
    private static boolean dottedTail(int[] groups, int zeros) {
        return zeros == 6 || zeros == 7 && groups[7] != 1 || zeros == 5 && groups[5] == 0xffff;
    }
}
