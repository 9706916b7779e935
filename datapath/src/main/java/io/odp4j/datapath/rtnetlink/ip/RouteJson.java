package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeJson;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructValue;
import io.odp4j.datapath.rtnetlink.RtNames;
import io.odp4j.datapath.rtnetlink.route.Route;
import io.odp4j.datapath.rtnetlink.route.RouteAttributes;
import java.io.IOException;

/** A route; what its packets are wrapped in has the field names of the tables. */
final class RouteJson {
    private static final int HERTZ = 100;

    private RouteJson() {}

    static void write(AttributeList o, IpNames names, JsonGenerator json) throws IOException {
        Route route = new Route(o);
        json.writeStringField("type", RouteAttributes.TYPES.nameOf(route.type()));
        json.writeStringField("dst", prefix(route));
        if (o.has(RouteAttributes.ENCAP_TYPE)) {
            json.writeStringField(
                    "encap",
                    RouteAttributes.ENCAP_TYPE
                            .values()
                            .nameOf(o.number(RouteAttributes.ENCAP_TYPE, 0)));
            Object encap = o.find(RouteAttributes.ENCAP).map(Attribute::value).orElse(null);
            if (encap instanceof AttributeList list) {
                json.writeFieldName("encap_data");
                AttributeJson.write(list, json);
            }
        }
        IpJson.number(json, "nhid", o, RouteAttributes.NH_ID);
        hop(o, names, json);
        json.writeStringField("table", IpJson.table(route.table()));
        json.writeStringField("protocol", IpJson.protocol(o.header("rtm_protocol")));
        json.writeStringField("scope", IpJson.scope(o.header("rtm_scope")));
        IpJson.address(json, "prefsrc", o, RouteAttributes.PREFSRC);
        IpJson.number(json, "metric", o, RouteAttributes.PRIORITY);
        IpJson.flags(json, "flags", o.header("rtm_flags") & 0xff, RtNames.NEXT_HOP_FLAGS);
        metrics(o.list(RouteAttributes.METRICS), json);
        StructValue cache = o.struct(RouteAttributes.CACHEINFO);
        if (cache != null && cache.number("rta_expires") != 0) {
            json.writeNumberField("expires", cache.number("rta_expires") / HERTZ);
        }
        if (!route.nextHops().isEmpty()) {
            json.writeArrayFieldStart("nexthops");
            for (AttributeList hop : route.nextHops()) {
                json.writeStartObject();
                hop(hop, names, json);
                json.writeStringField("dev", names.name(hop.header("rtnh_ifindex")));
                json.writeNumberField("weight", hop.header("rtnh_hops") + 1);
                IpJson.flags(json, "flags", hop.header("rtnh_flags"), RtNames.NEXT_HOP_FLAGS);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (o.has(RouteAttributes.PREF)) {
            json.writeStringField(
                    "pref", RouteAttributes.PREFERENCES.nameOf(o.number(RouteAttributes.PREF, 0)));
        }
    }

    private static String prefix(Route route) {
        if (route.destination() == null) {
            return route.prefixLength() == 0 ? "default" : "0/" + route.prefixLength();
        }
        String address = Display.IP.bytes(route.destination());
        return route.prefixLength() == route.destination().length * 8
                ? address
                : address + "/" + route.prefixLength();
    }

    private static void hop(AttributeList o, IpNames names, JsonGenerator json) throws IOException {
        IpJson.address(json, "gateway", o, RouteAttributes.GATEWAY);
        StructValue via = o.struct(RouteAttributes.VIA);
        if (via != null) {
            json.writeObjectFieldStart("via");
            json.writeStringField("family", RtNames.FAMILIES.nameOf(via.number("rtvia_family")));
            json.writeStringField("host", Display.IP.bytes(via.bytes("rtvia_addr")));
            json.writeEndObject();
        }
        if (o.has(RouteAttributes.OIF)) {
            json.writeStringField("dev", names.name(o.number(RouteAttributes.OIF, 0)));
        }
    }

    private static void metrics(AttributeList metrics, JsonGenerator json) throws IOException {
        if (metrics == null) {
            return;
        }
        json.writeArrayFieldStart("metrics");
        json.writeStartObject();
        for (Attribute metric : metrics) {
            if (metric.number() == RouteAttributes.METRICS_CC_ALGO.number()) {
                json.writeStringField("congestion", metric.asString());
            } else if (metric.number() == RouteAttributes.METRICS_FEATURES.number()) {
                for (String feature :
                        RouteAttributes.FEATURES.nameOf(metric.asLong()).split("\\|")) {
                    json.writeNullField(feature);
                }
            } else if (metric.number() != RouteAttributes.METRICS_LOCK.number()) {
                json.writeNumberField(metric.fieldName(), metric.asLong());
            }
        }
        json.writeEndObject();
        json.writeEndArray();
    }
}
