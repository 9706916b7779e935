package io.odp4j.upcall.cli.spec;

import io.odp4j.datapath.netlink.table.AttributeChoice;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.AttributeType;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.ValueNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The attribute sets of a specification, as tables. */
final class SpecSets {
    private final SpecDefinitions definitions;
    private final Map<String, SpecNode> sets = new HashMap<>();
    private final Map<String, SpecNode> messages = new HashMap<>();
    private final Map<String, AttributeTable> tables = new HashMap<>();
    private final Set<String> begun = new HashSet<>();

    SpecSets(SpecNode root, SpecDefinitions definitions) {
        this.definitions = definitions;
        for (SpecNode set : root.nodes("attribute-sets")) {
            sets.put(set.text("name"), set);
        }
        for (SpecNode message : root.nodes("sub-messages")) {
            messages.put(message.text("name"), message);
        }
        sets.forEach((name, set) -> table(set, name)); // what is wrong is to be told now
    }

    /** The table of a set. */
    AttributeTable table(SpecNode user, String name) {
        AttributeTable known = tables.get(name);
        if (known != null) {
            return known;
        }
        SpecNode set = sets.get(name);
        if (set == null) {
            throw user.wrong("no attribute set '" + name + "'");
        }
        if (!begun.add(name)) {
            throw set.wrong("a set cannot be a subset of itself");
        }
        String parent = set.text("subset-of", null);
        AttributeTable table = parent == null ? build(set) : table(set, parent);
        tables.put(name, table);
        return table;
    }

    private AttributeTable build(SpecNode set) {
        AttributeTable.Builder builder =
                AttributeTable.named(SpecTypes.fieldName(set.text("name")), "");
        long next = 1;
        for (SpecNode attribute : set.nodes("attributes")) {
            long value = attribute.number("value", next);
            next = value + 1;
            try {
                add(builder, (int) value, attribute);
            } catch (IllegalStateException e) {
                throw attribute.wrong(e.getMessage());
            }
        }
        return builder.build();
    }

    private void add(AttributeTable.Builder b, int number, SpecNode a) {
        String type = a.text("type", "unused");
        if (!type.equals("unused")) {
            add(b, number, SpecTypes.name(a), type, a);
        }
    }

    private AttributeSpec add(
            AttributeTable.Builder b, int number, String name, String type, SpecNode a) {
        String doc = SpecTypes.doc(a);
        AttributeType numeric = SpecTypes.number(a);
        if (numeric != null) {
            ValueNames values = definitions.values(a);
            return values == null
                    ? b.add(number, name, numeric, SpecTypes.display(a), doc)
                    : b.add(number, name, numeric, values, doc);
        }
        return switch (type) {
            case "pad" -> b.add(number, name, AttributeType.PAD, doc);
            case "flag" -> b.add(number, name, AttributeType.FLAG, doc);
            case "string" -> b.add(number, name, AttributeType.STRING, doc);
            case "bitfield32" -> b.add(number, name, AttributeType.BITFIELD32, Display.HEX, doc);
            case "binary" -> binary(b, number, name, a, doc);
            case "nest" -> b.nested(number, name, nested(a), doc);
            case "indexed-array", "array-nest" ->
                    b.indexed(number, name, indexed(name, element(a)), doc);
            case "nest-type-value" -> {
                List<String> levels = a.words("type-value");
                Supplier<AttributeTable> inner = nested(a);
                for (int i = 0; i < levels.size(); i++) {
                    inner = indexed(name, nest(inner));
                }
                yield levels.isEmpty()
                        ? b.nested(number, name, inner, doc)
                        : b.indexed(number, name, inner, doc);
            }
            case "sub-message" -> b.chosen(number, name, choice(a), doc);
            default -> throw a.wrong("no attribute type '" + type + "'");
        };
    }

    private AttributeSpec binary(
            AttributeTable.Builder b, int number, String name, SpecNode a, String doc) {
        if (a.has("struct")) {
            return b.struct(number, name, definitions.struct(a, a.text("struct")), doc);
        }
        return switch (a.text("sub-type", "")) {
            case "u32", "s32" -> b.add(number, name, AttributeType.U32_ARRAY, doc);
            case "u64", "s64" -> b.add(number, name, AttributeType.U64_ARRAY, doc);
            default -> b.add(number, name, AttributeType.BINARY, SpecTypes.display(a), doc);
        };
    }

    private Supplier<AttributeTable> nested(SpecNode a) {
        String name = a.text("nested-attributes");
        if (!sets.containsKey(name)) {
            throw a.wrong("no attribute set '" + name + "'");
        }
        return () -> table(a, name); // sets may nest in themselves
    }

    private static Supplier<AttributeTable> indexed(String name, AttributeSpec element) {
        AttributeTable table = AttributeTable.indexed(SpecTypes.fieldName(name), element);
        return () -> table;
    }

    private static AttributeSpec nest(Supplier<AttributeTable> table) {
        return AttributeTable.named("elements", "").nested(1, "ELEMENT", table, "An element.");
    }

    private AttributeSpec element(SpecNode a) {
        String type = a.text("sub-type", "nest");
        if (type.equals("nest")) {
            return nest(nested(a));
        }
        AttributeType number = SpecTypes.number(SpecNode.element(a, type));
        return AttributeTable.named("elements", "")
                .add(
                        1,
                        "ELEMENT",
                        number == null ? AttributeType.BINARY : number,
                        SpecTypes.display(a),
                        "An element.");
    }

    private AttributeChoice choice(SpecNode a) {
        String name = a.text("sub-message");
        SpecNode message = messages.get(name);
        if (message == null) {
            throw a.wrong("no sub-message '" + name + "'");
        }
        AttributeChoice choice = AttributeChoice.by(SpecTypes.fieldName(a.text("selector")));
        for (SpecNode format : message.nodes("formats")) {
            String set = format.text("attribute-set", null);
            if (set != null || format.has("fixed-header")) {
                List<AttributeTable> once = new ArrayList<>(1);
                choice.table(
                        format.text("value"),
                        () -> {
                            if (once.isEmpty()) {
                                once.add(message(format, set, null));
                            }
                            return once.get(0);
                        });
            }
        }
        return choice;
    }

    /**
     * What a message holds.
     *
     * @param set name of the attribute set, or null for a structure alone
     * @param usual name of the structure before the attributes unless the node names another
     */
    AttributeTable message(SpecNode node, String set, String usual) {
        AttributeTable table =
                set == null ? AttributeTable.named("none", "").build() : table(node, set);
        String header = node.text("fixed-header", usual);
        return header == null
                ? table
                : table.withHeader(
                        table.name() + "_" + SpecTypes.fieldName(header),
                        definitions.struct(node, header));
    }
}
