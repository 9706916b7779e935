package io.odp4j.datapath.netlink;

import java.util.List;

/**
 * What the kernel demands of an attribute: the attributes {@code NL_POLICY_TYPE_ATTR_*} of {@code
 * linux/netlink.h}, as an error's NLMSGERR_ATTR_POLICY carries them.
 *
 * @param type {@code enum netlink_attribute_type}; 0 if it was not said
 * @param min least value, signed or unsigned as the type is; null if unbounded
 * @param max greatest value; null if unbounded
 * @param minLength least bytes of the payload, or -1
 * @param maxLength most bytes of the payload, or -1
 * @param mask bits that may be set; null if all
 */
public record AttributePolicy(
        int type, Long min, Long max, int minLength, int maxLength, Long mask) {
    private static final int TYPE = 1;
    private static final int MIN_VALUE_S = 2;
    private static final int MAX_VALUE_S = 3;
    private static final int MIN_VALUE_U = 4;
    private static final int MAX_VALUE_U = 5;
    private static final int MIN_LENGTH = 6;
    private static final int MAX_LENGTH = 7;
    private static final int BITFIELD32_MASK = 10;
    private static final int MASK = 12;

    // enum netlink_attribute_type
    private static final List<String> TYPES =
            List.of(
                    "invalid",
                    "flag",
                    "u8",
                    "u16",
                    "u32",
                    "u64",
                    "s8",
                    "s16",
                    "s32",
                    "s64",
                    "binary",
                    "string",
                    "nul-string",
                    "nested",
                    "nested-array",
                    "bitfield32",
                    "sint",
                    "uint");
    private static final int S8 = 6;
    private static final int S64 = 9;
    private static final int SINT = 16;

    static AttributePolicy decode(AttributeReader outer) {
        int type = 0;
        Long min = null;
        Long max = null;
        int minLength = -1;
        int maxLength = -1;
        Long mask = null;
        AttributeReader a = new AttributeReader().wrapNested(outer);
        while (a.next()) {
            switch (a.type()) {
                case TYPE -> type = a.u32();
                case MIN_VALUE_S, MIN_VALUE_U -> min = a.u64();
                case MAX_VALUE_S, MAX_VALUE_U -> max = a.u64();
                case MIN_LENGTH -> minLength = a.u32();
                case MAX_LENGTH -> maxLength = a.u32();
                case BITFIELD32_MASK -> mask = a.u32() & 0xffffffffL;
                case MASK -> mask = a.u64();
                default -> {
                    // Padding, or where the policy of a nest stands in a dump of policies.
                }
            }
        }
        return new AttributePolicy(type, min, max, minLength, maxLength, mask);
    }

    /** In words: {@code u32 from 1 to 255}, {@code nul-string of at most 15 bytes}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(type >= 0 && type < TYPES.size() ? TYPES.get(type) : "type " + type);
        range(text, " from ", min == null ? null : number(min), max == null ? null : number(max));
        if (minLength >= 0 || maxLength >= 0) {
            range(
                    text,
                    " of ",
                    minLength < 0 ? null : "" + minLength,
                    maxLength < 0 ? null : "" + maxLength);
            text.append(" bytes");
        }
        if (mask != null) {
            text.append(" within 0x").append(Long.toHexString(mask));
        }
        return text.toString();
    }

    private static void range(StringBuilder text, String word, String least, String most) {
        if (least != null && most != null) {
            text.append(word).append(least).append(" to ").append(most);
        } else if (least != null) {
            text.append(" of at least ").append(least);
        } else if (most != null) {
            text.append(" of at most ").append(most);
        }
    }

    private String number(long value) {
        boolean signed = type >= S8 && type <= S64 || type == SINT;
        return signed ? Long.toString(value) : Long.toUnsignedString(value);
    }
}
