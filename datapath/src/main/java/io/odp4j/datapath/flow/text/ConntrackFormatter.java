package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.netlink.AttributeReader;

/** The ct action with its address translation. */
final class ConntrackFormatter {
    private static final int LONGEST_HELPER = 16;
    private static final int LONGEST_TIMEOUT = 32;

    private final boolean complete;
    private final AttributeView part = new AttributeView();
    private final AttributeView a = new AttributeView();
    private final AttributeView max = new AttributeView();

    ConntrackFormatter(boolean complete) {
        this.complete = complete;
    }

    /** False if it is none that can be. */
    boolean format(StringBuilder out, AttributeView ct) {
        part.wrap(ct);
        if (!valid()) {
            out.append("ct(error)");
            return false;
        }
        out.append("ct");
        int open = out.length();
        out.append(part.last(1) ? "commit," : "");
        out.append(part.last(7) ? "force_commit," : "");
        if (part.last(2) && (complete || part.u16(0) != 0)) {
            out.append("zone=").append(part.u16(0)).append(',');
        }
        if (part.last(3)) {
            Digits.alternateHex(out.append("mark="), part.u32(0) & 0xffffffffL);
            Digits.alternateHex(out.append('/'), part.u32(4) & 0xffffffffL);
            out.append(',');
        }
        if (part.last(4)) {
            out.append("label=");
            Digits.hostNumber(out, part.buffer(), part.offset(), 16);
            if (!part.all(-1, 16, 16)) {
                out.append('/');
                Digits.hostNumber(out, part.buffer(), part.offset() + 16, 16);
            }
            out.append(',');
        }
        string(out, "helper=", 5);
        string(out, "timeout=", 9);
        if (complete && part.last(8) && part.length() == 4) {
            Digits.alternateHex(out.append("eventmask="), part.u32(0) & 0xffffffffL);
            out.append(',');
        }
        boolean whole = true;
        if (part.last(6)) {
            whole = nat(out, part);
            out.append(',');
        }
        if (out.length() > open) {
            out.setLength(out.length() - 1);
        }
        int known = out.length();
        UnknownAttribute.rest(out, part, ActionAttributes.CT_TABLE);
        if (out.length() > open) {
            if (known == open) {
                out.setCharAt(open, '(');
            } else {
                out.insert(open, '(');
            }
            out.append(')');
        }
        return whole;
    }

    private boolean valid() {
        return part.readable()
                && (!part.last(2) || part.length() == 2)
                && (!part.last(3) || part.length() >= 8)
                && (!part.last(4) || part.length() >= 32)
                && (!part.last(5) || isString(LONGEST_HELPER))
                && (!part.last(9) || isString(LONGEST_TIMEOUT));
    }

    /** Text of 1 to {@code most} bytes that ends in a zero byte. */
    private boolean isString(int most) {
        int length = part.length();
        int end = 0;
        while (end < length && part.u8(end) != 0) {
            end++;
        }
        return end == length - 1 && length <= most;
    }

    private void string(StringBuilder out, String name, int type) {
        if (part.last(type)) {
            out.append(name);
            for (int i = 0; part.u8(i) != 0; i++) {
                out.append((char) part.u8(i));
            }
            out.append(',');
        }
    }

    private boolean nat(StringBuilder out, AttributeView nat) {
        a.wrap(nat);
        boolean src = a.last(1);
        boolean dst = a.last(2);
        int length = a.last(3) ? a.length() : 0;
        String wrong = natProblem(src, dst, length);
        if (wrong != null) {
            out.append(wrong);
            return false;
        }
        out.append("nat");
        if (!src && !dst) {
            int open = out.length();
            UnknownAttribute.rest(out, a, ActionAttributes.NAT_TABLE);
            if (out.length() > open) {
                out.setCharAt(open, '(');
                out.append(')');
            }
            return true;
        }
        out.append(src ? "(src" : "(dst");
        int protoMin = a.last(5) ? a.u16(0) : 0;
        if (length > 0) {
            addresses(out, length, protoMin != 0);
            if (protoMin != 0) {
                out.append(':').append(protoMin);
                int protoMax = a.last(6) ? a.u16(0) : 0;
                if (protoMax != 0 && protoMax != protoMin) {
                    out.append('-').append(protoMax);
                }
            }
        }
        out.append(a.last(7) ? ",persistent" : "");
        out.append(a.last(8) ? ",hash" : "");
        out.append(a.last(9) ? ",random" : "");
        UnknownAttribute.rest(out, a, ActionAttributes.NAT_TABLE);
        out.append(')');
        return true;
    }

    private void addresses(StringBuilder out, int length, boolean ports) {
        max.again(a);
        boolean range = max.last(4) && !max.all(0);
        a.last(3);
        out.append('=');
        address(out, a, length, ports);
        if (range && compare(a, max, length) != 0) {
            out.append('-');
            address(out, max, length, ports);
        }
    }

    private static void address(StringBuilder out, AttributeView a, int length, boolean brackets) {
        if (length == 4) {
            Digits.ipv4(out, a.buffer(), a.offset());
            return;
        }
        out.append(brackets ? "[" : "");
        Digits.ipv6(out, a.buffer(), a.offset());
        out.append(brackets ? "]" : "");
    }

    /** What Open vSwitch prints instead of a translation that cannot be; null if it can. */
    private String natProblem(boolean src, boolean dst, int length) {
        boolean hasMin = a.last(3);
        boolean sized =
                a.readable()
                        && (!hasMin || length >= 4 && length <= 16)
                        && (!a.last(4) || a.length() >= 4 && a.length() <= 16)
                        && (!a.last(5) || a.length() == 2)
                        && (!a.last(6) || a.length() == 2);
        if (!sized) {
            return "nat(error: nl_parse_nested() failed.)";
        }
        boolean options =
                hasMin || a.last(4) || a.last(5) || a.last(6) || a.last(7) || a.last(8)
                        || a.last(9);
        if (!src && !dst && options) {
            return "nat(error: options allowed only with \"src\" or \"dst\")";
        }
        if (src && dst) {
            return "nat(error: Only one of \"src\" or \"dst\" may be present.)";
        }
        if (!hasMin && a.last(5)) {
            return "nat(error: proto but no IP.)";
        }
        if (!hasMin && a.last(4) || !a.last(5) && a.last(6)) {
            return "nat(error: range max without min.)";
        }
        if (hasMin && (length != 4 && length != 16 || a.last(4) && a.length() != length)) {
            return "nat(error: IP address sizes do not match)";
        }
        return ranged(length) ? null : "nat(range error)";
    }

    private boolean ranged(int length) {
        int protoMin = a.last(5) ? a.u16(0) : 0;
        int protoMax = a.last(6) ? a.u16(0) : 0;
        max.again(a);
        boolean addresses =
                length == 0
                        || !max.last(4)
                        || max.all(0)
                        || !a.last(3)
                        || compare(a, max, length) <= 0;
        return addresses && (protoMax == 0 || protoMin <= protoMax);
    }

    /** Compares addresses as unsigned numbers. */
    private static int compare(AttributeView a, AttributeView b, int length) {
        for (int i = 0; i < length; i += 4) {
            int order =
                    Integer.compareUnsigned(
                            AttributeReader.be32(a.buffer(), a.offset() + i),
                            AttributeReader.be32(b.buffer(), b.offset() + i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
