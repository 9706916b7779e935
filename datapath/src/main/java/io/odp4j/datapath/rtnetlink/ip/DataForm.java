package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.ValueNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What belongs to a kind of link as {@code ip -j -d} writes it: fields in their order, each from an
 * attribute. A field whose attribute the kernel did not send is left out.
 */
final class DataForm {
    /** Writes what is to be said of one attribute, or of several. */
    @FunctionalInterface
    interface Field {
        void write(AttributeList data, IpNames names, JsonGenerator json) throws IOException;
    }

    private final List<Field> fields = new ArrayList<>();

    void write(AttributeList data, IpNames names, JsonGenerator json) throws IOException {
        for (Field field : fields) {
            field.write(data, names, json);
        }
    }

    DataForm with(Field field) {
        fields.add(field);
        return this;
    }

    DataForm with(DataForm form) {
        fields.addAll(form.fields);
        return this;
    }

    /** A number. */
    DataForm number(String name, AttributeSpec spec) {
        return with((data, names, json) -> IpJson.number(json, name, data, spec));
    }

    /** Numbers that {@code ip} calls as the tables do. */
    DataForm numbers(AttributeSpec... specs) {
        for (AttributeSpec spec : specs) {
            number(spec.fieldName(), spec);
        }
        return this;
    }

    /** A number that is not zero. */
    DataForm positive(String name, AttributeSpec spec) {
        return with(
                (data, names, json) -> {
                    if (data.number(spec, 0) != 0) {
                        json.writeNumberField(name, data.number(spec, 0));
                    }
                });
    }

    /** A number that is not zero, as {@code "0x7"}. */
    DataForm hex(String name, AttributeSpec spec) {
        return with(
                (data, names, json) -> {
                    long value = data.number(spec, 0);
                    if (value != 0) {
                        json.writeStringField(name, "0x" + Long.toHexString(value));
                    }
                });
    }

    /** Whether a number is not zero. */
    DataForm bool(String name, AttributeSpec spec) {
        return with(
                (data, names, json) -> {
                    if (data.has(spec)) {
                        json.writeBooleanField(name, data.number(spec, 0) != 0);
                    }
                });
    }

    /** {@code true}, or nothing. */
    DataForm on(String name, AttributeSpec spec) {
        return with(
                (data, names, json) -> {
                    if (isSet(data, spec)) {
                        json.writeBooleanField(name, true);
                    }
                });
    }

    /** {@code true} if a number has a bit, or nothing. */
    DataForm bit(String name, AttributeSpec spec, long bit) {
        return with(
                (data, names, json) -> {
                    if ((data.number(spec, 0) & bit) != 0) {
                        json.writeBooleanField(name, true);
                    }
                });
    }

    DataForm named(String name, AttributeSpec spec, ValueNames values) {
        return with(
                (data, names, json) -> {
                    if (data.has(spec)) {
                        json.writeStringField(name, values.nameOf(data.number(spec, 0)));
                    }
                });
    }

    /** Another link by its name. */
    DataForm link(String name, AttributeSpec spec) {
        return with(
                (data, names, json) -> {
                    long index = data.number(spec, 0);
                    if (index != 0) {
                        json.writeStringField(name, names.name(index));
                    }
                });
    }

    /** An IP address that is not all zero. */
    DataForm address(String name, AttributeSpec spec) {
        return with(
                (data, names, json) -> {
                    if (!isZero(data.bytes(spec))) {
                        IpJson.address(json, name, data, spec);
                    }
                });
    }

    /** An IP address, {@code any} for one that is all zero or not there. */
    DataForm addressOrAny(String name, AttributeSpec spec) {
        return with(
                (data, names, json) -> {
                    byte[] address = data.bytes(spec);
                    json.writeStringField(
                            name, isZero(address) ? "any" : Display.IP.bytes(address));
                });
    }

    /** A link-layer address. */
    DataForm mac(String name, AttributeSpec spec) {
        return with(
                (data, names, json) -> {
                    if (data.has(spec)) {
                        json.writeStringField(name, Display.MAC.bytes(data.bytes(spec)));
                    }
                });
    }

    /** Whether a flag stands there: some kernels send one with a byte that says 0 or 1. */
    static boolean isSet(AttributeList data, AttributeSpec spec) {
        Object value = data.find(spec).map(Attribute::value).orElse(Boolean.FALSE);
        return value instanceof byte[] bytes
                ? bytes.length == 0 || bytes[0] != 0
                : !value.equals(0L) && !value.equals(Boolean.FALSE);
    }

    static boolean isZero(byte[] address) {
        if (address != null) {
            for (byte b : address) {
                if (b != 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
