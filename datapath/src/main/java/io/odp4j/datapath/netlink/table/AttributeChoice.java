package io.odp4j.datapath.netlink.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Which table a nest follows, where another value says so: an attribute beside it (a link's KIND
 * and its DATA), or a field of the structure before them (the address family).
 */
public final class AttributeChoice {
    private final String selector;
    private final Map<String, Supplier<AttributeTable>> tables = new LinkedHashMap<>();

    private AttributeChoice(String selector) {
        this.selector = selector;
    }

    /**
     * A choice by the attribute or header field of that name.
     *
     * @param selector as in text: {@code kind}, {@code ifi_family}
     */
    public static AttributeChoice by(String selector) {
        return new AttributeChoice(selector);
    }

    /** Says which table goes with a value, as text shows the value; asked for late. */
    public AttributeChoice table(String value, Supplier<AttributeTable> table) {
        tables.put(value, table);
        return this;
    }

    /** The name of what chooses. */
    public String selector() {
        return selector;
    }

    /** The values that have a table, in the order of declaration, and their tables. */
    public Map<String, Supplier<AttributeTable>> tables() {
        return Collections.unmodifiableMap(tables);
    }

    /** Whether a table is one of those to choose from. */
    boolean has(AttributeTable table) {
        return tables.values().stream().anyMatch(t -> t.get() == table);
    }

    /** The table for what {@code list} holds, or null. */
    AttributeTable choose(AttributeList list) {
        Supplier<AttributeTable> table = tables.get(selected(list));
        return table == null ? null : table.get();
    }

    private String selected(AttributeList list) {
        StructValue header = list.header();
        if (header != null && header.layout().field(selector).isPresent()) {
            return header.text(header.layout().field(selector).get());
        }
        return list.table()
                .spec(selector)
                .flatMap(list::find)
                .map(a -> AttributeText.scalar(a.spec(), a.value()))
                .orElse("");
    }
}
