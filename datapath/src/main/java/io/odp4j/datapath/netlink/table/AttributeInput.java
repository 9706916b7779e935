package io.odp4j.datapath.netlink.table;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Attributes from what a person writes: {@code linkinfo.kind=vxlan}, {@code linkinfo.data.id=5},
 * {@code group[0].id=1}, or the JSON that {@link AttributeJson} writes. What is wrong is said in an
 * {@link IllegalArgumentException} that names the field.
 */
public final class AttributeInput {
    private AttributeInput() {}

    /**
     * Sets one field.
     *
     * @param path names with points between; {@code [n]} picks an element; a name that is no
     *     attribute's is a field's of the structure before the attributes
     * @param value in the form that text shows, or JSON for what has parts
     */
    public static void set(AttributeList list, String path, String value) {
        try {
            boolean json = value.startsWith("{") || value.startsWith("[");
            assign(list, path, json ? JsonTree.parse(value) : value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
        }
    }

    /** Reads a whole object. */
    public static AttributeList read(AttributeTable table, String json) {
        AttributeList list = new AttributeList(table);
        fill(list, JsonTree.parse(json));
        return list;
    }

    private static void assign(AttributeList list, String path, Object value) {
        int point = path.indexOf('.');
        String head = point < 0 ? path : path.substring(0, point);
        String rest = point < 0 ? null : path.substring(point + 1);
        int bracket = head.indexOf('[');
        int index = bracket < 0 ? -1 : Integer.parseInt(head, bracket + 1, head.length() - 1, 10);
        String name = bracket < 0 ? head : head.substring(0, bracket);
        AttributeSpec spec = list.table().spec(name).orElse(null);
        if (spec == null) {
            assignHeader(
                    list, name.equals(AttributeJson.HEADER) && rest != null ? rest : name, value);
        } else if (rest == null && index < 0) {
            list.put(spec, value(list, spec, value));
        } else {
            assignWithin(list, spec, index, rest, value);
        }
    }

    private static void assignHeader(AttributeList list, String field, Object value) {
        StructValue header = list.header();
        if (header == null || header.layout().field(field).isEmpty()) {
            throw new IllegalArgumentException("no such field in " + list.table().name());
        }
        list.header(with(header, field, value));
    }

    private static void assignWithin(
            AttributeList list, AttributeSpec spec, int index, String rest, Object value) {
        Object old = list.find(spec).map(Attribute::value).orElse(null);
        switch (spec.type()) {
            case STRUCT -> {
                StructValue struct =
                        old == null ? StructValue.zero(spec.struct()) : (StructValue) old;
                list.replace(spec, with(struct, rest, value));
            }
            case STRUCT_ARRAY, RECORDS -> {
                List<Object> all = new ArrayList<>(old == null ? List.of() : (List<?>) old);
                while (all.size() <= index) {
                    all.add(
                            spec.type() == AttributeType.RECORDS
                                    ? new AttributeList(spec.nested().get())
                                    : StructValue.zero(spec.struct()));
                }
                if (all.get(index) instanceof StructValue struct) {
                    all.set(index, with(struct, rest, value));
                } else {
                    assign((AttributeList) all.get(index), rest, value);
                }
                list.replace(spec, all);
            }
            case INDEXED -> {
                AttributeList nest =
                        old == null ? new AttributeList(spec.nested().get()) : (AttributeList) old;
                AttributeSpec element = nest.table().element();
                if (rest == null) {
                    nest.putElement(index, value(nest, element, value));
                } else {
                    AttributeList inner = new AttributeList(element.nested().get());
                    assign(inner, rest, value);
                    nest.putElement(index, inner);
                }
                list.replace(spec, nest);
            }
            case NESTED, CHOSEN -> {
                AttributeList nest =
                        old instanceof AttributeList before
                                ? before
                                : new AttributeList(nestOf(list, spec));
                assign(nest, rest, value);
                list.replace(spec, nest);
            }
            default -> throw new IllegalArgumentException(spec.fieldName() + " has no parts");
        }
    }

    private static AttributeTable nestOf(AttributeList list, AttributeSpec spec) {
        if (spec.choice() == null) {
            return spec.nested().get();
        }
        AttributeTable chosen = spec.choice().choose(list);
        if (chosen == null) {
            throw new IllegalArgumentException(
                    "set "
                            + spec.choice().selector()
                            + " first, to one of "
                            + String.join(", ", spec.choice().tables().keySet()));
        }
        return chosen;
    }

    private static StructValue with(StructValue struct, String field, Object value) {
        StructLayout.Field f =
                struct.layout()
                        .field(String.valueOf(field))
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "no field of " + struct.layout().name()));
        String text = String.valueOf(value);
        return f.type() == AttributeType.BINARY
                ? struct.with(field, ValueParser.bytes(text, f.display()))
                : struct.with(field, ValueParser.number(text, f.type(), f.display(), f.values()));
    }

    private static Object value(AttributeList list, AttributeSpec spec, Object value) {
        if (value instanceof Map<?, ?> && spec.struct() != null) {
            return struct(spec.struct(), value);
        }
        if (value instanceof List<?> several) {
            return switch (spec.type()) {
                case STRUCT_ARRAY -> several.stream().map(v -> struct(spec.struct(), v)).toList();
                case RECORDS -> several.stream().map(v -> nest(spec.nested().get(), v)).toList();
                case U32_ARRAY, U64_ARRAY ->
                        ValueParser.numbers(
                                spec.type(), several.stream().map(String::valueOf).toList());
                default -> nest(nestOf(list, spec), value);
            };
        }
        boolean nest = spec.type().isNest() || spec.type() == AttributeType.CHOSEN;
        if (nest && value instanceof Map<?, ?>) {
            return nest(nestOf(list, spec), value);
        }
        return ValueParser.value(spec, String.valueOf(value));
    }

    private static StructValue struct(StructLayout layout, Object value) {
        StructValue struct = StructValue.zero(layout);
        for (Map.Entry<?, ?> field : map(value).entrySet()) {
            struct = with(struct, String.valueOf(field.getKey()), field.getValue());
        }
        return struct;
    }

    private static AttributeList nest(AttributeTable table, Object value) {
        AttributeList nest = new AttributeList(table);
        fill(nest, value);
        return nest;
    }

    private static Map<?, ?> map(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("an object is needed, not " + value);
    }

    private static void fill(AttributeList list, Object value) {
        if (value instanceof List<?> elements) {
            int number = 0;
            for (Object element : elements) {
                AttributeSpec spec = list.table().element();
                if (spec != null) {
                    list.putElement(number++, value(list, spec, element));
                } else {
                    fill(list, element);
                }
            }
            return;
        }
        Map<?, ?> fields = map(value);
        fields.forEach((name, v) -> field(list, String.valueOf(name), v, false));
        // Last, when it is known what chooses.
        fields.forEach((name, v) -> field(list, String.valueOf(name), v, true));
    }

    private static void field(AttributeList list, String name, Object value, boolean chosen) {
        AttributeSpec spec = list.table().spec(name).orElse(null);
        if (chosen != (spec != null && spec.type() == AttributeType.CHOSEN)) {
            return;
        }
        if (spec == null && name.equals(AttributeJson.HEADER) && list.header() != null) {
            list.header(struct(list.table().header(), value));
        } else if (spec == null && name.matches("attr\\d+")) {
            byte[] bytes = HexFormat.of().parseHex(String.valueOf(value));
            list.add(new Attribute(null, Integer.parseInt(name.substring(4)), 0, bytes));
        } else if (spec == null) {
            throw new IllegalArgumentException(name + ": no such field in " + list.table().name());
        } else if (value instanceof List<?> several && isRepeated(spec)) {
            several.forEach(v -> list.put(spec, value(list, spec, v)));
        } else {
            list.put(spec, value(list, spec, value));
        }
    }

    /** Whether an array means the attribute several times, and not one that holds an array. */
    private static boolean isRepeated(AttributeSpec spec) {
        return switch (spec.type()) {
            case STRUCT_ARRAY, RECORDS, INDEXED, U32_ARRAY, U64_ARRAY -> false;
            case NESTED -> !spec.nested().get().isOrdered();
            default -> true;
        };
    }
}
