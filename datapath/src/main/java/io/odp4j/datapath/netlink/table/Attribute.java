package io.odp4j.datapath.netlink.table;

import java.util.Arrays;
import java.util.Objects;

/**
 * One attribute with its value.
 *
 * @param spec its declaration, or null where the table does not know the number
 * @param number the type number, without flag bits
 * @param flags the flag bits it came with, to be written back as they were
 * @param value as {@link AttributeType} says; the raw bytes where {@code spec} is null
 */
public record Attribute(AttributeSpec spec, int number, int flags, Object value) {

    /** The name in text and JSON; {@code attr41} for one that the table does not know. */
    public String fieldName() {
        return spec == null ? "attr" + number : spec.fieldName();
    }

    /** The value of a number attribute. */
    public long asLong() {
        return (Long) value;
    }

    public String asString() {
        return (String) value;
    }

    /** A copy of the bytes of a binary or unknown attribute. */
    public byte[] asBytes() {
        return ((byte[]) value).clone();
    }

    public StructValue asStruct() {
        return (StructValue) value;
    }

    public AttributeList asList() {
        return (AttributeList) value;
    }

    /** As {@link AttributeText} has it: what is declared secret stays so in a log. */
    @Override
    public String toString() {
        return AttributeText.format(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attribute that
                && number == that.number
                && flags == that.flags
                && Objects.deepEquals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * number + (value instanceof byte[] b ? Arrays.hashCode(b) : value.hashCode());
    }
}
