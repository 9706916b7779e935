package io.odp4j.upcall.cli.spec;

import io.odp4j.datapath.netlink.table.AttributeType;
import io.odp4j.datapath.netlink.table.Display;
import java.util.Locale;
import java.util.Map;

/** The specifications' words for types, byte orders and displays. */
final class SpecTypes {
    private static final Map<String, AttributeType> NUMBERS =
            Map.of(
                    "u8", AttributeType.U8,
                    "u16", AttributeType.U16,
                    "u32", AttributeType.U32,
                    "u64", AttributeType.U64,
                    "s8", AttributeType.S8,
                    "s16", AttributeType.S16,
                    "s32", AttributeType.S32,
                    "s64", AttributeType.S64,
                    "uint", AttributeType.UINT,
                    "sint", AttributeType.SINT);

    private static final Map<AttributeType, AttributeType> BIG_ENDIAN =
            Map.of(
                    AttributeType.U16, AttributeType.BE16,
                    AttributeType.U32, AttributeType.BE32,
                    AttributeType.U64, AttributeType.BE64);

    private static final Map<String, Display> DISPLAYS =
            Map.of(
                    "hex", Display.HEX,
                    "mac", Display.MAC,
                    "ipv4", Display.IPV4,
                    "ipv6", Display.IPV6,
                    "ipv4-or-v6", Display.IP,
                    "uuid", Display.UUID);

    private SpecTypes() {}

    /** The number type of an attribute or field; null if it is no number. */
    static AttributeType number(SpecNode node) {
        AttributeType type = NUMBERS.get(node.text("type"));
        boolean big = "big-endian".equals(node.text("byte-order", null));
        return type != null && big ? BIG_ENDIAN.getOrDefault(type, type) : type;
    }

    static Display display(SpecNode node) {
        return DISPLAYS.getOrDefault(node.text("display-hint", ""), Display.PLAIN);
    }

    /** A name as the tables have it: {@code LOCAL_V4} for {@code local-v4}. */
    static String name(SpecNode node) {
        return node.text("name").replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** A name as fields of structures have it: {@code ifi_flags} for {@code ifi-flags}. */
    static String fieldName(String name) {
        return name.replace('-', '_').toLowerCase(Locale.ROOT);
    }

    /** The first sentence of the documentation, or nothing. */
    static String doc(SpecNode node) {
        return node.text("doc", "").replaceAll("\\s+", " ");
    }
}
