package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.AttributeJson;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.rtnetlink.link.FamilyLinkAttributes;
import io.odp4j.datapath.rtnetlink.link.Inet6LinkAttributes;
import io.odp4j.datapath.rtnetlink.link.Link;
import io.odp4j.datapath.rtnetlink.link.LinkAttributes;
import io.odp4j.datapath.rtnetlink.link.LinkInfoAttributes;
import io.odp4j.datapath.rtnetlink.link.LinkStructures;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** A link; what belongs to its kind is {@code info_data} with the field names of the tables. */
final class LinkJson {
    private static final long RUNNING = 0x40;
    private static final long POINT_TO_POINT = 0x10;

    /** What {@code ip} calls kinds of hardware. */
    private static final Map<String, String> TYPES =
            Map.of("tunnel", "ipip", "ipgre", "gre", "ip6gre", "gre6");

    private LinkJson() {}

    static void write(AttributeList o, IpNames names, JsonGenerator json) throws IOException {
        Link link = new Link(o);
        json.writeNumberField("ifindex", link.index());
        if (o.has(LinkAttributes.LINK)) {
            lower(link, names, json);
        }
        json.writeStringField("ifname", link.name());
        flags(link, names, json);
        IpJson.number(json, "mtu", o, LinkAttributes.MTU);
        text(json, "qdisc", o, LinkAttributes.QDISC);
        if (link.master() != 0) {
            json.writeStringField("master", names.name(link.master()));
        }
        named(json, "operstate", o, LinkAttributes.OPERSTATE);
        named(json, "linkmode", o, LinkAttributes.LINKMODE);
        long group = o.number(LinkAttributes.GROUP, 0);
        json.writeStringField("group", group == 0 ? "default" : Long.toString(group));
        if (o.number(LinkAttributes.TXQLEN, 0) != 0) {
            IpJson.number(json, "txqlen", o, LinkAttributes.TXQLEN);
        }
        String type = LinkStructures.TYPES.nameOf(o.header("ifi_type"));
        json.writeStringField("link_type", TYPES.getOrDefault(type, type));
        addresses(o, link.flags(), json);
        if (o.has(LinkAttributes.LINK_NETNSID)) {
            json.writeNumberField("link_netnsid", o.number(LinkAttributes.LINK_NETNSID, -1));
        }
        IpJson.number(json, "promiscuity", o, LinkAttributes.PROMISCUITY);
        IpJson.number(json, "min_mtu", o, LinkAttributes.MIN_MTU);
        IpJson.number(json, "max_mtu", o, LinkAttributes.MAX_MTU);
        info(o, json);
        addressMode(o, json);
        IpJson.number(json, "num_tx_queues", o, LinkAttributes.NUM_TX_QUEUES);
        IpJson.number(json, "gso_max_size", o, LinkAttributes.GSO_MAX_SIZE);
        IpJson.number(json, "gso_max_segs", o, LinkAttributes.GSO_MAX_SEGS);
        text(json, "ifalias", o, LinkAttributes.IFALIAS);
        if (!link.alternativeNames().isEmpty()) {
            json.writeArrayFieldStart("altnames");
            for (String name : link.alternativeNames()) {
                json.writeString(name);
            }
            json.writeEndArray();
        }
    }

    private static void lower(Link link, IpNames names, JsonGenerator json) throws IOException {
        if (link.lower() == 0) {
            json.writeNullField("link");
        } else if (link.attributes().has(LinkAttributes.LINK_NETNSID)) {
            json.writeNumberField("link_index", link.lower());
        } else {
            json.writeStringField("link", names.name(link.lower()));
        }
    }

    private static void flags(Link link, IpNames names, JsonGenerator json) throws IOException {
        long flags = link.flags();
        json.writeArrayFieldStart("flags");
        if ((flags & Link.UP) != 0 && (flags & RUNNING) == 0) {
            json.writeString("NO-CARRIER");
        }
        long shown = flags & ~RUNNING;
        if (shown != 0) {
            for (String name : LinkStructures.FLAGS.nameOf(shown).split("\\|")) {
                json.writeString(name.toUpperCase(Locale.ROOT));
            }
        }
        if (names.isDown(link.lower()) && !link.attributes().has(LinkAttributes.LINK_NETNSID)) {
            json.writeString("M-DOWN");
        }
        json.writeEndArray();
    }

    private static void addresses(AttributeList o, long flags, JsonGenerator json)
            throws IOException {
        if (o.has(LinkAttributes.ADDRESS)) {
            json.writeStringField("address", Display.LLADDR.bytes(o.bytes(LinkAttributes.ADDRESS)));
        }
        if (o.has(LinkAttributes.BROADCAST)) {
            if ((flags & POINT_TO_POINT) != 0) {
                json.writeBooleanField("link_pointtopoint", true);
            }
            json.writeStringField(
                    "broadcast", Display.LLADDR.bytes(o.bytes(LinkAttributes.BROADCAST)));
        }
    }

    private static void info(AttributeList o, JsonGenerator json) throws IOException {
        AttributeList info = o.list(LinkAttributes.LINKINFO);
        if (info == null) {
            return;
        }
        json.writeObjectFieldStart("linkinfo");
        text(json, "info_kind", info, LinkInfoAttributes.KIND);
        nest(json, "info_data", info, LinkInfoAttributes.DATA);
        text(json, "info_slave_kind", info, LinkInfoAttributes.SLAVE_KIND);
        nest(json, "info_slave_data", info, LinkInfoAttributes.SLAVE_DATA);
        json.writeEndObject();
    }

    private static void nest(JsonGenerator json, String field, AttributeList o, AttributeSpec spec)
            throws IOException {
        if (o.has(spec) && o.find(spec).get().value() instanceof AttributeList data) {
            json.writeFieldName(field);
            AttributeJson.write(data, json);
        }
    }

    private static void addressMode(AttributeList o, JsonGenerator json) throws IOException {
        if (o.has(LinkAttributes.AF_SPEC)
                && o.find(LinkAttributes.AF_SPEC).get().value() instanceof AttributeList families
                && families.has(FamilyLinkAttributes.INET6)) {
            AttributeList inet6 = families.list(FamilyLinkAttributes.INET6);
            if (inet6.has(Inet6LinkAttributes.ADDR_GEN_MODE)) {
                json.writeStringField(
                        "inet6_addr_gen_mode",
                        Inet6LinkAttributes.MODES.nameOf(
                                inet6.number(Inet6LinkAttributes.ADDR_GEN_MODE, 0)));
            }
        }
    }

    private static void text(JsonGenerator json, String field, AttributeList o, AttributeSpec spec)
            throws IOException {
        if (o.has(spec)) {
            json.writeStringField(field, o.string(spec));
        }
    }

    private static void named(JsonGenerator json, String field, AttributeList o, AttributeSpec spec)
            throws IOException {
        if (o.has(spec)) {
            String name = spec.values().nameOf(o.number(spec, 0));
            json.writeStringField(field, name.toUpperCase(Locale.ROOT));
        }
    }
}
