package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.BE32;
import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.FLAG;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;

/** Attributes of a VXLAN link, {@code IFLA_VXLAN_*}. */
public final class VxlanAttributes {
    /** Don't-fragment bit of the outer header. */
    public static final ValueNames DF_NAMES =
            ValueNames.enumeration("VXLAN_DF_", 0, "unset", 1, "set", 2, "inherit");

    /** Where the outer flow label comes from. */
    public static final ValueNames LABEL_POLICIES =
            ValueNames.enumeration("VXLAN_LABEL_", 0, "fixed", 1, "inherit");

    public static final StructLayout PORT_RANGE_STRUCT =
            StructLayout.struct("ifla_vxlan_port_range")
                    .number("low", BE16)
                    .number("high", BE16)
                    .build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link_vxlan", "IFLA_VXLAN_");
    public static final AttributeSpec ID =
            BUILDER.add(1, "ID", U32, "VXLAN network identifier, 24 bits.");
    public static final AttributeSpec GROUP =
            BUILDER.add(2, "GROUP", BINARY, Display.IPV4, "Remote end or multicast group, IPv4.");
    public static final AttributeSpec LINK =
            BUILDER.add(3, "LINK", U32, "Interface index of the link that packets leave by.");
    public static final AttributeSpec LOCAL =
            BUILDER.add(4, "LOCAL", BINARY, Display.IPV4, "Source address, IPv4.");
    public static final AttributeSpec TTL =
            BUILDER.add(5, "TTL", U8, "Time to live of the outer header.");
    public static final AttributeSpec TOS =
            BUILDER.add(6, "TOS", U8, "Type of service of the outer header; 1: the inner one's.");
    public static final AttributeSpec LEARNING =
            BUILDER.add(7, "LEARNING", U8, "1: learns addresses.");
    public static final AttributeSpec AGEING =
            BUILDER.add(8, "AGEING", U32, "How long a learned address stays, seconds.");
    public static final AttributeSpec LIMIT =
            BUILDER.add(9, "LIMIT", U32, "Most addresses; 0: no limit.");
    public static final AttributeSpec PORT_RANGE =
            BUILDER.struct(10, "PORT_RANGE", PORT_RANGE_STRUCT, "UDP source ports.");
    public static final AttributeSpec PROXY =
            BUILDER.add(11, "PROXY", U8, "1: answers ARP for others.");
    public static final AttributeSpec RSC = BUILDER.add(12, "RSC", U8, "1: route short circuit.");
    public static final AttributeSpec L2MISS =
            BUILDER.add(13, "L2MISS", U8, "1: tells of unknown link-layer addresses.");
    public static final AttributeSpec L3MISS =
            BUILDER.add(14, "L3MISS", U8, "1: tells of unknown IP addresses.");
    public static final AttributeSpec PORT = BUILDER.add(15, "PORT", BE16, "UDP destination port.");
    public static final AttributeSpec GROUP6 =
            BUILDER.add(16, "GROUP6", BINARY, Display.IPV6, "Remote end or multicast group, IPv6.");
    public static final AttributeSpec LOCAL6 =
            BUILDER.add(17, "LOCAL6", BINARY, Display.IPV6, "Source address, IPv6.");
    public static final AttributeSpec UDP_CSUM =
            BUILDER.add(18, "UDP_CSUM", U8, "1: UDP checksums over IPv4.");
    public static final AttributeSpec UDP_ZERO_CSUM6_TX =
            BUILDER.add(19, "UDP_ZERO_CSUM6_TX", U8, "1: none over IPv6.");
    public static final AttributeSpec UDP_ZERO_CSUM6_RX =
            BUILDER.add(20, "UDP_ZERO_CSUM6_RX", U8, "1: accepts none over IPv6.");
    public static final AttributeSpec REMCSUM_TX =
            BUILDER.add(21, "REMCSUM_TX", U8, "1: remote checksum offload.");
    public static final AttributeSpec REMCSUM_RX =
            BUILDER.add(22, "REMCSUM_RX", U8, "1: accepts remote checksum offload.");
    public static final AttributeSpec GBP = BUILDER.add(23, "GBP", FLAG, "Group-based policy.");
    public static final AttributeSpec REMCSUM_NOPARTIAL =
            BUILDER.add(24, "REMCSUM_NOPARTIAL", FLAG, "No partial checksums on receipt.");
    public static final AttributeSpec COLLECT_METADATA =
            BUILDER.add(25, "COLLECT_METADATA", U8, "1: the tunnel's data comes with each packet.");
    public static final AttributeSpec LABEL =
            BUILDER.add(26, "LABEL", BE32, Display.HEX, "Flow label of the outer header.");
    public static final AttributeSpec GPE =
            BUILDER.add(27, "GPE", FLAG, "Generic protocol extension.");
    public static final AttributeSpec TTL_INHERIT =
            BUILDER.add(28, "TTL_INHERIT", FLAG, "The inner header's time to live.");
    public static final AttributeSpec DF =
            BUILDER.add(29, "DF", U8, DF_NAMES, "Don't-fragment bit.");
    public static final AttributeSpec VNIFILTER =
            BUILDER.add(30, "VNIFILTER", U8, "1: accepts listed network identifiers alone.");
    public static final AttributeSpec LOCALBYPASS =
            BUILDER.add(
                    31, "LOCALBYPASS", U8, "1: packets for a local address do not leave the host.");
    public static final AttributeSpec LABEL_POLICY =
            BUILDER.add(
                    32, "LABEL_POLICY", U32, LABEL_POLICIES, "Where the flow label comes from.");
    public static final AttributeSpec RESERVED_BITS =
            BUILDER.add(33, "RESERVED_BITS", BINARY, "Header bits that do not count.");
    public static final AttributeSpec MC_ROUTE =
            BUILDER.add(34, "MC_ROUTE", U8, "1: routes multicast.");
    public static final AttributeTable TABLE = BUILDER.build();

    private VxlanAttributes() {}
}
