package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeType;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.RtNames;
import io.odp4j.datapath.rtnetlink.link.GreAttributes;
import io.odp4j.datapath.rtnetlink.link.IpTunnelAttributes;
import java.io.IOException;

/** GRE of every kind, IP in IP of every kind, and VTI. */
final class TunnelForms {
    /** What GRE's headers carry: {@code GRE_CSUM}, {@code GRE_KEY}, {@code GRE_SEQ}. */
    private static final int CSUM = 0x8000;

    private static final int KEY = 0x2000;
    private static final int SEQ = 0x1000;

    private static final int ISATAP = 1;

    /** {@code IP6_TNL_F_*} of {@code linux/ip6_tunnel.h}. */
    private static final int IGNORE_ENCAP_LIMIT = 1;

    private static final int ORIGINAL_TRAFFIC_CLASS = 2;
    private static final int ORIGINAL_FLOW_LABEL = 4;
    private static final int MOBILE_IP6 = 8;
    private static final int COPY_DSCP = 0x10;
    private static final int ORIGINAL_MARK = 0x20;
    private static final int LOCAL_REMOTE = 0x40;

    private static final int TRAFFIC_CLASS_SHIFT = 20;
    private static final int FLOW_LABEL_MASK = 0xfffff;

    /** Inner protocols of IPv4 tunnels. */
    private static final ValueNames OVER_4 =
            ValueNames.enumeration("", 0, "any", 4, "ipip", 41, "ip6ip", 137, "mplsip");

    /** Inner protocols of IPv6 tunnels. */
    private static final ValueNames OVER_6 =
            ValueNames.enumeration("", 0, "any", 4, "ipip6", 41, "ip6ip6");

    private static final DataForm GRE_ENDS =
            new DataForm()
                    .on("external", GreAttributes.COLLECT_METADATA)
                    .with(
                            ends(
                                    GreAttributes.REMOTE,
                                    GreAttributes.LOCAL,
                                    GreAttributes.LINK,
                                    GreAttributes.TTL));

    private static final DataForm GRE_KEYS =
            new DataForm()
                    .with(key("ikey", GreAttributes.IFLAGS, GreAttributes.IKEY))
                    .with(key("okey", GreAttributes.OFLAGS, GreAttributes.OKEY))
                    .bit("iseq", GreAttributes.IFLAGS, SEQ)
                    .bit("oseq", GreAttributes.OFLAGS, SEQ)
                    .bit("icsum", GreAttributes.IFLAGS, CSUM)
                    .bit("ocsum", GreAttributes.OFLAGS, CSUM);

    private static final DataForm GRE_REST =
            new DataForm()
                    .number("erspan_index", GreAttributes.ERSPAN_INDEX)
                    .number("erspan_ver", GreAttributes.ERSPAN_VER)
                    .with(
                            (data, names, json) -> {
                                if (data.has(GreAttributes.ERSPAN_DIR)) {
                                    boolean in = data.number(GreAttributes.ERSPAN_DIR, 0) == 0;
                                    json.writeStringField("erspan_dir", in ? "ingress" : "egress");
                                }
                            })
                    .hex("erspan_hwid", GreAttributes.ERSPAN_HWID)
                    .with(
                            encap(
                                    GreAttributes.ENCAP_TYPE,
                                    GreAttributes.ENCAP_FLAGS,
                                    GreAttributes.ENCAP_SPORT,
                                    GreAttributes.ENCAP_DPORT));

    static final DataForm GRE =
            new DataForm()
                    .with(GRE_ENDS)
                    .hex("tos", GreAttributes.TOS)
                    .bool("pmtudisc", GreAttributes.PMTUDISC)
                    .with(GRE_KEYS)
                    .on("ignore_df", GreAttributes.IGNORE_DF)
                    .hex("fwmark", GreAttributes.FWMARK)
                    .with(GRE_REST);

    static final DataForm IP6_GRE =
            new DataForm()
                    .with(GRE_ENDS)
                    .with(
                            over6(
                                    GreAttributes.FLAGS,
                                    GreAttributes.ENCAP_LIMIT,
                                    GreAttributes.FLOWINFO,
                                    GreAttributes.FWMARK))
                    .with(GRE_KEYS)
                    .with(GRE_REST);

    private static final DataForm IP_ENDS =
            ends(
                    IpTunnelAttributes.REMOTE,
                    IpTunnelAttributes.LOCAL,
                    IpTunnelAttributes.LINK,
                    IpTunnelAttributes.TTL);

    private static final DataForm IP_ENCAP =
            new DataForm()
                    .with(
                            encap(
                                    IpTunnelAttributes.ENCAP_TYPE,
                                    IpTunnelAttributes.ENCAP_FLAGS,
                                    IpTunnelAttributes.ENCAP_SPORT,
                                    IpTunnelAttributes.ENCAP_DPORT));

    static final DataForm IPIP =
            new DataForm()
                    .on("external", IpTunnelAttributes.COLLECT_METADATA)
                    .named("proto", IpTunnelAttributes.PROTO, OVER_4)
                    .with(IP_ENDS)
                    .hex("tos", IpTunnelAttributes.TOS)
                    .bool("pmtudisc", IpTunnelAttributes.PMTUDISC)
                    .bit("isatap", IpTunnelAttributes.FLAGS, ISATAP)
                    .with((data, names, json) -> rapid(data, json))
                    .hex("fwmark", IpTunnelAttributes.FWMARK)
                    .with(IP_ENCAP);

    static final DataForm IP6_TUNNEL =
            new DataForm()
                    .on("external", IpTunnelAttributes.COLLECT_METADATA)
                    .named("proto", IpTunnelAttributes.PROTO, OVER_6)
                    .with(IP_ENDS)
                    .with(
                            over6(
                                    IpTunnelAttributes.IP6_FLAGS,
                                    IpTunnelAttributes.ENCAP_LIMIT,
                                    IpTunnelAttributes.FLOWINFO,
                                    IpTunnelAttributes.FWMARK))
                    .with(IP_ENCAP);

    static final DataForm VTI =
            new DataForm()
                    .addressOrAny("remote", IpTunnelAttributes.VTI_REMOTE)
                    .addressOrAny("local", IpTunnelAttributes.VTI_LOCAL)
                    .link("link", IpTunnelAttributes.VTI_LINK)
                    .with(dotted("ikey", IpTunnelAttributes.VTI_IKEY))
                    .with(dotted("okey", IpTunnelAttributes.VTI_OKEY))
                    .hex("fwmark", IpTunnelAttributes.VTI_FWMARK);

    private TunnelForms() {}

    private static DataForm ends(
            AttributeSpec remote, AttributeSpec local, AttributeSpec link, AttributeSpec ttl) {
        return new DataForm()
                .addressOrAny("remote", remote)
                .addressOrAny("local", local)
                .link("link", link)
                .number("ttl", ttl);
    }

    private static DataForm.Field key(String name, AttributeSpec flags, AttributeSpec key) {
        return (data, names, json) -> {
            if ((data.number(flags, 0) & KEY) != 0) {
                json.writeStringField(name, dotted(data.number(key, 0)));
            }
        };
    }

    private static DataForm.Field dotted(String name, AttributeSpec key) {
        return (data, names, json) -> {
            if (data.number(key, 0) != 0) {
                json.writeStringField(name, dotted(data.number(key, 0)));
            }
        };
    }

    /** A key is written as if it were an IPv4 address. */
    private static String dotted(long key) {
        return Display.IPV4.number(key, AttributeType.BE32);
    }

    /** What tunnels over IPv6 have, GRE and others. */
    private static DataForm over6(
            AttributeSpec flags, AttributeSpec limit, AttributeSpec info, AttributeSpec mark) {
        return new DataForm()
                .with(
                        (data, names, json) -> {
                            if ((data.number(flags, 0) & IGNORE_ENCAP_LIMIT) != 0) {
                                json.writeBooleanField("ip6_tnl_f_ign_encap_limit", true);
                            } else {
                                IpJson.number(json, "encap_limit", data, limit);
                            }
                        })
                .with(
                        (data, names, json) -> {
                            long set = data.number(flags, 0);
                            long value = data.number(info, 0);
                            if ((set & ORIGINAL_TRAFFIC_CLASS) != 0) {
                                json.writeBooleanField("ip6_tnl_f_use_orig_tclass", true);
                            } else if (data.has(info)) {
                                long tclass = value >> TRAFFIC_CLASS_SHIFT & 0xff;
                                json.writeStringField("tclass", String.format("0x%02x", tclass));
                            }
                            if ((set & ORIGINAL_FLOW_LABEL) != 0) {
                                json.writeBooleanField("ip6_tnl_f_use_orig_flowlabel", true);
                            } else if (data.has(info)) {
                                long label = value & FLOW_LABEL_MASK;
                                json.writeStringField("flowlabel", String.format("0x%05x", label));
                            }
                        })
                .bit("ip6_tnl_f_rcv_dscp_copy", flags, COPY_DSCP)
                .bit("ip6_tnl_f_mip6_dev", flags, MOBILE_IP6)
                .bit("ip6_tnl_f_allow_local_remote", flags, LOCAL_REMOTE)
                .with(
                        (data, names, json) -> {
                            long value = data.number(mark, 0);
                            if ((data.number(flags, 0) & ORIGINAL_MARK) != 0) {
                                json.writeBooleanField("ip6_tnl_f_use_orig_fwmark", true);
                            } else if (value != 0) {
                                json.writeStringField("fwmark", "0x" + Long.toHexString(value));
                            }
                        });
    }

    /** IPv6 rapid deployment: a prefix, and that of the relays. */
    private static void rapid(AttributeList data, JsonGenerator json) throws IOException {
        if (data.number(IpTunnelAttributes.SIXRD_PREFIXLEN, 0) == 0) {
            return;
        }
        IpJson.address(json, "prefix", data, IpTunnelAttributes.SIXRD_PREFIX);
        IpJson.number(json, "prefixlen", data, IpTunnelAttributes.SIXRD_PREFIXLEN);
        if (data.number(IpTunnelAttributes.SIXRD_RELAY_PREFIXLEN, 0) != 0) {
            json.writeStringField(
                    "relay_prefix",
                    Display.IPV4.bytes(data.bytes(IpTunnelAttributes.SIXRD_RELAY_PREFIX)));
            IpJson.number(json, "relay_prefixlen", data, IpTunnelAttributes.SIXRD_RELAY_PREFIXLEN);
        }
    }

    /** The UDP that packets are wrapped in: FOU or GUE. */
    private static DataForm.Field encap(
            AttributeSpec type, AttributeSpec flags, AttributeSpec sport, AttributeSpec dport) {
        return (data, names, json) -> {
            if (data.number(type, 0) == 0) {
                return;
            }
            json.writeObjectFieldStart("encap");
            json.writeStringField(
                    "type", RtNames.TUNNEL_ENCAPSULATIONS.nameOf(data.number(type, 0)));
            json.writeNumberField("sport", data.number(sport, 0));
            json.writeNumberField("dport", data.number(dport, 0));
            for (var flag : RtNames.TUNNEL_ENCAPSULATION_FLAGS.names().entrySet()) {
                json.writeBooleanField(
                        flag.getValue(), (data.number(flags, 0) & flag.getKey()) != 0);
            }
            json.writeEndObject();
        };
    }
}
