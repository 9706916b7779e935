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
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.RtNames;

/** Attributes of GRE links of every kind, {@code IFLA_GRE_*} of {@code linux/if_tunnel.h}. */
public final class GreAttributes {
    /** {@code GRE_*}: what the header carries. */
    public static final ValueNames FLAG_NAMES =
            ValueNames.flags("", 0x8000, "csum", 0x2000, "key", 0x1000, "seq");

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link_gre", "IFLA_GRE_");
    public static final AttributeSpec LINK =
            BUILDER.add(1, "LINK", U32, "Interface index of the link that packets leave by.");
    public static final AttributeSpec IFLAGS =
            BUILDER.add(2, "IFLAGS", BE16, FLAG_NAMES, "What incoming headers carry.");
    public static final AttributeSpec OFLAGS =
            BUILDER.add(3, "OFLAGS", BE16, FLAG_NAMES, "What outgoing headers carry.");
    public static final AttributeSpec IKEY =
            BUILDER.add(4, "IKEY", BE32, "Key of incoming packets.");
    public static final AttributeSpec OKEY =
            BUILDER.add(5, "OKEY", BE32, "Key of outgoing packets.");
    public static final AttributeSpec LOCAL =
            BUILDER.add(6, "LOCAL", BINARY, Display.IP, "Source address.");
    public static final AttributeSpec REMOTE =
            BUILDER.add(7, "REMOTE", BINARY, Display.IP, "Remote end.");
    public static final AttributeSpec TTL =
            BUILDER.add(8, "TTL", U8, "Time to live of the outer header; 0: the inner one's.");
    public static final AttributeSpec TOS =
            BUILDER.add(9, "TOS", U8, "Type of service of the outer header; 1: the inner one's.");
    public static final AttributeSpec PMTUDISC =
            BUILDER.add(10, "PMTUDISC", U8, "1: path MTU discovery.");
    public static final AttributeSpec ENCAP_LIMIT =
            BUILDER.add(11, "ENCAP_LIMIT", U8, "Most nested encapsulations, IPv6.");
    public static final AttributeSpec FLOWINFO =
            BUILDER.add(12, "FLOWINFO", BE32, Display.HEX, "Traffic class and flow label, IPv6.");
    public static final AttributeSpec FLAGS =
            BUILDER.add(13, "FLAGS", U32, Display.HEX, "Flags `IP6_TNL_F_*`.");
    public static final AttributeSpec ENCAP_TYPE =
            BUILDER.add(
                    14,
                    "ENCAP_TYPE",
                    U16,
                    RtNames.TUNNEL_ENCAPSULATIONS,
                    "What packets are wrapped in.");
    public static final AttributeSpec ENCAP_FLAGS =
            BUILDER.add(
                    15, "ENCAP_FLAGS", U16, RtNames.TUNNEL_ENCAPSULATION_FLAGS, "Options of that.");
    public static final AttributeSpec ENCAP_SPORT =
            BUILDER.add(16, "ENCAP_SPORT", BE16, "UDP source port of that; 0: by flow.");
    public static final AttributeSpec ENCAP_DPORT =
            BUILDER.add(17, "ENCAP_DPORT", BE16, "UDP destination port of that.");
    public static final AttributeSpec COLLECT_METADATA =
            BUILDER.add(18, "COLLECT_METADATA", FLAG, "The tunnel's data comes with each packet.");
    public static final AttributeSpec IGNORE_DF =
            BUILDER.add(19, "IGNORE_DF", U8, "1: does not heed the inner don't-fragment bit.");
    public static final AttributeSpec FWMARK = BUILDER.add(20, "FWMARK", U32, "Mark for routing.");
    public static final AttributeSpec ERSPAN_INDEX =
            BUILDER.add(21, "ERSPAN_INDEX", U32, "ERSPAN index, version 1.");
    public static final AttributeSpec ERSPAN_VER =
            BUILDER.add(22, "ERSPAN_VER", U8, "ERSPAN version.");
    public static final AttributeSpec ERSPAN_DIR =
            BUILDER.add(23, "ERSPAN_DIR", U8, "ERSPAN direction, version 2.");
    public static final AttributeSpec ERSPAN_HWID =
            BUILDER.add(24, "ERSPAN_HWID", U16, "ERSPAN hardware id, version 2.");
    public static final AttributeTable TABLE = BUILDER.build();

    private GreAttributes() {}
}
