package io.odp4j.upcall.cli.spec;

import io.odp4j.upcall.cli.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A mapping of a YAML document, with the way to it for messages: {@code
 * operations.list[2].do.request}.
 */
final class SpecNode {
    private final String path;
    private final Map<?, ?> map;

    private SpecNode(String path, Map<?, ?> map) {
        this.path = path;
        this.map = map;
    }

    /** The document itself. */
    static SpecNode root(String file, Object document) {
        if (document instanceof Map<?, ?> map) {
            return new SpecNode(file, map);
        }
        throw new UsageException(file + ": no specification: it is no mapping");
    }

    /** What an array's element would be declared as. */
    static SpecNode element(SpecNode array, String type) {
        String order = array.text("byte-order", "host");
        return new SpecNode(array.path, Map.of("type", type, "byte-order", order));
    }

    /** An error at this place. */
    UsageException wrong(String what) {
        return new UsageException(path + ": " + what);
    }

    boolean has(String key) {
        return map.get(key) != null;
    }

    /** Text, or a number as text. */
    String text(String key) {
        String text = text(key, null);
        if (text == null) {
            throw wrong("'" + key + "' is missing");
        }
        return text;
    }

    String text(String key, String otherwise) {
        Object value = map.get(key);
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            throw wrong("'" + key + "' is no text");
        }
        return value == null ? otherwise : value.toString().strip();
    }

    long number(String key, long otherwise) {
        Object value = map.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            return value instanceof Number n ? n.longValue() : Long.decode(value.toString());
        } catch (NumberFormatException e) {
            throw wrong("'" + key + "' is no number: " + value);
        }
    }

    /** A mapping below this one; null if there is none. */
    SpecNode node(String key) {
        Object value = map.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Map<?, ?> below) {
            return new SpecNode(path + "." + key, below);
        }
        throw wrong("'" + key + "' is no mapping");
    }

    /** The mappings of a list; a plain word stands for a mapping with that name. */
    List<SpecNode> nodes(String key) {
        List<SpecNode> nodes = new ArrayList<>();
        for (Object each : list(key)) {
            String place = path + "." + key + "[" + nodes.size() + "]";
            Map<?, ?> map = each instanceof Map<?, ?> m ? m : Map.of("name", word(key, each));
            nodes.add(new SpecNode(place, map));
        }
        return nodes;
    }

    /** The words of a list. */
    List<String> words(String key) {
        return list(key).stream().map(each -> word(key, each)).toList();
    }

    private String word(String key, Object value) {
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            throw wrong("'" + key + "' holds what is neither a mapping nor a word");
        }
        return String.valueOf(value);
    }

    private List<?> list(String key) {
        Object value = map.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong("'" + key + "' is no list");
    }
}
