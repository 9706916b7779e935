package io.odp4j.datapath.netlink.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of a C structure that stands in an attribute: name, type and offset of each. */
public final class StructLayout {
    /**
     * One field.
     *
     * @param type of a number, or BINARY for a run of bytes
     * @param offset bytes from the start of the structure
     * @param size bytes of the field; {@link #REST} for all that follows
     * @param values names of the values, or null
     */
    public record Field(
            String name,
            AttributeType type,
            int offset,
            int size,
            Display display,
            ValueNames values) {}

    /** The size of a field that takes what is left of the payload. */
    public static final int REST = -1;

    private final String name;
    private final List<Field> fields;
    private final int size;

    private StructLayout(String name, List<Field> fields, int size) {
        this.name = name;
        this.fields = List.copyOf(fields);
        this.size = size;
    }

    /** Starts the declaration of {@code struct name}. */
    public static Builder struct(String name) {
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    public List<Field> fields() {
        return fields;
    }

    /** Bytes of the whole structure, trailing padding included. */
    public int size() {
        return size;
    }

    public Optional<Field> field(String fieldName) {
        return fields.stream().filter(f -> f.name().equals(fieldName)).findFirst();
    }

    /** Collects fields in their order; offsets follow from the sizes. */
    public static final class Builder {
        private final String name;
        private final List<Field> fields = new ArrayList<>();
        private int offset;

        private Builder(String name) {
            this.name = name;
        }

        /** A number of the size of its type. */
        public Builder number(String field, AttributeType type) {
            return number(field, type, Display.PLAIN);
        }

        public Builder number(String field, AttributeType type, Display display) {
            if (!type.isNumber() || type.size() < 0) {
                throw new IllegalArgumentException(type + " is no number of fixed size");
            }
            return add(new Field(field, type, offset, type.size(), display, null));
        }

        /** A number whose values have names. */
        public Builder number(String field, AttributeType type, ValueNames values) {
            return add(new Field(field, type, offset, type.size(), Display.PLAIN, values));
        }

        public Builder bytes(String field, int length, Display display) {
            return add(new Field(field, AttributeType.BINARY, offset, length, display, null));
        }

        /** All bytes behind the structure, as a last field. */
        public Builder rest(String field, Display display) {
            fields.add(new Field(field, AttributeType.BINARY, offset, REST, display, null));
            return this;
        }

        /** Bytes without meaning. */
        public Builder skip(int length) {
            offset += length;
            return this;
        }

        private Builder add(Field field) {
            fields.add(field);
            offset += field.size();
            return this;
        }

        public StructLayout build() {
            return new StructLayout(name, fields, offset);
        }
    }
}
