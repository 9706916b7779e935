package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeJson;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.route.EncapAttributes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.StringJoiner;

/**
 * What packets of a route or a next hop are wrapped in. IP and MPLS are fields of the object
 * itself, as {@code ip} has them; of other kinds {@code encap_data} has the field names of the
 * tables.
 */
final class EncapJson {
    private static final int LABEL_SHIFT = 12;

    /** Flags that {@code ip} tells of. */
    private static final ValueNames FLAGS = ValueNames.flags("", 4, "key", 1, "csum", 8, "seq");

    private EncapJson() {}

    /**
     * Writes the fields; nothing if packets go as they are.
     *
     * @param taken name of a field that the object has itself: ip writes it twice, here the
     *     tunnel's has {@code encap_} before it
     */
    static void write(
            AttributeList o,
            AttributeSpec type,
            AttributeSpec encap,
            String taken,
            JsonGenerator json)
            throws IOException {
        if (o.number(type, 0) == 0) {
            return;
        }
        String name = type.values().nameOf(o.number(type, 0));
        json.writeStringField("encap", name.replace("seg6_local", "seg6local"));
        if (!(o.find(encap).map(Attribute::value).orElse(null) instanceof AttributeList data)) {
            return;
        }
        switch (name) {
            case "mpls" -> {
                json.writeStringField(
                        name("dst", taken), labels(data.bytes(EncapAttributes.MPLS_DST)));
                IpJson.number(json, "ttl", data, EncapAttributes.MPLS_TTL);
            }
            case "ip" -> {
                IpJson.number(json, name("id", taken), data, EncapAttributes.IP_ID);
                IpJson.address(json, "src", data, EncapAttributes.IP_SRC);
                IpJson.address(json, name("dst", taken), data, EncapAttributes.IP_DST);
                IpJson.number(json, "ttl", data, EncapAttributes.IP_TTL);
                IpJson.number(json, "tos", data, EncapAttributes.IP_TOS);
                rest(data, EncapAttributes.IP_FLAGS, EncapAttributes.IP_OPTS, json);
            }
            case "ip6" -> {
                IpJson.number(json, name("id", taken), data, EncapAttributes.IP6_ID);
                IpJson.address(json, "src", data, EncapAttributes.IP6_SRC);
                IpJson.address(json, name("dst", taken), data, EncapAttributes.IP6_DST);
                IpJson.number(json, "hoplimit", data, EncapAttributes.IP6_HOPLIMIT);
                IpJson.number(json, "tc", data, EncapAttributes.IP6_TC);
                rest(data, EncapAttributes.IP6_FLAGS, EncapAttributes.IP6_OPTS, json);
            }
            default -> {
                json.writeFieldName("encap_data");
                AttributeJson.write(data, json);
            }
        }
    }

    private static String name(String field, String taken) {
        return field.equals(taken) ? "encap_" + field : field;
    }

    /** A label stack: {@code 100/200}; a label is the upper 20 bits of 4 bytes. */
    private static String labels(byte[] stack) {
        StringJoiner labels = new StringJoiner("/");
        for (ByteBuffer b = ByteBuffer.wrap(stack); b.remaining() >= Integer.BYTES; ) {
            labels.add(Integer.toString(b.getInt() >>> LABEL_SHIFT));
        }
        return labels.toString();
    }

    private static void rest(
            AttributeList data, AttributeSpec flags, AttributeSpec options, JsonGenerator json)
            throws IOException {
        for (var flag : FLAGS.names().entrySet()) {
            if ((data.number(flags, 0) & flag.getKey()) != 0) {
                json.writeBooleanField(flag.getValue(), true);
            }
        }
        AttributeList list = data.list(options);
        if (list == null || !list.has(EncapAttributes.OPTIONS_GENEVE)) {
            return;
        }
        json.writeArrayFieldStart("geneve_opts");
        for (Attribute one : list) {
            if (one.number() == EncapAttributes.OPTIONS_GENEVE.number()) {
                AttributeList option = one.asList();
                json.writeStartObject();
                IpJson.number(json, "class", option, EncapAttributes.GENEVE_CLASS);
                IpJson.number(json, "type", option, EncapAttributes.GENEVE_TYPE);
                json.writeStringField(
                        "data",
                        HexFormat.of().formatHex(option.bytes(EncapAttributes.GENEVE_DATA)));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }
}
