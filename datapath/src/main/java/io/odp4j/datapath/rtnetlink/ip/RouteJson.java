package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructValue;
import io.odp4j.datapath.rtnetlink.RtNames;
import io.odp4j.datapath.rtnetlink.nexthop.NextHop;
import io.odp4j.datapath.rtnetlink.route.Route;
import io.odp4j.datapath.rtnetlink.route.RouteAttributes;
import java.io.IOException;

/** A route. */
final class RouteJson {
    private static final int HERTZ = 100;
    private static final int REALM_BITS = 16;

    /** Round trips are kept in eighths, their variance in quarters of milliseconds. */
    private static final int RTT_SCALE = 8;

    private static final int RTTVAR_SCALE = 4;

    private RouteJson() {}

    static void write(AttributeList o, IpNames names, JsonGenerator json) throws IOException {
        Route route = new Route(o);
        json.writeStringField("type", RouteAttributes.TYPES.nameOf(route.type()));
        json.writeStringField("dst", prefix(route.destination(), route.prefixLength()));
        if (o.has(RouteAttributes.SRC)) {
            json.writeStringField(
                    "from", prefix(o.bytes(RouteAttributes.SRC), o.header("rtm_src_len")));
        }
        EncapJson.write(o, RouteAttributes.ENCAP_TYPE, RouteAttributes.ENCAP, "dst", json);
        if (o.header("rtm_tos") != 0) {
            json.writeStringField("tos", String.format("0x%02x", o.header("rtm_tos")));
        }
        IpJson.number(json, "nhid", o, RouteAttributes.NH_ID);
        hop(o, names, json);
        json.writeStringField("table", IpJson.table(route.table()));
        json.writeStringField("protocol", IpJson.protocol(o.header("rtm_protocol")));
        json.writeStringField("scope", IpJson.scope(o.header("rtm_scope")));
        IpJson.address(json, "prefsrc", o, RouteAttributes.PREFSRC);
        IpJson.number(json, "metric", o, RouteAttributes.PRIORITY);
        IpJson.flags(json, "flags", o.header("rtm_flags") & 0xff, RtNames.NEXT_HOP_FLAGS);
        realms(o, json);
        metrics(o.list(RouteAttributes.METRICS), json);
        StructValue cache = o.struct(RouteAttributes.CACHEINFO);
        if (cache != null && cache.number("rta_expires") != 0) {
            json.writeNumberField("expires", cache.number("rta_expires") / HERTZ);
        }
        nextHop(route, names, json);
        if (!route.nextHops().isEmpty()) {
            json.writeArrayFieldStart("nexthops");
            for (AttributeList hop : route.nextHops()) {
                json.writeStartObject();
                EncapJson.write(hop, RouteAttributes.ENCAP_TYPE, RouteAttributes.ENCAP, null, json);
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

    private static String prefix(byte[] address, long length) {
        if (address == null) {
            return length == 0 ? "default" : "0/" + length;
        }
        String text = Display.IP.bytes(address);
        return length == address.length * 8L ? text : text + "/" + length;
    }

    /** Realms: the source's in the upper half. */
    private static void realms(AttributeList o, JsonGenerator json) throws IOException {
        long flow = o.number(RouteAttributes.FLOW, 0);
        if (flow == 0) {
            return;
        }
        json.writeObjectFieldStart("flow");
        if (flow >> REALM_BITS != 0) {
            json.writeStringField("from", SystemNames.REALMS.textOf(flow >> REALM_BITS));
        }
        json.writeStringField("to", SystemNames.REALMS.textOf(flow & 0xffff));
        json.writeEndObject();
    }

    /** What the next hop object is that the route names. */
    private static void nextHop(Route route, IpNames names, JsonGenerator json) throws IOException {
        NextHop hop = names.nextHop(route.nextHopId());
        if (hop != null) {
            json.writeObjectFieldStart("nh_info");
            NextHopJson.write(hop.attributes(), names, json);
            json.writeEndObject();
        }
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
            } else if (metric.number() == RouteAttributes.METRICS_RTT.number()) {
                json.writeNumberField("rtt", metric.asLong() / RTT_SCALE);
            } else if (metric.number() == RouteAttributes.METRICS_RTTVAR.number()) {
                json.writeNumberField("rttvar", metric.asLong() / RTTVAR_SCALE);
            } else if (metric.number() != RouteAttributes.METRICS_LOCK.number()) {
                json.writeNumberField(metric.fieldName(), metric.asLong());
            }
        }
        json.writeEndObject();
        json.writeEndArray();
    }
}
