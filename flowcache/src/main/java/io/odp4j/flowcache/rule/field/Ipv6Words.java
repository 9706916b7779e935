package io.odp4j.flowcache.rule.field;

/** An IPv6 address as two words. */
public final class Ipv6Words {
    private static final int GROUPS = 8;

    private Ipv6Words() {}

    /**
     * Reads RFC 4291 text without a zone.
     *
     * @throws NumberFormatException if it is none
     */
    public static WideValue parse(String text) {
        int gap = text.indexOf("::");
        String[] before = groups(gap < 0 ? text : text.substring(0, gap));
        String[] after = gap < 0 ? new String[0] : groups(text.substring(gap + 2));
        int given = size(before) + size(after);
        if (gap < 0 ? given != GROUPS : given >= GROUPS) {
            throw new NumberFormatException("eight groups make an address");
        }
        WideValue value = put(WideValue.ZERO, before);
        value = value.shiftLeft(16 * (GROUPS - given));
        return put(value, after);
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static int size(String[] groups) {
        int n = groups.length;
        return n > 0 && groups[n - 1].indexOf('.') >= 0 ? n + 1 : n;
    }

    private static WideValue put(WideValue start, String[] groups) {
        WideValue value = start;
        for (int i = 0; i < groups.length; i++) {
            if (i == groups.length - 1 && groups[i].indexOf('.') >= 0) {
                value = value.shiftLeft(32).or(WideValue.of(ValueParser.ipv4(groups[i])));
                continue;
            }
            boolean plain = !groups[i].isEmpty() && groups[i].length() <= 4;
            int group = plain ? Integer.parseUnsignedInt(groups[i], 16) : -1;
            if (group < 0) {
                throw new NumberFormatException("no group: " + groups[i]);
            }
            value = value.shiftLeft(16).or(WideValue.of(group));
        }
        return value;
    }

    /** Whether the last two groups are shown as the IPv4 address that they are (RFC 5952, 5). */
    private static boolean endsInIpv4(WideValue address) {
        long upper = address.low() >>> 32;
        return address.high() == 0 && (upper == 0xffff || upper == 0 && address.low() >>> 16 != 0);
    }

    /** RFC 5952 text: the longest run of zero groups as {@code ::}. */
    public static String format(WideValue address) {
        int gap = 0;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = i;
            while (run < GROUPS && group(address, run) == 0) {
                run++;
            }
            if (run - i > gapLength) {
                gap = i;
                gapLength = run - i;
            }
        }
        if (endsInIpv4(address)) {
            boolean mapped = address.low() >>> 32 != 0;
            return (mapped ? "::ffff:" : "::") + ValueFormatter.ipv4(address.low() & 0xffff_ffffL);
        }
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < GROUPS) {
            if (gapLength > 1 && at == gap) {
                text.append("::");
                at += gapLength;
            } else {
                boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(first ? "" : ":").append(Integer.toHexString(group(address, at)));
                at++;
            }
        }
        return text.toString();
    }

    private static int group(WideValue address, int i) {
        return (int) address.shiftRight(16 * (GROUPS - 1 - i)).low() & 0xffff;
    }
}
