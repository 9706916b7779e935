package io.odp4j.upcall.cli.nl;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.AttributeType;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The fields of an operation, as its table declares them, for the help text. */
final class FieldHelp {
    private static final int NAME = 26;
    private static final int DEEPEST = 2;

    private FieldHelp() {}

    static String[] of(AttributeTable table) {
        List<String> lines = new ArrayList<>();
        lines.add("%nFields:%n");
        if (table.header() != null) {
            for (StructLayout.Field field : table.header().fields()) {
                lines.add(line(0, field.name(), field.type(), "", field.values()));
            }
        }
        add(lines, table, 0);
        return lines.stream().map(l -> l.replaceAll("%(?!n)", "%%")).toArray(String[]::new);
    }

    private static void add(List<String> lines, AttributeTable table, int depth) {
        if (table.element() != null) {
            return;
        }
        for (AttributeSpec spec : table.specs()) {
            if (spec.type() == AttributeType.PAD) {
                continue;
            }
            lines.add(line(depth, spec.fieldName(), spec.type(), spec.doc(), spec.values()));
            if (spec.struct() != null) {
                for (StructLayout.Field field : spec.struct().fields()) {
                    lines.add(line(depth + 1, field.name(), field.type(), "", field.values()));
                }
            }
            if (spec.type() == AttributeType.CHOSEN) {
                lines.add(
                        " ".repeat(2 * depth + 6)
                                + "by "
                                + spec.choice().selector()
                                + ": "
                                + String.join(", ", spec.choice().tables().keySet()));
            }
            if (spec.nested() != null
                    && depth < DEEPEST
                    && spec.nested().get() != table
                    && spec.nested().get().header() == null) {
                add(lines, spec.nested().get(), depth + 1);
            }
        }
    }

    private static String line(
            int depth, String name, AttributeType type, String doc, ValueNames values) {
        String indented = " ".repeat(2 * depth + 2) + name;
        String kind = type.name().toLowerCase(Locale.ROOT);
        String text =
                indented
                        + " ".repeat(Math.max(1, NAME - indented.length()))
                        + kind
                        + " ".repeat(Math.max(1, 9 - kind.length()))
                        + doc;
        return values == null
                ? text
                : text + " " + String.join(values.isFlags() ? "|" : ", ", values.names().values());
    }
}
