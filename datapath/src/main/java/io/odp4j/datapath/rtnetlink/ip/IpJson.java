package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.RtNames;
import io.odp4j.datapath.rtnetlink.RtnetlinkFamilies;
import java.io.IOException;
import java.util.Map;

/** Any of rtnetlink's main objects as {@code ip -j -d} writes it. */
public final class IpJson {
    /** Writes one object. */
    @FunctionalInterface
    interface Form {
        void write(AttributeList object, IpNames names, JsonGenerator json) throws IOException;
    }

    private static final Map<FamilySpec, Form> FORMS =
            Map.of(
                    RtnetlinkFamilies.LINK, LinkJson::write,
                    RtnetlinkFamilies.ADDRESS, AddressJson::write,
                    RtnetlinkFamilies.ROUTE, RouteJson::write,
                    RtnetlinkFamilies.NEXT_HOP, NextHopJson::write,
                    RtnetlinkFamilies.NEIGHBOUR, NeighbourJson::write,
                    RtnetlinkFamilies.RULE, RuleJson::write);

    private IpJson() {}

    /** Whether {@code ip} has a form for the family's objects. */
    public static boolean has(FamilySpec family) {
        return FORMS.containsKey(family);
    }

    /** Writes one object of a family, the braces included. */
    public static void write(
            FamilySpec family, AttributeList object, IpNames names, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        FORMS.get(family).write(object, names, json);
        json.writeEndObject();
    }

    static void address(JsonGenerator json, String field, AttributeList o, AttributeSpec spec)
            throws IOException {
        if (o.has(spec)) {
            json.writeStringField(field, Display.IP.bytes(o.bytes(spec)));
        }
    }

    static void number(JsonGenerator json, String field, AttributeList o, AttributeSpec spec)
            throws IOException {
        if (o.has(spec)) {
            json.writeNumberField(field, o.number(spec, 0));
        }
    }

    /** A routing table. */
    static String table(long table) {
        String name = SystemNames.TABLES.nameOf(table);
        return name == null ? RtNames.TABLES.nameOf(table) : name;
    }

    /** {@code ip} says "global" for universe. */
    static String scope(long scope) {
        return scope == 0 ? "global" : RtNames.SCOPES.nameOf(scope);
    }

    static String protocol(long protocol) {
        return RtNames.PROTOCOLS.nameOf(protocol);
    }

    /** The names of the bits that are set, as an array. */
    static void flags(JsonGenerator json, String field, long flags, ValueNames names)
            throws IOException {
        json.writeArrayFieldStart(field);
        if (flags != 0) {
            for (String name : names.nameOf(flags).split("\\|")) {
                json.writeString(name);
            }
        }
        json.writeEndArray();
    }
}
