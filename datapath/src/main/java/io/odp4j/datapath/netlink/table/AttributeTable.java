package io.odp4j.datapath.netlink.table;

import io.odp4j.datapath.netlink.AttributeHeader;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** An attribute set: its attributes by number. Declared once, through {@link #named}. */
public final class AttributeTable {
    private final String name;
    private final String prefix;
    private final TreeMap<Integer, AttributeSpec> byNumber;
    private final AttributeSpec element;
    private final boolean ordered;
    private final StructLayout header;

    private AttributeTable(
            String name,
            String prefix,
            TreeMap<Integer, AttributeSpec> specs,
            AttributeSpec element,
            boolean ordered,
            StructLayout header) {
        this.name = name;
        this.prefix = prefix;
        this.byNumber = specs;
        this.element = element;
        this.ordered = ordered;
        this.header = header;
    }

    /** Starts a table; {@code prefix} is what the set's C constants start with. */
    public static Builder named(String name, String prefix) {
        return new Builder(name, prefix);
    }

    /** A table whose numbers are mere indexes of elements that are all alike. */
    public static AttributeTable indexed(String name, AttributeSpec element) {
        return new AttributeTable(name, "", new TreeMap<>(), element, true, null);
    }

    public String name() {
        return name;
    }

    /** What the set's C constants start with: {@code OVS_DP_ATTR_}. */
    public String prefix() {
        return prefix;
    }

    /** The attribute of that number, or null if the table does not know it. */
    public AttributeSpec spec(int number) {
        return element != null ? element : byNumber.get(number);
    }

    /** The attribute of that name, upper or lower case. */
    public Optional<AttributeSpec> spec(String attribute) {
        return byNumber.values().stream()
                .filter(s -> s.name().equalsIgnoreCase(attribute))
                .findFirst();
    }

    /** All attributes by rising number. */
    public Collection<AttributeSpec> specs() {
        return Collections.unmodifiableCollection(byNumber.values());
    }

    /** Whether a list of this table is a sequence, such as actions, rather than a record. */
    public boolean isOrdered() {
        return ordered;
    }

    /** What every element of an indexed table is, or null. */
    public AttributeSpec element() {
        return element;
    }

    /** The structure that stands before the attributes, or null. */
    public StructLayout header() {
        return header;
    }

    /** The same attributes behind a fixed structure, under a name of their own. */
    public AttributeTable withHeader(String otherName, StructLayout layout) {
        return new AttributeTable(otherName, prefix, byNumber, element, ordered, layout);
    }

    /** Another set that shares this one's attributes, but for those that the builder is given. */
    public Builder dialect(String dialectName, String dialectPrefix) {
        Builder builder = new Builder(dialectName, dialectPrefix);
        builder.inherited.putAll(byNumber);
        builder.header = header;
        return builder;
    }

    /** Declares attributes; each call returns the attribute, so that it can be a constant. */
    public static final class Builder {
        private final String name;
        private final String prefix;
        private final TreeMap<Integer, AttributeSpec> specs = new TreeMap<>();
        private final TreeMap<Integer, AttributeSpec> inherited = new TreeMap<>();
        private boolean ordered;
        private StructLayout header;

        private Builder(String name, String prefix) {
            this.name = name;
            this.prefix = prefix;
        }

        /** Says that a list of this table is a sequence: its order counts, numbers repeat. */
        public Builder ordered() {
            ordered = true;
            return this;
        }

        /** Says that a fixed structure stands before the attributes. */
        public Builder header(StructLayout layout) {
            header = layout;
            return this;
        }

        public AttributeSpec add(int number, String attribute, AttributeType type, String doc) {
            return add(number, attribute, type, Display.PLAIN, doc);
        }

        public AttributeSpec add(
                int number, String attribute, AttributeType type, Display display, String doc) {
            return put(number, attribute, type, display, null, null, null, null, doc);
        }

        /** A number whose values have names. */
        public AttributeSpec add(
                int number, String attribute, AttributeType type, ValueNames values, String doc) {
            return put(number, attribute, type, Display.PLAIN, null, null, null, values, doc);
        }

        public AttributeSpec struct(int number, String attribute, StructLayout struct, String doc) {
            return of(number, attribute, AttributeType.STRUCT, struct, null, null, doc);
        }

        public AttributeSpec structArray(
                int number, String attribute, StructLayout struct, String doc) {
            return of(number, attribute, AttributeType.STRUCT_ARRAY, struct, null, null, doc);
        }

        public AttributeSpec nested(
                int number, String attribute, Supplier<AttributeTable> table, String doc) {
            return of(number, attribute, AttributeType.NESTED, null, table, null, doc);
        }

        public AttributeSpec indexed(
                int number, String attribute, Supplier<AttributeTable> table, String doc) {
            return of(number, attribute, AttributeType.INDEXED, null, table, null, doc);
        }

        /** A run of records; the table's header starts with the length of a record. */
        public AttributeSpec records(
                int number, String attribute, Supplier<AttributeTable> table, String doc) {
            return of(number, attribute, AttributeType.RECORDS, null, table, null, doc);
        }

        /** A nest whose table another value chooses. */
        public AttributeSpec chosen(
                int number, String attribute, AttributeChoice choice, String doc) {
            return of(number, attribute, AttributeType.CHOSEN, null, null, choice, doc);
        }

        private AttributeSpec of(
                int number,
                String attribute,
                AttributeType type,
                StructLayout struct,
                Supplier<AttributeTable> table,
                AttributeChoice choice,
                String doc) {
            return put(number, attribute, type, Display.PLAIN, struct, table, choice, null, doc);
        }

        private AttributeSpec put(
                int number,
                String attribute,
                AttributeType type,
                Display display,
                StructLayout struct,
                Supplier<AttributeTable> table,
                AttributeChoice choice,
                ValueNames values,
                String doc) {
            return put(
                    new AttributeSpec(
                            attribute, number, type, display, struct, table, choice, values, doc));
        }

        private AttributeSpec put(AttributeSpec spec) {
            if ((spec.number() & ~AttributeHeader.TYPE_MASK) != 0) {
                throw new IllegalStateException(name + "." + spec.name() + ": " + spec.number());
            }
            AttributeSpec before = specs.putIfAbsent(spec.number(), spec);
            if (before != null) {
                throw new IllegalStateException(
                        name
                                + " has "
                                + spec.number()
                                + " twice: "
                                + before.name()
                                + ", "
                                + spec.name());
            }
            return spec;
        }

        public AttributeTable build() {
            TreeMap<Integer, AttributeSpec> all = new TreeMap<>(inherited);
            all.putAll(specs);
            return new AttributeTable(name, prefix, all, null, ordered, header);
        }
    }
}
