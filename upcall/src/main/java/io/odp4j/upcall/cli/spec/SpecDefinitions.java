package io.odp4j.upcall.cli.spec;

import io.odp4j.datapath.netlink.table.AttributeType;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The constants, enumerations, flag words and structures of a specification. */
final class SpecDefinitions {
    private static final int BITS = 64;

    private final Map<String, SpecNode> byName = new HashMap<>();
    private final Map<String, StructLayout> structs = new HashMap<>();
    private final Set<String> begun = new HashSet<>();

    SpecDefinitions(SpecNode root) {
        for (SpecNode each : root.nodes("definitions")) {
            byName.put(each.text("name"), each);
        }
    }

    private SpecNode find(SpecNode user, String name, String... types) {
        SpecNode found = byName.get(name);
        if (found == null || !List.of(types).contains(found.text("type"))) {
            throw user.wrong("no definition of '" + name + "' as " + String.join(" or ", types));
        }
        return found;
    }

    /** Names of an attribute's or a field's values; null if it has none. */
    ValueNames values(SpecNode user) {
        String name = user.text("enum", null);
        if (name == null) {
            return null;
        }
        SpecNode found = find(user, name, "enum", "flags");
        boolean flags =
                found.text("type").equals("flags")
                        || "true".equals(user.text("enum-as-flags", "false"));
        List<Object> pairs = new ArrayList<>();
        long next = found.number("value-start", 0);
        for (SpecNode entry : found.nodes("entries")) {
            long value = entry.number("value", next);
            next = value + 1;
            if (flags && (value < 0 || value >= BITS)) {
                throw entry.wrong("there is no bit " + value);
            }
            pairs.add(flags ? 1L << value : value);
            pairs.add(SpecTypes.fieldName(entry.text("name")));
        }
        return flags
                ? ValueNames.flags("", pairs.toArray())
                : ValueNames.enumeration("", pairs.toArray());
    }

    /** A number, or the constant of that name. */
    int length(SpecNode user, String key) {
        String text = user.text(key);
        SpecNode constant = byName.get(text);
        long length = constant == null ? user.number(key, 0) : constant.number("value", -1);
        if (length < 0 || length > 0xffff) {
            throw user.wrong("'" + key + "' is no length: " + text);
        }
        return (int) length;
    }

    /** The structure of that name. */
    StructLayout struct(SpecNode user, String name) {
        StructLayout known = structs.get(name);
        if (known == null) {
            if (!begun.add(name)) {
                throw user.wrong("a structure cannot hold itself");
            }
            known = build(find(user, name, "struct"));
            structs.put(name, known);
        }
        return known;
    }

    private StructLayout build(SpecNode struct) {
        StructLayout.Builder builder =
                StructLayout.struct(SpecTypes.fieldName(struct.text("name")));
        for (SpecNode member : struct.nodes("members")) {
            String name = SpecTypes.fieldName(member.text("name"));
            AttributeType number = SpecTypes.number(member);
            if (number != null && number.size() > 0) {
                add(builder, name, number, member);
                continue;
            }
            switch (member.text("type")) {
                case "pad" -> builder.skip(length(member, "len"));
                case "binary", "string" -> {
                    int length =
                            member.has("struct")
                                    ? struct(member, member.text("struct")).size()
                                    : length(member, "len");
                    builder.bytes(name, length, SpecTypes.display(member));
                }
                case "bitfield32" -> builder.bytes(name, 8, Display.HEX);
                default ->
                        throw member.wrong(
                                "a structure cannot hold a field of type " + member.text("type"));
            }
        }
        return builder.build();
    }

    private void add(
            StructLayout.Builder builder, String name, AttributeType number, SpecNode member) {
        ValueNames values = values(member);
        if (values == null) {
            builder.number(name, number, SpecTypes.display(member));
        } else {
            builder.number(name, number, values);
        }
    }
}
