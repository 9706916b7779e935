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

    private AttributeTable(
            String name,
            String prefix,
            TreeMap<Integer, AttributeSpec> specs,
            AttributeSpec element,
            boolean ordered) {
        this.name = name;
        this.prefix = prefix;
        this.byNumber = specs;
        this.element = element;
        this.ordered = ordered;
    }

    /** Starts a table; {@code prefix} is what the set's C constants start with. */
    public static Builder named(String name, String prefix) {
        return new Builder(name, prefix);
    }

    /** A table whose numbers are mere indexes of elements that are all alike. */
    public static AttributeTable indexed(String name, AttributeSpec element) {
        return new AttributeTable(name, "", new TreeMap<>(), element, true);
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

    /** Declares attributes; each call returns the attribute, so that it can be a constant. */
    public static final class Builder {
        private final String name;
        private final String prefix;
        private final TreeMap<Integer, AttributeSpec> specs = new TreeMap<>();
        private boolean ordered;

        private Builder(String name, String prefix) {
            this.name = name;
            this.prefix = prefix;
        }

        /** Says that a list of this table is a sequence: its order counts, numbers repeat. */
        public Builder ordered() {
            ordered = true;
            return this;
        }

        public AttributeSpec add(int number, String attribute, AttributeType type, String doc) {
            return add(number, attribute, type, Display.PLAIN, doc);
        }

        public AttributeSpec add(
                int number, String attribute, AttributeType type, Display display, String doc) {
            return put(new AttributeSpec(attribute, number, type, display, null, null, null, doc));
        }

        /** A number whose values have names. */
        public AttributeSpec add(
                int number, String attribute, AttributeType type, ValueNames values, String doc) {
            return put(
                    new AttributeSpec(
                            attribute, number, type, Display.PLAIN, null, null, values, doc));
        }

        public AttributeSpec struct(int number, String attribute, StructLayout struct, String doc) {
            return put(
                    new AttributeSpec(
                            attribute,
                            number,
                            AttributeType.STRUCT,
                            Display.PLAIN,
                            struct,
                            null,
                            null,
                            doc));
        }

        public AttributeSpec structArray(
                int number, String attribute, StructLayout struct, String doc) {
            return put(
                    new AttributeSpec(
                            attribute,
                            number,
                            AttributeType.STRUCT_ARRAY,
                            Display.PLAIN,
                            struct,
                            null,
                            null,
                            doc));
        }

        public AttributeSpec nested(
                int number, String attribute, Supplier<AttributeTable> table, String doc) {
            return put(
                    new AttributeSpec(
                            attribute,
                            number,
                            AttributeType.NESTED,
                            Display.PLAIN,
                            null,
                            table,
                            null,
                            doc));
        }

        public AttributeSpec indexed(
                int number, String attribute, Supplier<AttributeTable> table, String doc) {
            return put(
                    new AttributeSpec(
                            attribute,
                            number,
                            AttributeType.INDEXED,
                            Display.PLAIN,
                            null,
                            table,
                            null,
                            doc));
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
            return new AttributeTable(name, prefix, new TreeMap<>(specs), null, ordered);
        }
    }
}
