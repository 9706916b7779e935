package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.neigh.Neighbour;
import io.odp4j.datapath.rtnetlink.neigh.NeighbourAttributes;
import java.io.IOException;

/** A forwarding entry of a bridge or a VXLAN link, as {@code bridge -j -d fdb} writes it. */
final class ForwardingJson {
    private static final int NO_ARP = 0x40;
    private static final int STALE = 4;
    private static final int REACHABLE = 2;
    private static final int LOCKED = 2;

    private static final ValueNames FLAGS =
            ValueNames.flags(
                    "",
                    2,
                    "self",
                    0x80,
                    "router",
                    0x10,
                    "extern_learn",
                    0x20,
                    "offload",
                    4,
                    "master",
                    0x40,
                    "sticky");

    private ForwardingJson() {}

    static void write(AttributeList o, IpNames names, JsonGenerator json) throws IOException {
        if (o.has(NeighbourAttributes.LLADDR)) {
            json.writeStringField("mac", Display.LLADDR.bytes(o.bytes(NeighbourAttributes.LLADDR)));
        }
        if (o.header("ndm_ifindex") != 0) {
            json.writeStringField("ifname", names.name(o.header("ndm_ifindex")));
        }
        IpJson.address(json, "dst", o, NeighbourAttributes.DST);
        IpJson.number(json, "vlan", o, NeighbourAttributes.VLAN);
        IpJson.number(json, "port", o, NeighbourAttributes.PORT);
        IpJson.number(json, "vni", o, NeighbourAttributes.VNI);
        IpJson.number(json, "src_vni", o, NeighbourAttributes.SRC_VNI);
        if (o.number(NeighbourAttributes.IFINDEX, 0) != 0) {
            json.writeStringField("viaIf", names.name(o.number(NeighbourAttributes.IFINDEX, 0)));
        }
        IpJson.number(json, "nhid", o, NeighbourAttributes.NH_ID);
        IpJson.number(json, "linkNetNsId", o, NeighbourAttributes.LINK_NETNSID);
        flags(o, json);
        if (o.number(NeighbourAttributes.MASTER, 0) != 0) {
            json.writeStringField("master", names.name(o.number(NeighbourAttributes.MASTER, 0)));
        }
        json.writeStringField("state", state(o.header("ndm_state")));
    }

    private static void flags(AttributeList o, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("flags");
        for (var flag : FLAGS.names().entrySet()) {
            if ((o.header("ndm_flags") & flag.getKey()) != 0) {
                json.writeString(flag.getValue());
            }
        }
        if ((o.number(NeighbourAttributes.FLAGS_EXT, 0) & LOCKED) != 0) {
            json.writeString("locked");
        }
        json.writeEndArray();
    }

    private static String state(long state) {
        if ((state & Neighbour.PERMANENT) != 0) {
            return "permanent";
        }
        if ((state & NO_ARP) != 0) {
            return "static";
        }
        if ((state & STALE) != 0) {
            return "stale";
        }
        return (state & REACHABLE) != 0 || state == 0 ? "" : "state=0x" + Long.toHexString(state);
    }
}
