package io.odp4j.flowcache.rule.field;

import io.odp4j.datapath.flow.EthernetAddress;

/** Values of fields as text that {@link ValueParser} reads. */
public final class ValueFormatter {
    private static final String[] FRAGMENTS = {"no", "first", "<error>", "later"};

    private ValueFormatter() {}

    /** {@code value} or {@code value/mask}. */
    public static String masked(RuleField field, WideValue value, WideValue mask) {
        boolean whole = mask.equals(field.ones());
        FlagNames flags = FlagNames.of(field.format());
        if (flags != null) {
            boolean set = whole && flags != FlagNames.TUNNEL;
            String named = set ? flags.format(value.low()) : flags.format(value.low(), mask.low());
            return named == null ? maskedHex(value, mask, whole) : named;
        }
        boolean address = field.format() == ValueFormat.IPV4 || field.format() == ValueFormat.IPV6;
        if (whole) {
            return one(field, value);
        }
        if (address) {
            int length = prefix(mask, field.bits());
            return one(field, value) + "/" + (length < 0 ? one(field, mask) : length);
        }
        if (field.format() == ValueFormat.MAC) {
            return one(field, value) + "/" + one(field, mask);
        }
        return maskedHex(value, mask, false);
    }

    private static String maskedHex(WideValue value, WideValue mask, boolean whole) {
        return whole ? hex(value) : hex(value) + "/" + hex(mask);
    }

    private static String hex(WideValue value) {
        return value.isZero() ? "0" : value.hex();
    }

    /** The length of a mask that is a prefix, or -1. */
    private static int prefix(WideValue mask, int bits) {
        int length = Long.bitCount(mask.high()) + Long.bitCount(mask.low());
        return mask.equals(WideValue.ones(bits - length, length)) ? length : -1;
    }

    /** A value alone. */
    public static String one(RuleField field, WideValue value) {
        return switch (field.format()) {
            case MAC -> EthernetAddress.format(value.low());
            case IPV4 -> ipv4(value.low());
            case IPV6 -> Ipv6Words.format(value);
            case PORT -> OpenFlowPort.text((int) value.low());
            case DECIMAL -> Long.toUnsignedString(value.low());
            default -> hex(value);
        };
    }

    public static String ipv4(long address) {
        return (address >> 24 & 255)
                + "."
                + (address >> 16 & 255)
                + "."
                + (address >> 8 & 255)
                + "."
                + (address & 255);
    }

    /** {@code nw_frag}: bit 0 says any fragment, bit 1 a later one. */
    public static String fragment(int value, int mask) {
        return switch (mask) {
            case 1 -> value == 0 ? "no" : "yes";
            case 2 -> value == 0 ? "not_later" : "later";
            default -> FRAGMENTS[value & 3];
        };
    }
}
