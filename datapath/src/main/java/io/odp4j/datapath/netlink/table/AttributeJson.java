package io.odp4j.datapath.netlink.table;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Attributes as a JSON object: field names as in the table, numbers as numbers, addresses and named
 * values as strings, unknown attributes as {@code "attr41": "0a0b"}. An attribute that is repeated
 * stands in an array; a sequence is an array of objects with one field each. A structure before the
 * attributes is the object {@code header}.
 */
public final class AttributeJson {
    /** The field that holds the structure before the attributes. */
    static final String HEADER = "header";

    private AttributeJson() {}

    /** Writes an object, or for a sequence an array, with all attributes of a list. */
    public static void write(AttributeList list, JsonGenerator json) throws IOException {
        if (list.table().element() != null) {
            json.writeStartArray();
            for (Attribute element : list) {
                value(element, json);
            }
            json.writeEndArray();
            return;
        }
        if (list.table().isOrdered()) {
            json.writeStartArray();
            for (Attribute one : list) {
                json.writeStartObject();
                json.writeFieldName(one.fieldName());
                value(one, json);
                json.writeEndObject();
            }
            json.writeEndArray();
            return;
        }
        json.writeStartObject();
        if (list.header() != null) {
            json.writeFieldName(HEADER);
            struct(list.header(), json);
        }
        writeFields(list, json);
        json.writeEndObject();
    }

    /** Writes the attributes as fields of the object that is open. */
    public static void writeFields(AttributeList list, JsonGenerator json) throws IOException {
        Map<Integer, List<Attribute>> byNumber = new LinkedHashMap<>();
        for (Attribute attribute : list) {
            byNumber.computeIfAbsent(attribute.number(), n -> new ArrayList<>(1)).add(attribute);
        }
        for (List<Attribute> same : byNumber.values()) {
            json.writeFieldName(same.get(0).fieldName());
            if (same.size() == 1) {
                value(same.get(0), json);
                continue;
            }
            json.writeStartArray();
            for (Attribute one : same) {
                value(one, json);
            }
            json.writeEndArray();
        }
    }

    private static void value(Attribute attribute, JsonGenerator json) throws IOException {
        Object value = attribute.value();
        if (attribute.spec() == null) {
            json.writeString(HexFormat.of().formatHex(attribute.asBytes()));
        } else if (value instanceof Boolean) {
            json.writeBoolean(true);
        } else if (value instanceof AttributeList nested) {
            write(nested, json);
        } else if (value instanceof StructValue struct) {
            struct(struct, json);
        } else if (value instanceof List<?> several) {
            json.writeStartArray();
            for (Object one : several) {
                if (one instanceof AttributeList record) {
                    write(record, json);
                } else {
                    struct((StructValue) one, json);
                }
            }
            json.writeEndArray();
        } else if (value instanceof String text && attribute.spec().display() != Display.SECRET) {
            json.writeString(text);
        } else if (value instanceof Long number && plain(attribute.spec())) {
            number(json, number, attribute.spec().type());
        } else if (attribute.spec().type().isNumberArray()
                && attribute.spec().display() != Display.SECRET) {
            json.writeStartArray();
            for (BigInteger number :
                    AttributeText.numbers(attribute.asBytes(), attribute.spec().type())) {
                json.writeNumber(number);
            }
            json.writeEndArray();
        } else {
            json.writeString(AttributeText.scalar(attribute.spec(), value));
        }
    }

    private static boolean plain(AttributeSpec spec) {
        return spec.values() == null
                && (spec.display() == Display.PLAIN || spec.display() == Display.HEX);
    }

    private static void struct(StructValue struct, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (StructLayout.Field field : struct.layout().fields()) {
            json.writeFieldName(field.name());
            if (field.type() != AttributeType.BINARY
                    && field.display() == Display.PLAIN
                    && field.values() == null) {
                number(json, struct.number(field.name()), field.type());
            } else {
                json.writeString(struct.text(field));
            }
        }
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, long value, AttributeType type)
            throws IOException {
        if (value < 0 && !type.isSigned()) {
            json.writeNumber(new BigInteger(Long.toUnsignedString(value)));
        } else {
            json.writeNumber(value);
        }
    }
}
