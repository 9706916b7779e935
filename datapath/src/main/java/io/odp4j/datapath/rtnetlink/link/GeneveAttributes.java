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

/** Attributes of a Geneve link, {@code IFLA_GENEVE_*}. */
public final class GeneveAttributes {
    /** Don't-fragment bit of the outer header. */
    public static final ValueNames DF_NAMES =
            ValueNames.enumeration("GENEVE_DF_", 0, "unset", 1, "set", 2, "inherit");

    public static final StructLayout PORT_RANGE_STRUCT =
            StructLayout.struct("ifla_geneve_port_range")
                    .number("low", BE16)
                    .number("high", BE16)
                    .build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link_geneve", "IFLA_GENEVE_");
    public static final AttributeSpec ID =
            BUILDER.add(1, "ID", U32, "Virtual network identifier, 24 bits.");
    public static final AttributeSpec REMOTE =
            BUILDER.add(2, "REMOTE", BINARY, Display.IPV4, "Remote end, IPv4.");
    public static final AttributeSpec TTL =
            BUILDER.add(3, "TTL", U8, "Time to live of the outer header.");
    public static final AttributeSpec TOS =
            BUILDER.add(4, "TOS", U8, "Type of service of the outer header; 1: the inner one's.");
    public static final AttributeSpec PORT = BUILDER.add(5, "PORT", BE16, "UDP destination port.");
    public static final AttributeSpec COLLECT_METADATA =
            BUILDER.add(6, "COLLECT_METADATA", FLAG, "The tunnel's data comes with each packet.");
    public static final AttributeSpec REMOTE6 =
            BUILDER.add(7, "REMOTE6", BINARY, Display.IPV6, "Remote end, IPv6.");
    public static final AttributeSpec UDP_CSUM =
            BUILDER.add(8, "UDP_CSUM", U8, "1: UDP checksums over IPv4.");
    public static final AttributeSpec UDP_ZERO_CSUM6_TX =
            BUILDER.add(9, "UDP_ZERO_CSUM6_TX", U8, "1: none over IPv6.");
    public static final AttributeSpec UDP_ZERO_CSUM6_RX =
            BUILDER.add(10, "UDP_ZERO_CSUM6_RX", U8, "1: accepts none over IPv6.");
    public static final AttributeSpec LABEL =
            BUILDER.add(11, "LABEL", BE32, Display.HEX, "Flow label of the outer header.");
    public static final AttributeSpec TTL_INHERIT =
            BUILDER.add(12, "TTL_INHERIT", U8, "1: the inner header's time to live.");
    public static final AttributeSpec DF =
            BUILDER.add(13, "DF", U8, DF_NAMES, "Don't-fragment bit.");
    public static final AttributeSpec INNER_PROTO_INHERIT =
            BUILDER.add(
                    14,
                    "INNER_PROTO_INHERIT",
                    FLAG,
                    "Protocol of the inner packet instead of Ethernet.");
    public static final AttributeSpec PORT_RANGE =
            BUILDER.struct(15, "PORT_RANGE", PORT_RANGE_STRUCT, "UDP source ports.");
    public static final AttributeSpec GRO_HINT =
            BUILDER.add(16, "GRO_HINT", FLAG, "Puts packets together by a hint in the header.");
    public static final AttributeSpec LOCAL =
            BUILDER.add(17, "LOCAL", BINARY, Display.IPV4, "Source address, IPv4.");
    public static final AttributeSpec LOCAL6 =
            BUILDER.add(18, "LOCAL6", BINARY, Display.IPV6, "Source address, IPv6.");
    public static final AttributeTable TABLE = BUILDER.build();

    private GeneveAttributes() {}
}
