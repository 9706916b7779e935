package io.odp4j.datapath.netlink.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Kernel headers, read by themselves: enumerations, numeric and string definitions, and structures
 * of plain fields. An oracle that knows nothing of odp4j.
 */
public final class UapiHeader {
    /** One field of a structure: where it lies and what it is made of. */
    public record Field(String type, String name, int offset, int elementSize, int count) {
        public int size() {
            return elementSize * count;
        }
    }

    /** A structure's fields and its whole size. */
    public record Struct(List<Field> fields, int size) {}

    private static final Pattern DEFINE =
            Pattern.compile("(?m)^[ \\t]*#[ \\t]*define[ \\t]+(\\w+)[ \\t]+(.+?)[ \\t]*$");
    private static final Pattern ENUM = Pattern.compile("\\benum\\b\\s*\\w*\\s*\\{([^}]*)\\}");
    private static final Pattern STRUCT =
            Pattern.compile("\\bstruct\\s+(\\w+)\\s*\\{([^{}]*)\\}\\s*;");
    private static final Pattern FIELD =
            Pattern.compile("((?:struct\\s+)?\\w+)\\s+(\\w+)\\s*(?:\\[\\s*(\\w+)\\s*\\])?");
    private static final Pattern TOKEN = Pattern.compile("\\w+|<<|[-+|()]");

    /** Of headers that these include. */
    private static final Map<String, Long> INCLUDED = Map.of("ETH_ALEN", 6L);

    private static final Map<String, Integer> SIZES =
            Map.of(
                    "__u8", 1, "__u16", 2, "__be16", 2, "__u32", 4, "__be32", 4, "__s32", 4, "int",
                    4, "__u64", 8);

    private final Map<String, Long> numbers = new LinkedHashMap<>();
    private final Map<String, String> strings = new LinkedHashMap<>();
    private final Map<String, Struct> structs = new LinkedHashMap<>();
    private final List<Map<String, Long>> enums = new ArrayList<>();

    UapiHeader(Path include, List<String> files) throws IOException {
        for (String file : files) {
            read(Files.readString(include.resolve(file)));
        }
    }

    /** Constants that start so, without the prefix: NAME and number. */
    public Map<String, Long> withPrefix(String prefix) {
        return numbers.entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix))
                .collect(
                        Collectors.toMap(
                                e -> e.getKey().substring(prefix.length()), Map.Entry::getValue));
    }

    /** The constants of the enumeration that declares {@code name}; empty if none does. */
    public Map<String, Long> enumOf(String name) {
        return enums.stream().filter(e -> e.containsKey(name)).findFirst().orElse(Map.of());
    }

    /** A constant's value, or null. */
    public Long number(String name) {
        return numbers.get(name);
    }

    public String string(String name) {
        return strings.get(name);
    }

    /** A structure by its name, or null. */
    public Struct struct(String name) {
        return structs.get(name);
    }

    private void read(String source) {
        String text =
                source.replaceAll("(?s)/\\*.*?\\*/", " ")
                        .replaceAll("//[^\\n]*", " ")
                        .replaceAll("\\\\\\n", " ");
        Matcher define = DEFINE.matcher(text);
        while (define.find()) {
            String value = define.group(2);
            if (value.startsWith("\"")) {
                strings.put(define.group(1), value.substring(1, value.length() - 1));
            } else {
                put(define.group(1), value);
            }
        }
        String code = DEFINE.matcher(text).replaceAll(" ");
        Matcher enumeration = ENUM.matcher(code);
        while (enumeration.find()) {
            readEnum(enumeration.group(1));
        }
        Matcher struct = STRUCT.matcher(code);
        while (struct.find()) {
            readStruct(struct.group(1), struct.group(2));
        }
    }

    private void readEnum(String body) {
        long next = 0;
        Map<String, Long> members = new LinkedHashMap<>();
        enums.add(members);
        for (String entry : body.replaceAll("#[^\\n]*", " ").split(",")) {
            String[] parts = entry.trim().split("\\s*=\\s*", 2);
            if (parts[0].isEmpty()) {
                continue;
            }
            Long given = parts.length > 1 ? put(parts[0], parts[1]) : null;
            if (given != null) {
                next = given;
            }
            members.put(parts[0], next);
            numbers.put(parts[0], next++);
        }
    }

    private void readStruct(String name, String body) {
        List<Field> fields = new ArrayList<>();
        int offset = 0;
        int widest = 1;
        for (String declaration : body.split(";")) {
            String plain =
                    declaration
                            .replaceAll("unsigned\\s+char\\b", "__u8")
                            .replaceAll("unsigned\\s+short\\b", "__u16")
                            .replaceAll("unsigned(\\s+int\\b)?", "__u32");
            Matcher field = FIELD.matcher(plain.trim());
            if (declaration.isBlank()) {
                continue;
            }
            if (!field.matches()) {
                return;
            }
            String type = field.group(1).replaceAll("\\s+", " ");
            Struct inner = type.startsWith("struct ") ? structs.get(type.substring(7)) : null;
            Integer size = inner == null ? SIZES.get(type) : Integer.valueOf(inner.size());
            if (size == null) {
                return;
            }
            int alignment = inner == null ? size : 1;
            int count = field.group(3) == null ? 1 : evaluate(field.group(3)).intValue();
            offset = (offset + alignment - 1) / alignment * alignment;
            fields.add(new Field(type, field.group(2), offset, size, count));
            offset += size * count;
            widest = Math.max(widest, alignment);
        }
        structs.put(name, new Struct(fields, (offset + widest - 1) / widest * widest));
    }

    private Long put(String name, String expression) {
        Long value = evaluate(expression);
        if (value != null) {
            numbers.put(name, value);
        }
        return value;
    }

    /** Numbers, names, casts, shifts, sums and alternatives; null for anything else. */
    private Long evaluate(String expression) {
        String plain = expression.replaceAll("\\(\\s*__\\w+\\s*\\)", " ");
        if (!TOKEN.matcher(plain).replaceAll("").isBlank()) {
            return null;
        }
        List<String> tokens = TOKEN.matcher(plain).results().map(r -> r.group()).toList();
        try {
            return new Expression(tokens).alternative();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private final class Expression {
        private final List<String> tokens;
        private int at;

        Expression(List<String> tokens) {
            this.tokens = tokens;
        }

        private boolean take(String token) {
            boolean there = at < tokens.size() && tokens.get(at).equals(token);
            at += there ? 1 : 0;
            return there;
        }

        long alternative() {
            long value = shift();
            while (take("|")) {
                value |= shift();
            }
            return value;
        }

        private long shift() {
            long value = sum();
            while (take("<<")) {
                value <<= sum();
            }
            return value;
        }

        private long sum() {
            long value = atom();
            while (true) {
                if (take("+")) {
                    value += atom();
                } else if (take("-")) {
                    value -= atom();
                } else {
                    return value;
                }
            }
        }

        private long atom() {
            if (take("-")) {
                return -atom();
            }
            if (take("(")) {
                long value = alternative();
                if (!take(")")) {
                    throw new IllegalArgumentException();
                }
                return value;
            }
            String token = tokens.get(at++);
            if (Character.isDigit(token.charAt(0))) {
                return Long.decode(token.replaceAll("[uUlL]+$", ""));
            }
            Long value = numbers.getOrDefault(token, INCLUDED.get(token));
            if (value == null) {
                throw new IllegalArgumentException(token);
            }
            return value;
        }
    }
}
