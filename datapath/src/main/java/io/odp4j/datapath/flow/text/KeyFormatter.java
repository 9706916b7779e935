package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.KeyAttributes;

/** One key attribute with its mask: {@code ipv4(src=10.0.0.0/255.0.0.0,frag=no)}. */
final class KeyFormatter {
    static final int ENCAP = 1;
    static final int NSH = 28;

    private final FieldFormatter fields = new FieldFormatter();
    private final TunnelFormatter tunnel = new TunnelFormatter(fields);
    private final NshFormatter nsh = new NshFormatter();

    private StringBuilder out;
    private AttributeView key;
    private AttributeView mask;
    private boolean masked;
    private boolean exact;
    private FlowTextOptions options;

    NshFormatter nsh() {
        return nsh;
    }

    static String nameOf(int type) {
        return switch (type) {
            case 0 -> "unspec";
            case 1 -> "encap";
            case 2 -> "skb_priority";
            case 3 -> "in_port";
            case 4 -> "eth";
            case 5 -> "vlan";
            case 6 -> "eth_type";
            case 7 -> "ipv4";
            case 8 -> "ipv6";
            case 9 -> "tcp";
            case 10 -> "udp";
            case 11 -> "icmp";
            case 12 -> "icmpv6";
            case 13 -> "arp";
            case 14 -> "nd";
            case 15 -> "skb_mark";
            case 16 -> "tunnel";
            case 17 -> "sctp";
            case 18 -> "tcp_flags";
            case 19 -> "dp_hash";
            case 20 -> "recirc_id";
            case 21 -> "mpls";
            case 22 -> "ct_state";
            case 23 -> "ct_zone";
            case 24 -> "ct_mark";
            case 25 -> "ct_label";
            case 26 -> "ct_tuple4";
            case 27 -> "ct_tuple6";
            case 28 -> "nsh";
            case 29 -> "packet_type";
            case 30 -> "nd_ext";
            default -> null;
        };
    }

    /** Whether the mask of a key attribute has every significant bit set. */
    static boolean isExact(AttributeView mask) {
        return isConstant(mask, -1);
    }

    /** Whether the mask of a key attribute has no significant bit set. */
    static boolean isWildcard(AttributeView mask) {
        return isConstant(mask, 0);
    }

    private static boolean isConstant(AttributeView mask, int value) {
        return switch (mask.type()) {
            case 0, 1 -> false;
            case 8 ->
                    (mask.be32(32) & 0xfffff) == (value & 0xfffff)
                            && mask.all(value, 0, 32)
                            && mask.all(value, 36, 4);
            case 13 -> mask.all(value, 0, 22);
            case 18 -> (mask.be16(0) & 0xfff) == (value & 0xfff);
            case 26 -> mask.all(value, 0, 13);
            case 27 -> mask.all(value, 0, 37);
            default -> mask.type() <= 30 && mask.all(value);
        };
    }

    /** Whether an attribute is printed as raw bytes alone. */
    private boolean isRaw() {
        boolean extensionHeaders =
                key.type() == KeyAttributes.IPV6_EXTHDRS.number()
                        && options.complete()
                        && key.length() == 2
                        && (!masked || mask.length() == 2);
        return nameOf(key.type()) == null && !extensionHeaders;
    }

    /** Formats any attribute but ENCAP. Lengths must have been checked. */
    void format(
            StringBuilder text,
            AttributeView keyAttribute,
            AttributeView maskAttribute,
            boolean isMasked,
            FlowTextOptions how) {
        out = text;
        key = keyAttribute;
        mask = maskAttribute;
        masked = isMasked;
        options = how;
        exact = !masked || isExact(mask);
        fields.begin(out, how.verbose());
        if (isRaw() || how.complete() && isBrokenStack()) {
            boolean shown = masked && !(how.complete() && mask.all(-1));
            UnknownAttribute.format(out, "key", key, mask, shown, how.complete());
            return;
        }
        String name = nameOf(key.type());
        out.append(name == null ? "ipv6_exthdrs" : name).append('(');
        if (key.type() != KeyAttributes.MPLS.number() || mplsLengths()) {
            attribute();
            out.append(')');
        }
    }

    private void attribute() {
        switch (key.type()) {
            case 2, 15, 19, 20 -> word(key.u32(0), masked ? mask.u32(0) : -1);
            case 24 -> {
                if (options.verbose() || !maskEmpty()) {
                    word(key.u32(0), masked ? mask.u32(0) : -1);
                }
            }
            case 22 -> ctState();
            case 23 -> {
                if (options.verbose() || !maskEmpty()) {
                    word(key.u16(0), masked ? mask.u16(0) : -1);
                }
            }
            case 25 -> fields.u128(key, mask, masked);
            case 26 -> ctTuple4();
            case 27 -> ctTuple6();
            case 16 -> tunnel.format(out, key, mask, masked, options);
            case 3 -> inPort();
            case 29 -> packetType();
            case 4 -> {
                fields.ethernet("src", key, mask, 0);
                fields.ethernet("dst", key, mask, 6);
                fields.chomp();
            }
            case 5 -> fields.vlan(key.be16(0), mask.be16(0));
            case 21 -> mpls();
            case 6 -> ethType();
            case 7 -> ipv4();
            case 8 -> ipv6();
            case 9, 10, 17 -> {
                fields.be16("src", key, mask, 0);
                fields.be16("dst", key, mask, 2);
                fields.chomp();
            }
            case 18 -> tcpFlags();
            case 11, 12 -> {
                fields.u8("type", key, mask, 0);
                fields.u8("code", key, mask, 1);
                fields.chomp();
            }
            case 13 -> arp();
            case 14 -> {
                fields.ipv6("target", key, mask, 0);
                fields.ethernet("sll", key, mask, 16);
                fields.ethernet("tll", key, mask, 22);
                fields.chomp();
            }
            case 30 -> ndExtensions();
            case 28 -> nsh.key(out, key, mask, masked, options.complete());
            case 32 -> {
                fields.hex("hdrs", key.u16(0), mask.u16(0), 0xffff);
                fields.chomp();
            }
            default -> {
                Digits.bytes(out, key.buffer(), key.offset(), key.length(), ' ');
                if (!exact) {
                    out.append('/');
                    Digits.bytes(out, mask.buffer(), mask.offset(), mask.length(), ' ');
                }
            }
        }
    }

    /** Open vSwitch takes an absent mask for an empty one here. */
    private boolean maskEmpty() {
        return !masked || mask.all(0);
    }

    private void word(int value, int bits) {
        Digits.alternateHex(out, value & 0xffffffffL);
        if (!exact) {
            out.append('/');
            Digits.alternateHex(out, bits & 0xffffffffL);
        }
    }

    private void ctState() {
        if (options.verbose()) {
            word(key.u32(0), masked ? mask.u32(0) : -1);
        } else {
            FlagNames.CT_STATE.formatMasked(out, key.u32(0), exact ? -1 : mask.u32(0), -1);
        }
    }

    private void ctTuple4() {
        fields.ipv4("src", key, mask, 0);
        fields.ipv4("dst", key, mask, 4);
        fields.u8("proto", key, mask, 12);
        fields.be16("tp_src", key, mask, 8);
        fields.be16("tp_dst", key, mask, 10);
        fields.chomp();
    }

    private void ctTuple6() {
        fields.ipv6("src", key, mask, 0);
        fields.ipv6("dst", key, mask, 16);
        fields.u8("proto", key, mask, 36);
        fields.be16("src_port", key, mask, 32);
        fields.be16("dst_port", key, mask, 34);
        fields.chomp();
    }

    private void inPort() {
        int port = key.u32(0);
        String name = exact ? options.names().nameOf(port) : null;
        if (name != null) {
            out.append(name);
            return;
        }
        Digits.unsigned(out, port);
        if (!exact) {
            out.append('/');
            Digits.alternateHex(out, mask.u32(0) & 0xffffffffL);
        }
    }

    private void packetType() {
        fields.be16("ns", key, mask, 0);
        fields.hex("id", key.be16(2), mask.be16(2), 0xffff);
        fields.chomp();
    }

    private void ethType() {
        out.append("0x");
        Digits.hex(out, key.be16(0), 4);
        if (!exact) {
            out.append("/0x");
            Digits.hex(out, mask.be16(0), 4);
        }
    }

    private void ipv4() {
        fields.ipv4("src", key, mask, 0);
        fields.ipv4("dst", key, mask, 4);
        fields.u8("proto", key, mask, 8);
        fields.u8x("tos", key, mask, 9);
        fields.u8("ttl", key, mask, 10);
        fields.frag(key, mask, 11);
        fields.chomp();
    }

    private void ipv6() {
        fields.ipv6("src", key, mask, 0);
        fields.ipv6("dst", key, mask, 16);
        fields.hex("label", key.be32(32), mask.be32(32), 0xfffff);
        fields.u8("proto", key, mask, 36);
        fields.u8x("tclass", key, mask, 37);
        fields.u8("hlimit", key, mask, 38);
        fields.frag(key, mask, 39);
        fields.chomp();
    }

    private void tcpFlags() {
        int bits = exact ? FlagNames.ALL_TCP_FLAGS : mask.be16(0) & FlagNames.ALL_TCP_FLAGS;
        int flags = key.be16(0);
        if (options.complete() && (flags & ~bits) != 0) {
            FlagNames.formatNumbers(out, flags, bits);
        } else {
            FlagNames.TCP.formatMasked(out, flags, bits, FlagNames.ALL_TCP_FLAGS);
        }
    }

    private void arp() {
        fields.ipv4("sip", key, mask, 0);
        fields.ipv4("tip", key, mask, 4);
        fields.be16("op", key, mask, 8);
        fields.ethernet("sha", key, mask, 10);
        fields.ethernet("tha", key, mask, 16);
        fields.chomp();
    }

    private void ndExtensions() {
        if (options.complete()) {
            fields.hex("nd_reserved", key.be32(0), mask.be32(0), -1);
        } else {
            // Open vSwitch never shows this field's mask.
            out.append("nd_reserved=0x");
            Digits.hex(out, key.be32(0) & 0xffffffffL);
            out.append(',');
        }
        fields.u8("nd_options_type", key, mask, 4);
        fields.chomp();
    }

    /** Whether these are MPLS entries that no text can tell, such as a mask of another length. */
    private boolean isBrokenStack() {
        int size = key.length();
        return key.type() == KeyAttributes.MPLS.number()
                && (size == 0 || size % 4 != 0 || !exact && size != mask.length());
    }

    /** Whether the entries can be printed; if not, the text stays without its parenthesis. */
    private boolean mplsLengths() {
        int size = key.length();
        if (size == 0 || size % 4 != 0) {
            out.append("(bad key length ").append(size).append(')');
            return false;
        }
        if (!exact && size != mask.length()) {
            out.append("(key length ").append(size);
            out.append(" != mask length ").append(mask.length()).append(')');
            return false;
        }
        return true;
    }

    private void mpls() {
        for (int at = 0; at < key.length(); at += 4) {
            labelStackEntry(key.be32(at), exact ? -1 : mask.be32(at));
            out.append(',');
        }
        fields.chomp();
    }

    private void labelStackEntry(int lse, int bits) {
        if (exact) {
            labelStackEntry(out, lse);
            return;
        }
        out.append("label=").append(lse >>> 12).append("/0x");
        Digits.hex(out, bits >>> 12);
        out.append(",tc=").append(lse >>> 9 & 7).append('/');
        Digits.hex(out, bits >>> 9 & 7);
        out.append(",ttl=").append(lse & 0xff).append("/0x");
        Digits.hex(out, bits & 0xff);
        out.append(",bos=").append(lse >>> 8 & 1).append('/');
        Digits.hex(out, bits >>> 8 & 1);
    }

    static void labelStackEntry(StringBuilder out, int lse) {
        out.append("label=").append(lse >>> 12);
        out.append(",tc=").append(lse >>> 9 & 7);
        out.append(",ttl=").append(lse & 0xff);
        out.append(",bos=").append(lse >>> 8 & 1);
    }
}
