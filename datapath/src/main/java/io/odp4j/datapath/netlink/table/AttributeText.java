package io.odp4j.datapath.netlink.table;

import io.odp4j.datapath.netlink.Printable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/** Attributes in words: {@code name=ovs0,upcall_pid=0,stats(n_hit=1,n_missed=2)}. */
public final class AttributeText {
    private AttributeText() {}

    /** All attributes of a list, separated by commas. */
    public static String format(AttributeList list) {
        StringJoiner text = new StringJoiner(",");
        if (list.header() != null) {
            text.add("header(" + list.header() + ")");
        }
        for (Attribute attribute : list) {
            text.add(format(attribute));
        }
        return text.toString();
    }

    /** One attribute with its name; one that the table does not know as {@code attr41(0a0b)}. */
    public static String format(Attribute attribute) {
        String name = attribute.fieldName();
        Object value = attribute.value();
        if (attribute.spec() == null) {
            return name + "(" + HexFormat.of().formatHex(attribute.asBytes()) + ")";
        }
        if (value instanceof Boolean) {
            return name;
        }
        if (value instanceof AttributeList nested) {
            return name + "(" + format(nested) + ")";
        }
        if (value instanceof StructValue struct) {
            return name + "(" + struct + ")";
        }
        if (value instanceof List<?> several) {
            StringJoiner text = new StringJoiner(",", name + "(", ")");
            for (Object one : several) {
                text.add("{" + one + "}");
            }
            return text.toString();
        }
        return name + "=" + scalar(attribute.spec(), value);
    }

    /** A value without its name. */
    static String scalar(AttributeSpec spec, Object value) {
        if (value instanceof Long number) {
            return spec.values() != null
                    ? spec.values().nameOf(number)
                    : spec.display().number(number, spec.type());
        }
        if (value instanceof byte[] bytes) {
            return spec.type().isNumberArray() && spec.display() != Display.SECRET
                    ? numbers(bytes, spec.type()).toString().replace(" ", "")
                    : spec.display().bytes(bytes);
        }
        return spec.display() == Display.SECRET
                ? "(not shown)"
                : Printable.oneLine(value.toString());
    }

    /** The numbers of a run, none negative. */
    static List<BigInteger> numbers(byte[] bytes, AttributeType type) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int size = type == AttributeType.U64_ARRAY ? 8 : 4;
        List<BigInteger> numbers = new ArrayList<>();
        while (buffer.remaining() >= size) {
            numbers.add(
                    new BigInteger(
                            size == 8
                                    ? Long.toUnsignedString(buffer.getLong())
                                    : Integer.toUnsignedString(buffer.getInt())));
        }
        return numbers;
    }
}
