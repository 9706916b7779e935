package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.StructValue;
import io.odp4j.datapath.rtnetlink.RtNames;
import io.odp4j.datapath.rtnetlink.nexthop.NextHopAttributes;
import java.io.IOException;
import java.util.List;

/** A next hop or a group of them. */
final class NextHopJson {
    private static final int HERTZ = 100;

    private NextHopJson() {}

    static void write(AttributeList o, IpNames names, JsonGenerator json) throws IOException {
        IpJson.number(json, "id", o, NextHopAttributes.ID);
        if (o.has(NextHopAttributes.GROUP)) {
            json.writeArrayFieldStart("group");
            for (Object one : (List<?>) o.find(NextHopAttributes.GROUP).get().value()) {
                StructValue member = (StructValue) one;
                json.writeStartObject();
                json.writeNumberField("id", member.number("id"));
                if (member.number("weight") != 0) {
                    json.writeNumberField("weight", member.number("weight") + 1);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            if (o.number(NextHopAttributes.GROUP_TYPE, 0) != 0) {
                json.writeStringField("type", "resilient");
            }
        }
        AttributeList resilient = o.list(NextHopAttributes.RES_GROUP);
        if (resilient != null) {
            json.writeObjectFieldStart("resilient_args");
            IpJson.number(json, "buckets", resilient, NextHopAttributes.RESILIENT_BUCKETS);
            json.writeNumberField(
                    "idle_timer",
                    resilient.number(NextHopAttributes.RESILIENT_IDLE_TIMER, 0) / HERTZ);
            json.writeNumberField(
                    "unbalanced_timer",
                    resilient.number(NextHopAttributes.RESILIENT_UNBALANCED_TIMER, 0) / HERTZ);
            json.writeNumberField(
                    "unbalanced_time",
                    resilient.number(NextHopAttributes.RESILIENT_UNBALANCED_TIME, 0) / HERTZ);
            json.writeEndObject();
        }
        EncapJson.write(o, NextHopAttributes.ENCAP_TYPE, NextHopAttributes.ENCAP, "id", json);
        IpJson.address(json, "gateway", o, NextHopAttributes.GATEWAY);
        if (o.has(NextHopAttributes.OIF)) {
            json.writeStringField("dev", names.name(o.number(NextHopAttributes.OIF, 0)));
        }
        json.writeStringField("scope", IpJson.scope(o.header("nh_scope")));
        if (o.has(NextHopAttributes.BLACKHOLE)) {
            json.writeNullField("blackhole");
        }
        json.writeStringField("protocol", IpJson.protocol(o.header("nh_protocol")));
        IpJson.flags(json, "flags", o.header("nh_flags"), RtNames.NEXT_HOP_FLAGS);
        if (o.has(NextHopAttributes.FDB)) {
            json.writeNullField("fdb");
        }
    }
}
