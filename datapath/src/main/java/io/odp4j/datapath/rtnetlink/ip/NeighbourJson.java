package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.rtnetlink.neigh.Neighbour;
import io.odp4j.datapath.rtnetlink.neigh.NeighbourAttributes;
import java.io.IOException;
import java.util.Locale;

/** A neighbour; a forwarding entry in the words of {@link ForwardingJson}. */
final class NeighbourJson {
    private static final int MANAGED = 1;
    private static final int PROXY = 8;
    private static final int EXTERNALLY_LEARNED = 0x10;
    private static final int ROUTER = 0x80;

    private NeighbourJson() {}

    static void write(AttributeList o, IpNames names, JsonGenerator json) throws IOException {
        if (o.header("ndm_family") == Neighbour.AF_BRIDGE) {
            ForwardingJson.write(o, names, json);
            return;
        }
        IpJson.address(json, "dst", o, NeighbourAttributes.DST);
        json.writeStringField("dev", names.name(o.header("ndm_ifindex")));
        if (o.has(NeighbourAttributes.LLADDR)) {
            json.writeStringField(
                    "lladdr", Display.LLADDR.bytes(o.bytes(NeighbourAttributes.LLADDR)));
        }
        flag(json, "router", o.header("ndm_flags") & ROUTER);
        flag(json, "proxy", o.header("ndm_flags") & PROXY);
        flag(json, "managed", o.number(NeighbourAttributes.FLAGS_EXT, 0) & MANAGED);
        flag(json, "extern_learn", o.header("ndm_flags") & EXTERNALLY_LEARNED);
        long state = o.header("ndm_state");
        if (state != 0) {
            json.writeArrayFieldStart("state");
            for (String name : NeighbourAttributes.STATES.nameOf(state).split("\\|")) {
                json.writeString(name.toUpperCase(Locale.ROOT));
            }
            json.writeEndArray();
        }
        if (o.has(NeighbourAttributes.PROTOCOL)) {
            json.writeStringField(
                    "protocol", IpJson.protocol(o.number(NeighbourAttributes.PROTOCOL, 0)));
        }
    }

    private static void flag(JsonGenerator json, String name, long bit) throws IOException {
        if (bit != 0) {
            json.writeNullField(name);
        }
    }
}
