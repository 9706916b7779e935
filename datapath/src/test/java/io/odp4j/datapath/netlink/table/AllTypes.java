package io.odp4j.datapath.netlink.table;

import java.util.EnumMap;
import java.util.Map;

/** A table with an attribute of every type, plain and secret; it nests in itself. */
final class AllTypes {
    static final StructLayout STRUCT =
            StructLayout.struct("point")
                    .number("x", AttributeType.U32)
                    .number("y", AttributeType.BE16)
                    .skip(1)
                    .number("z", AttributeType.S8)
                    .bytes("mac", 6, Display.MAC)
                    .build();
    static final ValueNames NAMES = ValueNames.enumeration("COLOUR_", 1, "red", 2, "blue");
    static final ValueNames BITS = ValueNames.flags("F_", 4, "four", 1, "one", 2, "two");

    /** The number of the plain attribute of a type; its secret twin is 100 above. */
    static final int FIRST = 1;

    static final AttributeTable TABLE = build(Display.PLAIN);
    static final AttributeTable SECRET_TABLE = build(Display.SECRET);
    private static final AttributeTable INDEXED =
            AttributeTable.indexed(
                    "points",
                    AttributeTable.named("points", "").struct(1, "POINT", STRUCT, "A point."));

    private static final AttributeTable RECORD_TABLE =
            AttributeTable.named("record", "RECORD_")
                    .header(
                            StructLayout.struct("record")
                                    .skip(2)
                                    .number("colour", AttributeType.U16, NAMES)
                                    .build())
                    .build();

    private AllTypes() {}

    static AttributeSpec spec(AttributeType type) {
        return TABLE.spec(FIRST + type.ordinal());
    }

    static Map<AttributeType, AttributeSpec> secrets() {
        Map<AttributeType, AttributeSpec> secrets = new EnumMap<>(AttributeType.class);
        for (AttributeSpec spec : SECRET_TABLE.specs()) {
            if (spec.display() == Display.SECRET) {
                secrets.put(spec.type(), spec);
            }
        }
        return secrets;
    }

    private static AttributeTable build(Display display) {
        AttributeTable.Builder b = AttributeTable.named("all", "ALL_ATTR_");
        for (AttributeType type : AttributeType.values()) {
            int number = FIRST + type.ordinal();
            String name = "AN_" + type;
            switch (type) {
                case STRUCT -> b.struct(number, name, STRUCT, "One.");
                case STRUCT_ARRAY -> b.structArray(number, name, STRUCT, "Many.");
                case RECORDS -> b.records(number, name, () -> AllTypes.RECORD_TABLE, "Records.");
                case CHOSEN ->
                        b.chosen(
                                number,
                                name,
                                AttributeChoice.by("colour").table("red", () -> AllTypes.TABLE),
                                "All again, if red.");
                case NESTED -> b.nested(number, name, () -> AllTypes.TABLE, "All again.");
                case INDEXED -> b.indexed(number, name, () -> AllTypes.INDEXED, "Points.");
                default -> b.add(number, name, type, display, "A value.");
            }
        }
        b.add(60, "COLOUR", AttributeType.U8, NAMES, "A colour.");
        b.add(61, "BITS", AttributeType.U32, BITS, "Some bits.");
        return b.build();
    }
}
