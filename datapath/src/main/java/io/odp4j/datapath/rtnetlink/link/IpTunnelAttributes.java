package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.BE32;
import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.FLAG;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.rtnetlink.RtNames;

/**
 * Attributes of tunnels of IP in IP, {@code IFLA_IPTUN_*} and {@code IFLA_VTI_*} of {@code
 * linux/if_tunnel.h}.
 */
public final class IpTunnelAttributes {

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link_iptun", "IFLA_IPTUN_");
    public static final AttributeSpec LINK =
            BUILDER.add(1, "LINK", U32, "Interface index of the link that packets leave by.");
    public static final AttributeSpec LOCAL =
            BUILDER.add(2, "LOCAL", BINARY, Display.IP, "Source address.");
    public static final AttributeSpec REMOTE =
            BUILDER.add(3, "REMOTE", BINARY, Display.IP, "Remote end.");
    public static final AttributeSpec TTL =
            BUILDER.add(4, "TTL", U8, "Time to live of the outer header; 0: the inner one's.");
    public static final AttributeSpec TOS =
            BUILDER.add(5, "TOS", U8, "Type of service of the outer header; 1: the inner one's.");
    public static final AttributeSpec ENCAP_LIMIT =
            BUILDER.add(6, "ENCAP_LIMIT", U8, "Most nested encapsulations, IPv6.");
    public static final AttributeSpec FLOWINFO =
            BUILDER.add(7, "FLOWINFO", BE32, Display.HEX, "Traffic class and flow label, IPv6.");
    public static final AttributeSpec FLAGS =
            BUILDER.add(8, "FLAGS", U16, Display.HEX, "1: ISATAP.");
    public static final AttributeSpec PROTO =
            BUILDER.add(9, "PROTO", U8, "Inner protocol: 4 IPv4, 41 IPv6, 137 MPLS, 0 any.");
    public static final AttributeSpec PMTUDISC =
            BUILDER.add(10, "PMTUDISC", U8, "1: path MTU discovery.");
    public static final AttributeSpec SIXRD_PREFIX =
            BUILDER.add(11, "6RD_PREFIX", BINARY, Display.IPV6, "Prefix of the 6rd domain.");
    public static final AttributeSpec SIXRD_RELAY_PREFIX =
            BUILDER.add(12, "6RD_RELAY_PREFIX", BINARY, Display.IPV4, "Prefix of its relays.");
    public static final AttributeSpec SIXRD_PREFIXLEN =
            BUILDER.add(13, "6RD_PREFIXLEN", U16, "Bits of the prefix.");
    public static final AttributeSpec SIXRD_RELAY_PREFIXLEN =
            BUILDER.add(14, "6RD_RELAY_PREFIXLEN", U16, "Bits of the relays' prefix.");
    public static final AttributeSpec ENCAP_TYPE =
            BUILDER.add(
                    15,
                    "ENCAP_TYPE",
                    U16,
                    RtNames.TUNNEL_ENCAPSULATIONS,
                    "What packets are wrapped in.");
    public static final AttributeSpec ENCAP_FLAGS =
            BUILDER.add(
                    16, "ENCAP_FLAGS", U16, RtNames.TUNNEL_ENCAPSULATION_FLAGS, "Options of that.");
    public static final AttributeSpec ENCAP_SPORT =
            BUILDER.add(17, "ENCAP_SPORT", BE16, "UDP source port of that; 0: by flow.");
    public static final AttributeSpec ENCAP_DPORT =
            BUILDER.add(18, "ENCAP_DPORT", BE16, "UDP destination port of that.");
    public static final AttributeSpec COLLECT_METADATA =
            BUILDER.add(19, "COLLECT_METADATA", FLAG, "The tunnel's data comes with each packet.");
    public static final AttributeSpec FWMARK = BUILDER.add(20, "FWMARK", U32, "Mark for routing.");
    public static final AttributeTable TABLE = BUILDER.build();

    private static final AttributeTable.Builder IP6_BUILDER =
            TABLE.dialect("link_ip6tnl", "IFLA_IPTUN_");
    public static final AttributeSpec IP6_FLAGS =
            IP6_BUILDER.add(8, "FLAGS", U32, Display.HEX, "Flags `IP6_TNL_F_*`.");
    public static final AttributeTable IP6_TABLE = IP6_BUILDER.build();

    private static final AttributeTable.Builder VTI_BUILDER =
            AttributeTable.named("link_vti", "IFLA_VTI_");
    public static final AttributeSpec VTI_LINK =
            VTI_BUILDER.add(1, "LINK", U32, "Interface index of the link that packets leave by.");
    public static final AttributeSpec VTI_IKEY =
            VTI_BUILDER.add(2, "IKEY", BE32, "Key of incoming packets.");
    public static final AttributeSpec VTI_OKEY =
            VTI_BUILDER.add(3, "OKEY", BE32, "Key of outgoing packets.");
    public static final AttributeSpec VTI_LOCAL =
            VTI_BUILDER.add(4, "LOCAL", BINARY, Display.IP, "Source address.");
    public static final AttributeSpec VTI_REMOTE =
            VTI_BUILDER.add(5, "REMOTE", BINARY, Display.IP, "Remote end.");
    public static final AttributeSpec VTI_FWMARK =
            VTI_BUILDER.add(6, "FWMARK", U32, "Mark for routing.");
    public static final AttributeTable VTI_TABLE = VTI_BUILDER.build();

    private IpTunnelAttributes() {}
}
