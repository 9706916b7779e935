package io.odp4j.datapath.netlink.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.StringJoiner;

/** The bytes of a C structure, read through its layout. Bytes beyond the layout are kept. */
public final class StructValue {
    private final StructLayout layout;
    private final byte[] bytes;

    public StructValue(StructLayout layout, byte[] bytes) {
        if (bytes.length < layout.size()) {
            throw new IllegalArgumentException(
                    layout.name() + " has " + layout.size() + " bytes, not " + bytes.length);
        }
        this.layout = layout;
        this.bytes = bytes.clone();
    }

    /** A structure of zeros, to be filled with {@link #with}. */
    public static StructValue zero(StructLayout layout) {
        return new StructValue(layout, new byte[layout.size()]);
    }

    public StructLayout layout() {
        return layout;
    }

    /** A copy of the whole structure. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** A number field's value, sign- or zero-extended as its type says. */
    public long number(String field) {
        StructLayout.Field f = field(field);
        return Numbers.get(
                ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()), f.offset(), f.type());
    }

    /** A copy of a field's bytes. */
    public byte[] bytes(String field) {
        StructLayout.Field f = field(field);
        int end = f.size() == StructLayout.REST ? bytes.length : f.offset() + f.size();
        return Arrays.copyOfRange(bytes, f.offset(), end);
    }

    /** The same structure with one number changed. */
    public StructValue with(String field, long value) {
        StructLayout.Field f = field(field);
        if (!Numbers.fits(value, f.type())) {
            throw new IllegalArgumentException(
                    layout.name() + "." + field + ": the number does not fit " + f.type());
        }
        StructValue copy = new StructValue(layout, bytes);
        Numbers.put(
                ByteBuffer.wrap(copy.bytes).order(ByteOrder.nativeOrder()),
                f.offset(),
                f.type(),
                value);
        return copy;
    }

    /** The same structure with one run of bytes changed. */
    public StructValue with(String field, byte[] value) {
        StructLayout.Field f = field(field);
        if (f.size() == StructLayout.REST) {
            byte[] longer = Arrays.copyOf(bytes, f.offset() + value.length);
            System.arraycopy(value, 0, longer, f.offset(), value.length);
            return new StructValue(layout, longer);
        }
        if (value.length != f.size()) {
            throw new IllegalArgumentException(
                    f.name() + " has " + f.size() + " bytes, not " + value.length);
        }
        StructValue copy = new StructValue(layout, bytes);
        System.arraycopy(value, 0, copy.bytes, f.offset(), value.length);
        return copy;
    }

    /** A field as a person reads it. */
    public String text(StructLayout.Field f) {
        if (f.type() == AttributeType.BINARY) {
            return f.display().bytes(bytes(f.name()));
        }
        long number = number(f.name());
        return f.values() != null
                ? f.values().nameOf(number)
                : f.display().number(number, f.type());
    }

    private StructLayout.Field field(String name) {
        return layout.field(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        layout.name() + " has no field " + name));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StructValue that
                && layout.name().equals(that.layout.name())
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** All fields as a person reads them: {@code n_hit=1,n_missed=2}. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(",");
        for (StructLayout.Field field : layout.fields()) {
            text.add(field.name() + "=" + text(field));
        }
        return text.toString();
    }
}
