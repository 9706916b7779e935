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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A link. What belongs to its kind is {@code info_data}, in the words of {@link KindForms} or, of a
 * kind that has none, with the field names of the tables.
 */
final class LinkJson {
    private static final long RUNNING = 0x40;
    private static final long POINT_TO_POINT = 0x10;

    /** What {@code ip} calls kinds of hardware. */
    private static final Map<String, String> TYPES =
            Map.of("tunnel", "ipip", "ipgre", "gre", "ip6gre", "gre6");

    /** Kinds of hardware whose addresses are IP addresses. */
    private static final Set<String> ADDRESSED_BY_IP =
            Set.of("tunnel", "tunnel6", "sit", "ipgre", "ip6gre");

    private static final List<String> FLAG_ORDER =
            List.of(
                    "loopback",
                    "broadcast",
                    "pointopoint",
                    "multicast",
                    "noarp",
                    "allmulti",
                    "promisc",
                    "master",
                    "slave",
                    "debug",
                    "dynamic",
                    "automedia",
                    "portsel",
                    "notrailers",
                    "up",
                    "lower_up",
                    "dormant",
                    "echo");

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
        json.writeStringField(
                "group", group == 0 ? "default" : SystemNames.LINK_GROUPS.textOf(group));
        if (o.number(LinkAttributes.TXQLEN, 0) != 0) {
            IpJson.number(json, "txqlen", o, LinkAttributes.TXQLEN);
        }
        String type = LinkStructures.TYPES.nameOf(o.header("ifi_type"));
        json.writeStringField("link_type", TYPES.getOrDefault(type, type));
        addresses(o, type, link.flags(), json);
        if (o.has(LinkAttributes.LINK_NETNSID)) {
            json.writeNumberField("link_netnsid", o.number(LinkAttributes.LINK_NETNSID, -1));
        }
        IpJson.number(json, "promiscuity", o, LinkAttributes.PROMISCUITY);
        IpJson.number(json, "allmulti", o, LinkAttributes.ALLMULTI);
        IpJson.number(json, "min_mtu", o, LinkAttributes.MIN_MTU);
        IpJson.number(json, "max_mtu", o, LinkAttributes.MAX_MTU);
        info(o, names, json);
        addressMode(o, json);
        IpJson.number(json, "num_tx_queues", o, LinkAttributes.NUM_TX_QUEUES);
        IpJson.number(json, "num_rx_queues", o, LinkAttributes.NUM_RX_QUEUES);
        IpJson.number(json, "gso_max_size", o, LinkAttributes.GSO_MAX_SIZE);
        IpJson.number(json, "gso_max_segs", o, LinkAttributes.GSO_MAX_SEGS);
        IpJson.number(json, "tso_max_size", o, LinkAttributes.TSO_MAX_SIZE);
        IpJson.number(json, "tso_max_segs", o, LinkAttributes.TSO_MAX_SEGS);
        IpJson.number(json, "gro_max_size", o, LinkAttributes.GRO_MAX_SIZE);
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
        for (String name : FLAG_ORDER) {
            if ((shown & LinkStructures.FLAGS.valueOf(name).getAsLong()) != 0) {
                json.writeString(name.toUpperCase(Locale.ROOT));
            }
        }
        if (names.isDown(link.lower()) && !link.attributes().has(LinkAttributes.LINK_NETNSID)) {
            json.writeString("M-DOWN");
        }
        json.writeEndArray();
    }

    private static void addresses(AttributeList o, String type, long flags, JsonGenerator json)
            throws IOException {
        byte[] address = o.bytes(LinkAttributes.ADDRESS);
        if (address != null) {
            json.writeStringField("address", address(address, type));
        }
        if (o.has(LinkAttributes.BROADCAST)) {
            if ((flags & POINT_TO_POINT) != 0) {
                json.writeBooleanField("link_pointtopoint", true);
            }
            json.writeStringField("broadcast", address(o.bytes(LinkAttributes.BROADCAST), type));
        }
        byte[] permanent = o.bytes(LinkAttributes.PERM_ADDRESS);
        if (permanent != null && !Arrays.equals(permanent, address)) {
            json.writeStringField("permaddr", address(permanent, type));
        }
    }

    private static String address(byte[] address, String type) {
        return ADDRESSED_BY_IP.contains(type)
                ? Display.IP.bytes(address)
                : HexFormat.ofDelimiter(":").formatHex(address);
    }

    private static void info(AttributeList o, IpNames names, JsonGenerator json)
            throws IOException {
        AttributeList info = o.list(LinkAttributes.LINKINFO);
        if (info == null) {
            return;
        }
        json.writeObjectFieldStart("linkinfo");
        String kind = info.string(LinkInfoAttributes.KIND);
        String port = info.string(LinkInfoAttributes.SLAVE_KIND);
        text(json, "info_kind", info, LinkInfoAttributes.KIND);
        DataForm form = KindForms.of(kind);
        data(json, "info_data", info, LinkInfoAttributes.DATA, form, names);
        text(json, "info_slave_kind", info, LinkInfoAttributes.SLAVE_KIND);
        DataForm portForm = KindForms.ofPort(port);
        data(json, "info_slave_data", info, LinkInfoAttributes.SLAVE_DATA, portForm, names);
        json.writeEndObject();
    }

    private static void data(
            JsonGenerator json,
            String field,
            AttributeList o,
            AttributeSpec spec,
            DataForm form,
            IpNames names)
            throws IOException {
        if (!o.has(spec) || !(o.find(spec).get().value() instanceof AttributeList data)) {
            return;
        }
        json.writeFieldName(field);
        if (form == null) {
            AttributeJson.write(data, json);
        } else {
            json.writeStartObject();
            form.write(data, names, json);
            json.writeEndObject();
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
