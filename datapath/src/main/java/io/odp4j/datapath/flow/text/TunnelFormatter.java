package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.TunnelAttributes;

/** What stands within {@code tunnel(…)}. */
final class TunnelFormatter {
    private static final int ERSPAN_LENGTH = 12;
    private static final int GENEVE_HEADER = 4;

    private final FieldFormatter fields;
    private final AttributeView key = new AttributeView();
    private final AttributeView mask = new AttributeView();
    private final AttributeView extension = new AttributeView();
    private final AttributeView extensionMask = new AttributeView();

    private StringBuilder out;
    private boolean verbose;
    private boolean complete;
    private int flags;
    private int flagsMask;

    TunnelFormatter(FieldFormatter fields) {
        this.fields = fields;
    }

    void format(
            StringBuilder text,
            AttributeView tunnel,
            AttributeView tunnelMask,
            boolean masked,
            FlowTextOptions options) {
        out = text;
        verbose = options.verbose();
        complete = options.complete();
        flags = 0;
        flagsMask = 0;
        for (key.wrap(tunnel); key.next(); ) {
            if (!masked) {
                mask.exact();
            } else if (!mask.wrap(tunnelMask).find(key.type())) {
                mask.wildcard(key.type(), key.length());
            }
            if (PayloadLengths.TUNNEL.check(out, key, mask, masked, true)) {
                attribute(masked);
            }
        }
        if (masked) {
            // A flag may be matched on although it is not set.
            for (mask.wrap(tunnelMask); mask.next(); ) {
                flagsMask |= flag(mask.type());
            }
        }
        flags(masked);
        fields.chomp();
    }

    private static int flag(int type) {
        return type == TunnelAttributes.DONT_FRAGMENT.number()
                ? FlagNames.TUNNEL_DF
                : type == TunnelAttributes.CSUM.number()
                        ? FlagNames.TUNNEL_CSUM
                        : type == TunnelAttributes.OAM.number() ? FlagNames.TUNNEL_OAM : 0;
    }

    private void flags(boolean masked) {
        if (masked && !verbose && flagsMask == 0) {
            return;
        }
        out.append("flags(");
        if (masked && complete && (flags & ~flagsMask) != 0) {
            FlagNames.formatNumbers(out, flags, flagsMask);
        } else if (masked) {
            FlagNames.TUNNEL.formatMasked(out, flags, flagsMask, FlagNames.ALL_TUNNEL_FLAGS);
        } else {
            FlagNames.TUNNEL.format(out, flags, '|');
        }
        out.append("),");
    }

    private void attribute(boolean masked) {
        switch (key.type()) {
            case 0 -> id(masked);
            case 1 -> fields.ipv4("src", key, mask, 0);
            case 2 -> fields.ipv4("dst", key, mask, 0);
            case 3 -> fields.u8x("tos", key, mask, 0);
            case 4 -> fields.u8("ttl", key, mask, 0);
            case 5, 6, 7 -> flags |= flag(key.type());
            case 8 -> geneve(masked);
            case 9 -> fields.be16("tp_src", key, mask, 0);
            case 10 -> fields.be16("tp_dst", key, mask, 0);
            case 11 -> vxlan(masked);
            case 12 -> fields.ipv6("ipv6_src", key, mask, 0);
            case 13 -> fields.ipv6("ipv6_dst", key, mask, 0);
            case 14 -> {
                // Alignment alone.
            }
            case 15 -> erspan(masked);
            case 16 -> number16(masked);
            default -> unknown(masked);
        }
    }

    private void unknown(boolean masked) {
        boolean shown = masked && !mask.all(-1);
        UnknownAttribute.format(out, "key", key, mask, shown, complete);
        out.append(',');
    }

    private void id(boolean masked) {
        long bits = mask.be64(0);
        flags |= FlagNames.TUNNEL_KEY;
        if (masked) {
            flagsMask |= FlagNames.TUNNEL_KEY;
        }
        // Open vSwitch's brief form leaves an id without a mask out.
        if (verbose || masked && bits != 0) {
            out.append("tun_id=0x");
            Digits.hex(out, key.be64(0));
            if (bits != -1) {
                out.append('/');
                Digits.alternateHex(out, bits);
            }
            out.append(',');
        }
    }

    private void vxlan(boolean masked) {
        out.append("vxlan(");
        for (extension.wrap(key); extension.next(); ) {
            if (!masked) {
                extensionMask.exact();
            } else if (!extensionMask.wrap(mask).find(extension.type())) {
                extensionMask.wildcard(extension.type(), extension.length());
            }
            if (!PayloadLengths.VXLAN.check(out, extension, extensionMask, masked, true)) {
                continue;
            }
            if (extension.type() == TunnelAttributes.VXLAN_GBP.number()) {
                int gbp = extension.u32(0);
                int gbpMask = extensionMask.u32(0);
                out.append("gbp(");
                fields.decimal("id", gbp & 0xffff, gbpMask & 0xffff, 0xffff);
                fields.hex("flags", gbp >>> 16 & 0xff, gbpMask >>> 16 & 0xff, 0xff);
                fields.chomp();
                out.append("),");
            } else {
                boolean shown = masked && !extensionMask.all(-1);
                UnknownAttribute.format(out, "key", extension, extensionMask, shown, complete);
                out.append(',');
            }
        }
        fields.chomp();
        out.append("),");
    }

    private void geneve(boolean masked) {
        out.append("geneve(");
        if (masked && mask.length() != key.length()) {
            out.append("value len ").append(key.length());
            out.append(" different from mask len ").append(mask.length());
        } else {
            geneveOptions(masked);
        }
        out.append("),");
    }

    private void geneveOptions(boolean masked) {
        int left = key.length();
        for (int at = 0; left > 0; ) {
            if (left < GENEVE_HEADER) {
                out.append("opt len ").append(left).append(" less than minimum 4");
                return;
            }
            int data = (key.u8(at + 3) & 0x1f) * 4;
            int total = GENEVE_HEADER + data;
            if (total > left) {
                out.append("opt len ").append(total);
                out.append(" greater than remaining ").append(left);
                return;
            }
            geneveOption(at, data, masked);
            at += total;
            left -= total;
        }
    }

    private void geneveOption(int at, int data, boolean masked) {
        int lengthMask = mask.u8(at + 3) & 0x1f;
        out.append('{');
        fields.hex("class", key.be16(at), mask.be16(at), 0xffff);
        fields.u8x("type", key, mask, at + 2);
        fields.decimal("len", data, lengthMask == 0x1f ? 0xff : lengthMask, 0xff);
        int from = at + GENEVE_HEADER;
        if (data > 0 && (verbose || !masked || !mask.all(0, from, data))) {
            Digits.number(out, key.buffer(), key.offset() + from, data);
            if (masked && !mask.all(-1, from, data)) {
                out.append('/');
                Digits.number(out, mask.buffer(), mask.offset() + from, data);
            }
        } else {
            fields.chomp();
        }
        out.append('}');
    }

    private void erspan(boolean masked) {
        if (key.length() < ERSPAN_LENGTH || masked && mask.length() < ERSPAN_LENGTH) {
            unknown(masked);
            return;
        }
        out.append("erspan(");
        int version = key.u32(0);
        fields.decimal("ver", version & 0xff, mask.u32(0) & 0xff, 0xff);
        if (version == 1) {
            out.append("idx=");
            Digits.alternateHex(out, key.be32(4) & 0xffffffffL);
            if (masked) {
                out.append('/');
                Digits.alternateHex(out, mask.be32(4) & 0xffffffffL);
            }
        } else if (version == 2) {
            int direction = key.u8(11) >>> 3 & 1;
            int hardwareId = key.u8(11) >>> 4;
            // Open vSwitch compares these narrow masks with a whole byte of ones.
            int full = masked ? 0xff : 0;
            fields.decimal("dir", direction, masked ? mask.u8(11) >>> 3 & 1 : 0xff, full);
            fields.hex("hwid", hardwareId, masked ? mask.u8(11) >>> 4 : 0xff, full);
        }
        fields.chomp();
        out.append("),");
    }

    /** The kernel's flag of bridge mode, or what Open vSwitch's userspace keeps of GTP-U. */
    private void number16(boolean masked) {
        if (key.length() == 2 && (!masked || mask.length() == 2)) {
            out.append("gtpu(");
            fields.u8x("flags", key, mask, 0);
            fields.u8("msgtype", key, mask, 1);
            fields.chomp();
            out.append("),");
        } else if (key.length() == 0) {
            out.append("ipv4_info_bridge,");
        } else {
            unknown(masked);
        }
    }
}
