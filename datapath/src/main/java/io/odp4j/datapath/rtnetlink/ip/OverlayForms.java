package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructValue;
import io.odp4j.datapath.rtnetlink.link.GeneveAttributes;
import io.odp4j.datapath.rtnetlink.link.VxlanAttributes;
import java.io.IOException;

/** VXLAN and Geneve. */
final class OverlayForms {
    static final DataForm VXLAN =
            new DataForm()
                    .on("external", VxlanAttributes.COLLECT_METADATA)
                    .on("vnifilter", VxlanAttributes.VNIFILTER)
                    .number("id", VxlanAttributes.ID)
                    .with((data, names, json) -> end(data, VxlanAttributes.GROUP, "", json))
                    .with((data, names, json) -> end(data, VxlanAttributes.GROUP6, "6", json))
                    .address("local", VxlanAttributes.LOCAL)
                    .address("local6", VxlanAttributes.LOCAL6)
                    .link("link", VxlanAttributes.LINK)
                    .with((data, names, json) -> ports(data, json))
                    .number("port", VxlanAttributes.PORT)
                    .bool("learning", VxlanAttributes.LEARNING)
                    .on("proxy", VxlanAttributes.PROXY)
                    .on("rsc", VxlanAttributes.RSC)
                    .on("l2miss", VxlanAttributes.L2MISS)
                    .on("l3miss", VxlanAttributes.L3MISS)
                    .hex("tos", VxlanAttributes.TOS)
                    .with(ttl(VxlanAttributes.TTL, VxlanAttributes.TTL_INHERIT))
                    .named("df", VxlanAttributes.DF, VxlanAttributes.DF_NAMES)
                    .hex("label", VxlanAttributes.LABEL)
                    .number("ageing", VxlanAttributes.AGEING)
                    .positive("limit", VxlanAttributes.LIMIT)
                    .bool("udp_csum", VxlanAttributes.UDP_CSUM)
                    .bool("udp_zero_csum6_tx", VxlanAttributes.UDP_ZERO_CSUM6_TX)
                    .bool("udp_zero_csum6_rx", VxlanAttributes.UDP_ZERO_CSUM6_RX)
                    .on("remcsum_tx", VxlanAttributes.REMCSUM_TX)
                    .on("remcsum_rx", VxlanAttributes.REMCSUM_RX)
                    .on("gbp", VxlanAttributes.GBP)
                    .on("gpe", VxlanAttributes.GPE);

    static final DataForm GENEVE =
            new DataForm()
                    .on("external", GeneveAttributes.COLLECT_METADATA)
                    .number("id", GeneveAttributes.ID)
                    .address("remote", GeneveAttributes.REMOTE)
                    .address("remote6", GeneveAttributes.REMOTE6)
                    .with(ttl(GeneveAttributes.TTL, GeneveAttributes.TTL_INHERIT))
                    .hex("tos", GeneveAttributes.TOS)
                    .named("df", GeneveAttributes.DF, GeneveAttributes.DF_NAMES)
                    .hex("label", GeneveAttributes.LABEL)
                    .number("port", GeneveAttributes.PORT)
                    .bool("udp_csum", GeneveAttributes.UDP_CSUM)
                    .bool("udp_zero_csum6_tx", GeneveAttributes.UDP_ZERO_CSUM6_TX)
                    .bool("udp_zero_csum6_rx", GeneveAttributes.UDP_ZERO_CSUM6_RX)
                    .on("inner_proto_inherit", GeneveAttributes.INNER_PROTO_INHERIT);

    private OverlayForms() {}

    /** The remote end: a group if it is a multicast address. */
    private static void end(
            AttributeList data, AttributeSpec spec, String suffix, JsonGenerator json)
            throws IOException {
        byte[] address = data.bytes(spec);
        if (!DataForm.isZero(address)) {
            int first = address[0] & 0xff;
            boolean group = address.length == 4 ? first >> 4 == 0xe : first == 0xff;
            json.writeStringField((group ? "group" : "remote") + suffix, Display.IP.bytes(address));
        }
    }

    private static void ports(AttributeList data, JsonGenerator json) throws IOException {
        StructValue range = data.struct(VxlanAttributes.PORT_RANGE);
        if (range != null) {
            json.writeObjectFieldStart("port_range");
            json.writeNumberField("low", range.number("low"));
            json.writeNumberField("high", range.number("high"));
            json.writeEndObject();
        }
    }

    /** The number counts if the inner packet's is not taken. */
    private static DataForm.Field ttl(AttributeSpec ttl, AttributeSpec inherit) {
        return (data, names, json) -> {
            if (!DataForm.isSet(data, inherit)) {
                IpJson.number(json, "ttl", data, ttl);
            }
        };
    }
}
