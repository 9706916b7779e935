package io.odp4j.datapath.netlink.table;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Attribute tables as a Markdown reference: each table once, nested ones behind the one that has
 * them.
 */
public final class TableReference {
    private TableReference() {}

    /** A table, and every table that nests in it, in the order in which they are met. */
    public static List<AttributeTable> withNested(List<AttributeTable> roots) {
        Map<String, AttributeTable> all = new LinkedHashMap<>();
        Deque<AttributeTable> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            AttributeTable table = open.removeFirst();
            AttributeTable before = all.putIfAbsent(table.name(), table);
            if (before != null && before != table) {
                throw new IllegalArgumentException("two tables are called " + table.name());
            }
            if (before != null) {
                continue;
            }
            if (table.element() != null && table.element().nested() != null) {
                open.addLast(table.element().nested().get());
            }
            for (AttributeSpec spec : table.specs()) {
                if (spec.nested() != null) {
                    open.addLast(spec.nested().get());
                }
                if (spec.choice() != null) {
                    spec.choice().tables().values().forEach(t -> open.addLast(t.get()));
                }
            }
        }
        return List.copyOf(all.values());
    }

    /** One table as a section. */
    public static String section(AttributeTable table) {
        StringBuilder text = new StringBuilder("### " + table.name() + "\n");
        if (table.element() != null) {
            return text.append("A list: each element is ")
                    .append(type(table.element()))
                    .append(", its number an index.\n")
                    .toString();
        }
        text.append("C constants start with `").append(table.prefix()).append("`.");
        if (table.header() != null) {
            text.append(" Before the attributes: ").append(struct(table.header())).append('.');
        }
        text.append("\n\n");
        text.append("| number | name | JSON field | type | meaning |\n|---|---|---|---|---|\n");
        for (AttributeSpec spec : table.specs()) {
            text.append("| ")
                    .append(spec.number())
                    .append(" | ")
                    .append(spec.name())
                    .append(" | `")
                    .append(spec.fieldName())
                    .append("` | ")
                    .append(type(spec))
                    .append(" | ")
                    .append(spec.doc())
                    .append(values(spec.values()))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String type(AttributeSpec spec) {
        String name = spec.type().name().toLowerCase(Locale.ROOT);
        String shown =
                spec.display() == Display.PLAIN
                        ? ""
                        : ", shown as " + spec.display().name().toLowerCase(Locale.ROOT);
        if (spec.nested() != null) {
            return name + " " + link(spec.nested().get());
        }
        if (spec.choice() != null) {
            StringJoiner tables = new StringJoiner(", ", "nested, by `", "");
            tables.add(spec.choice().selector() + "`");
            spec.choice().tables().forEach((value, t) -> tables.add(value + " " + link(t.get())));
            return tables.toString();
        }
        return spec.struct() == null ? name + shown : name + " " + struct(spec.struct());
    }

    private static String link(AttributeTable table) {
        return "[" + table.name() + "](#" + table.name() + ")";
    }

    private static String struct(StructLayout layout) {
        StringJoiner fields = new StringJoiner(", ", "`" + layout.name() + "` {", "}");
        for (StructLayout.Field field : layout.fields()) {
            String type = field.type().name().toLowerCase(Locale.ROOT);
            boolean bytes = field.type() == AttributeType.BINARY;
            String size = field.size() == StructLayout.REST ? "the rest" : field.size() + " bytes";
            fields.add(field.name() + " " + (bytes ? size : type));
        }
        return fields + ", " + layout.size() + " bytes";
    }

    private static String values(ValueNames values) {
        if (values == null) {
            return "";
        }
        StringJoiner text = new StringJoiner(", ", values.isFlags() ? " Bits: " : " Values: ", ".");
        values.names()
                .forEach(
                        (value, name) ->
                                text.add(
                                        (values.isFlags() ? "0x" + Long.toHexString(value) : value)
                                                + " "
                                                + name));
        return text.toString();
    }
}
