package io.odp4j.datapath.rtnetlink.route;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.BE32;
import static io.odp4j.datapath.netlink.table.AttributeType.BE64;
import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.STRING;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U64;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeChoice;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;

/**
 * What a route's packets are wrapped in: the tables of RTA_ENCAP, {@code linux/lwtunnel.h} and its
 * neighbours.
 */
public final class EncapAttributes {
    /** enum lwtunnel_encap_types. */
    public static final ValueNames TYPES =
            ValueNames.enumeration(
                    "LWTUNNEL_ENCAP_",
                    0,
                    "none",
                    1,
                    "mpls",
                    2,
                    "ip",
                    3,
                    "ila",
                    4,
                    "ip6",
                    5,
                    "seg6",
                    6,
                    "bpf",
                    7,
                    "seg6_local",
                    8,
                    "rpl",
                    9,
                    "ioam6",
                    10,
                    "xfrm");

    /** {@code TUNNEL_*} of {@code linux/if_tunnel.h}. */
    public static final ValueNames TUNNEL_FLAGS =
            ValueNames.flags(
                    "",
                    0x0001,
                    "csum",
                    0x0004,
                    "key",
                    0x0008,
                    "seq",
                    0x0100,
                    "dont_fragment",
                    0x0200,
                    "oam",
                    0x0400,
                    "crit_opt",
                    0x0800,
                    "geneve_opt",
                    0x1000,
                    "vxlan_opt",
                    0x4000,
                    "erspan_opt");

    /** What a segment does. */
    public static final ValueNames ACTIONS =
            ValueNames.enumeration(
                    "SEG6_LOCAL_ACTION_",
                    1,
                    "end",
                    2,
                    "end_x",
                    3,
                    "end_t",
                    4,
                    "end_dx2",
                    5,
                    "end_dx6",
                    6,
                    "end_dx4",
                    7,
                    "end_dt6",
                    8,
                    "end_dt4",
                    9,
                    "end_b6",
                    10,
                    "end_b6_encap",
                    11,
                    "end_bm",
                    12,
                    "end_s",
                    13,
                    "end_as",
                    14,
                    "end_am",
                    15,
                    "end_bpf",
                    16,
                    "end_dt46");

    /** Where the segment list goes. */
    public static final ValueNames SEGMENT_MODES =
            ValueNames.enumeration(
                    "SEG6_IPTUN_MODE_",
                    0,
                    "inline",
                    1,
                    "encap",
                    2,
                    "l2encap",
                    3,
                    "encap_red",
                    4,
                    "l2encap_red");

    /** Where the trace goes. */
    public static final ValueNames IOAM_MODES =
            ValueNames.enumeration("IOAM6_IPTUNNEL_MODE_", 1, "inline", 2, "encap", 3, "auto");

    public static final StructLayout SEG6_STRUCT =
            StructLayout.struct("seg6_iptunnel_encap")
                    .number("mode", S32, SEGMENT_MODES)
                    .rest("srh", Display.PLAIN)
                    .build();
    public static final AttributeChoice BY_TYPE =
            AttributeChoice.by("encap_type")
                    .table("mpls", () -> EncapAttributes.MPLS_TABLE)
                    .table("ip", () -> EncapAttributes.IP_TABLE)
                    .table("ila", () -> EncapAttributes.ILA_TABLE)
                    .table("ip6", () -> EncapAttributes.IP6_TABLE)
                    .table("seg6", () -> EncapAttributes.SEG6_TABLE)
                    .table("bpf", () -> EncapAttributes.BPF_TABLE)
                    .table("seg6_local", () -> EncapAttributes.LOCAL_TABLE)
                    .table("rpl", () -> EncapAttributes.RPL_TABLE)
                    .table("ioam6", () -> EncapAttributes.IOAM6_TABLE)
                    .table("xfrm", () -> EncapAttributes.XFRM_TABLE);

    private static final AttributeTable.Builder MPLS_BUILDER =
            AttributeTable.named("encap_mpls", "MPLS_IPTUNNEL_");
    public static final AttributeSpec MPLS_DST =
            MPLS_BUILDER.add(1, "DST", BINARY, "Label stack, 4 bytes a label.");
    public static final AttributeSpec MPLS_TTL = MPLS_BUILDER.add(2, "TTL", U8, "Time to live.");
    public static final AttributeTable MPLS_TABLE = MPLS_BUILDER.build();

    private static final AttributeTable.Builder GENEVE_BUILDER =
            AttributeTable.named("encap_geneve", "LWTUNNEL_IP_OPT_GENEVE_");
    public static final AttributeSpec GENEVE_CLASS =
            GENEVE_BUILDER.add(1, "CLASS", BE16, Display.HEX, "Class.");
    public static final AttributeSpec GENEVE_TYPE = GENEVE_BUILDER.add(2, "TYPE", U8, "Type.");
    public static final AttributeSpec GENEVE_DATA = GENEVE_BUILDER.add(3, "DATA", BINARY, "Value.");
    public static final AttributeTable GENEVE_TABLE = GENEVE_BUILDER.build();

    private static final AttributeTable.Builder VXLAN_BUILDER =
            AttributeTable.named("encap_vxlan", "LWTUNNEL_IP_OPT_VXLAN_");
    public static final AttributeSpec VXLAN_GBP =
            VXLAN_BUILDER.add(1, "GBP", U32, "Group-based policy.");
    public static final AttributeTable VXLAN_TABLE = VXLAN_BUILDER.build();

    private static final AttributeTable.Builder ERSPAN_BUILDER =
            AttributeTable.named("encap_erspan", "LWTUNNEL_IP_OPT_ERSPAN_");
    public static final AttributeSpec ERSPAN_VER = ERSPAN_BUILDER.add(1, "VER", U8, "Version.");
    public static final AttributeSpec ERSPAN_INDEX =
            ERSPAN_BUILDER.add(2, "INDEX", BE32, "Index, version 1.");
    public static final AttributeSpec ERSPAN_DIR =
            ERSPAN_BUILDER.add(3, "DIR", U8, "Direction, version 2.");
    public static final AttributeSpec ERSPAN_HWID =
            ERSPAN_BUILDER.add(4, "HWID", U8, "Hardware id, version 2.");
    public static final AttributeTable ERSPAN_TABLE = ERSPAN_BUILDER.build();

    private static final AttributeTable.Builder OPTIONS_BUILDER =
            AttributeTable.named("encap_ip_options", "LWTUNNEL_IP_OPTS_");
    public static final AttributeSpec OPTIONS_GENEVE =
            OPTIONS_BUILDER.nested(
                    1, "GENEVE", () -> EncapAttributes.GENEVE_TABLE, "A Geneve option; repeated.");
    public static final AttributeSpec OPTIONS_VXLAN =
            OPTIONS_BUILDER.nested(2, "VXLAN", () -> EncapAttributes.VXLAN_TABLE, "VXLAN options.");
    public static final AttributeSpec OPTIONS_ERSPAN =
            OPTIONS_BUILDER.nested(
                    3, "ERSPAN", () -> EncapAttributes.ERSPAN_TABLE, "ERSPAN options.");
    public static final AttributeTable OPTIONS_TABLE = OPTIONS_BUILDER.build();

    private static final AttributeTable.Builder IP_BUILDER =
            AttributeTable.named("encap_ip", "LWTUNNEL_IP_");
    public static final AttributeSpec IP_ID = IP_BUILDER.add(1, "ID", BE64, "Tunnel id.");
    public static final AttributeSpec IP_DST =
            IP_BUILDER.add(2, "DST", BINARY, Display.IPV4, "Remote end.");
    public static final AttributeSpec IP_SRC =
            IP_BUILDER.add(3, "SRC", BINARY, Display.IPV4, "Source address.");
    public static final AttributeSpec IP_TTL = IP_BUILDER.add(4, "TTL", U8, "Time to live.");
    public static final AttributeSpec IP_TOS = IP_BUILDER.add(5, "TOS", U8, "Type of service.");
    public static final AttributeSpec IP_FLAGS =
            IP_BUILDER.add(6, "FLAGS", BE16, TUNNEL_FLAGS, "Tunnel flags.");
    public static final AttributeSpec IP_PAD_ATTRIBUTE =
            IP_BUILDER.add(7, "PAD", PAD, "Alignment.");
    public static final AttributeSpec IP_OPTS =
            IP_BUILDER.nested(
                    8, "OPTS", () -> EncapAttributes.OPTIONS_TABLE, "Options of the tunnel.");
    public static final AttributeTable IP_TABLE = IP_BUILDER.build();

    private static final AttributeTable.Builder IP6_BUILDER =
            AttributeTable.named("encap_ip6", "LWTUNNEL_IP6_");
    public static final AttributeSpec IP6_ID = IP6_BUILDER.add(1, "ID", BE64, "Tunnel id.");
    public static final AttributeSpec IP6_DST =
            IP6_BUILDER.add(2, "DST", BINARY, Display.IPV6, "Remote end.");
    public static final AttributeSpec IP6_SRC =
            IP6_BUILDER.add(3, "SRC", BINARY, Display.IPV6, "Source address.");
    public static final AttributeSpec IP6_HOPLIMIT =
            IP6_BUILDER.add(4, "HOPLIMIT", U8, "Hop limit.");
    public static final AttributeSpec IP6_TC = IP6_BUILDER.add(5, "TC", U8, "Traffic class.");
    public static final AttributeSpec IP6_FLAGS =
            IP6_BUILDER.add(6, "FLAGS", BE16, TUNNEL_FLAGS, "Tunnel flags.");
    public static final AttributeSpec IP6_PAD_ATTRIBUTE =
            IP6_BUILDER.add(7, "PAD", PAD, "Alignment.");
    public static final AttributeSpec IP6_OPTS =
            IP6_BUILDER.nested(
                    8, "OPTS", () -> EncapAttributes.OPTIONS_TABLE, "Options of the tunnel.");
    public static final AttributeTable IP6_TABLE = IP6_BUILDER.build();

    private static final AttributeTable.Builder ILA_BUILDER =
            AttributeTable.named("encap_ila", "ILA_ATTR_");
    public static final AttributeSpec ILA_LOCATOR =
            ILA_BUILDER.add(1, "LOCATOR", U64, Display.HEX, "Locator.");
    public static final AttributeSpec ILA_IDENTIFIER =
            ILA_BUILDER.add(2, "IDENTIFIER", U64, Display.HEX, "Identifier.");
    public static final AttributeSpec ILA_LOCATOR_MATCH =
            ILA_BUILDER.add(3, "LOCATOR_MATCH", U64, Display.HEX, "Locator to match.");
    public static final AttributeSpec ILA_IFINDEX =
            ILA_BUILDER.add(4, "IFINDEX", S32, "Interface index.");
    public static final AttributeSpec ILA_DIR = ILA_BUILDER.add(5, "DIR", U32, "Direction.");
    public static final AttributeSpec ILA_PAD_ATTRIBUTE =
            ILA_BUILDER.add(6, "PAD", PAD, "Alignment.");
    public static final AttributeSpec ILA_CSUM_MODE =
            ILA_BUILDER.add(7, "CSUM_MODE", U8, "What is done about the checksum.");
    public static final AttributeSpec ILA_IDENT_TYPE =
            ILA_BUILDER.add(8, "IDENT_TYPE", U8, "Type of the identifier.");
    public static final AttributeSpec ILA_HOOK_TYPE =
            ILA_BUILDER.add(9, "HOOK_TYPE", U8, "0: on output, 1: on input.");
    public static final AttributeTable ILA_TABLE = ILA_BUILDER.build();

    private static final AttributeTable.Builder SEG6_BUILDER =
            AttributeTable.named("encap_seg6", "SEG6_IPTUNNEL_");
    public static final AttributeSpec SEG6_SRH =
            SEG6_BUILDER.struct(1, "SRH", SEG6_STRUCT, "Mode and segment routing header.");
    public static final AttributeSpec SEG6_SRC =
            SEG6_BUILDER.add(2, "SRC", BINARY, Display.IPV6, "Source address.");
    public static final AttributeSpec SEG6_ROUTING_TABLE =
            SEG6_BUILDER.add(3, "TABLE", U32, "Routing table of the lookup behind it.");
    public static final AttributeTable SEG6_TABLE = SEG6_BUILDER.build();

    private static final AttributeTable.Builder PROGRAM_BUILDER =
            AttributeTable.named("encap_bpf_program", "LWT_BPF_PROG_");
    public static final AttributeSpec PROGRAM_FD =
            PROGRAM_BUILDER.add(1, "FD", U32, "File descriptor.");
    public static final AttributeSpec PROGRAM_NAME =
            PROGRAM_BUILDER.add(2, "NAME", STRING, "Name.");
    public static final AttributeTable PROGRAM_TABLE = PROGRAM_BUILDER.build();

    private static final AttributeTable.Builder BPF_BUILDER =
            AttributeTable.named("encap_bpf", "LWT_BPF_");
    public static final AttributeSpec BPF_IN =
            BPF_BUILDER.nested(
                    1, "IN", () -> EncapAttributes.PROGRAM_TABLE, "Program for incoming packets.");
    public static final AttributeSpec BPF_OUT =
            BPF_BUILDER.nested(
                    2, "OUT", () -> EncapAttributes.PROGRAM_TABLE, "Program for outgoing packets.");
    public static final AttributeSpec BPF_XMIT =
            BPF_BUILDER.nested(
                    3, "XMIT", () -> EncapAttributes.PROGRAM_TABLE, "Program before sending.");
    public static final AttributeSpec BPF_XMIT_HEADROOM =
            BPF_BUILDER.add(4, "XMIT_HEADROOM", U32, "Bytes kept free before a packet.");
    public static final AttributeTable BPF_TABLE = BPF_BUILDER.build();

    private static final AttributeTable.Builder LOCAL_PROGRAM_BUILDER =
            AttributeTable.named("encap_seg6_local_program", "SEG6_LOCAL_BPF_");
    public static final AttributeSpec LOCAL_PROGRAM_PROG =
            LOCAL_PROGRAM_BUILDER.add(1, "PROG", U32, "File descriptor, or id.");
    public static final AttributeSpec LOCAL_PROGRAM_PROG_NAME =
            LOCAL_PROGRAM_BUILDER.add(2, "PROG_NAME", STRING, "Name.");
    public static final AttributeTable LOCAL_PROGRAM_TABLE = LOCAL_PROGRAM_BUILDER.build();

    private static final AttributeTable.Builder COUNTERS_BUILDER =
            AttributeTable.named("encap_seg6_local_counters", "SEG6_LOCAL_CNT_");
    public static final AttributeSpec COUNTERS_PAD_ATTRIBUTE =
            COUNTERS_BUILDER.add(1, "PAD", PAD, "Alignment.");
    public static final AttributeSpec COUNTERS_PACKETS =
            COUNTERS_BUILDER.add(2, "PACKETS", U64, "Packets.");
    public static final AttributeSpec COUNTERS_BYTES =
            COUNTERS_BUILDER.add(3, "BYTES", U64, "Bytes.");
    public static final AttributeSpec COUNTERS_ERRORS =
            COUNTERS_BUILDER.add(4, "ERRORS", U64, "Packets in error.");
    public static final AttributeTable COUNTERS_TABLE = COUNTERS_BUILDER.build();

    private static final AttributeTable.Builder FLAVORS_BUILDER =
            AttributeTable.named("encap_seg6_local_flavors", "SEG6_LOCAL_FLV_");
    public static final AttributeSpec FLAVORS_OPERATION =
            FLAVORS_BUILDER.add(1, "OPERATION", U32, Display.HEX, "Bits of the flavours.");
    public static final AttributeSpec FLAVORS_LCBLOCK_BITS =
            FLAVORS_BUILDER.add(2, "LCBLOCK_BITS", U8, "Bits of the locator block.");
    public static final AttributeSpec FLAVORS_LCNODE_FN_BITS =
            FLAVORS_BUILDER.add(3, "LCNODE_FN_BITS", U8, "Bits of the locator node function.");
    public static final AttributeTable FLAVORS_TABLE = FLAVORS_BUILDER.build();

    private static final AttributeTable.Builder LOCAL_BUILDER =
            AttributeTable.named("encap_seg6_local", "SEG6_LOCAL_");
    public static final AttributeSpec LOCAL_ACTION =
            LOCAL_BUILDER.add(1, "ACTION", U32, ACTIONS, "What is done.");
    public static final AttributeSpec LOCAL_SRH =
            LOCAL_BUILDER.add(2, "SRH", BINARY, "Segment routing header.");
    public static final AttributeSpec LOCAL_ROUTING_TABLE =
            LOCAL_BUILDER.add(3, "TABLE", U32, "Routing table.");
    public static final AttributeSpec LOCAL_NH4 =
            LOCAL_BUILDER.add(4, "NH4", BINARY, Display.IPV4, "Next hop, IPv4.");
    public static final AttributeSpec LOCAL_NH6 =
            LOCAL_BUILDER.add(5, "NH6", BINARY, Display.IPV6, "Next hop, IPv6.");
    public static final AttributeSpec LOCAL_IIF =
            LOCAL_BUILDER.add(6, "IIF", U32, "Interface that it comes by.");
    public static final AttributeSpec LOCAL_OIF =
            LOCAL_BUILDER.add(7, "OIF", U32, "Interface that it leaves by.");
    public static final AttributeSpec LOCAL_BPF =
            LOCAL_BUILDER.nested(8, "BPF", () -> EncapAttributes.LOCAL_PROGRAM_TABLE, "Program.");
    public static final AttributeSpec LOCAL_VRFTABLE =
            LOCAL_BUILDER.add(9, "VRFTABLE", U32, "Routing table of a VRF.");
    public static final AttributeSpec LOCAL_COUNTERS =
            LOCAL_BUILDER.nested(10, "COUNTERS", () -> EncapAttributes.COUNTERS_TABLE, "Counters.");
    public static final AttributeSpec LOCAL_FLAVORS =
            LOCAL_BUILDER.nested(11, "FLAVORS", () -> EncapAttributes.FLAVORS_TABLE, "Flavours.");
    public static final AttributeTable LOCAL_TABLE = LOCAL_BUILDER.build();

    private static final AttributeTable.Builder RPL_BUILDER =
            AttributeTable.named("encap_rpl", "RPL_IPTUNNEL_");
    public static final AttributeSpec RPL_SRH =
            RPL_BUILDER.add(1, "SRH", BINARY, "Source routing header.");
    public static final AttributeTable RPL_TABLE = RPL_BUILDER.build();

    private static final AttributeTable.Builder IOAM6_BUILDER =
            AttributeTable.named("encap_ioam6", "IOAM6_IPTUNNEL_");
    public static final AttributeSpec IOAM6_MODE =
            IOAM6_BUILDER.add(1, "MODE", U8, IOAM_MODES, "Where the trace goes.");
    public static final AttributeSpec IOAM6_DST =
            IOAM6_BUILDER.add(2, "DST", BINARY, Display.IPV6, "Remote end.");
    public static final AttributeSpec IOAM6_TRACE =
            IOAM6_BUILDER.add(3, "TRACE", BINARY, "Trace header.");
    public static final AttributeSpec IOAM6_FREQ_K =
            IOAM6_BUILDER.add(4, "FREQ_K", U32, "So many packets get one ...");
    public static final AttributeSpec IOAM6_FREQ_N =
            IOAM6_BUILDER.add(5, "FREQ_N", U32, "... out of so many.");
    public static final AttributeSpec IOAM6_SRC =
            IOAM6_BUILDER.add(6, "SRC", BINARY, Display.IPV6, "Source address.");
    public static final AttributeTable IOAM6_TABLE = IOAM6_BUILDER.build();

    private static final AttributeTable.Builder XFRM_BUILDER =
            AttributeTable.named("encap_xfrm", "LWT_XFRM_");
    public static final AttributeSpec XFRM_IF_ID =
            XFRM_BUILDER.add(1, "IF_ID", U32, "Interface id of policies.");
    public static final AttributeSpec XFRM_LINK =
            XFRM_BUILDER.add(2, "LINK", U32, "Interface index.");
    public static final AttributeTable XFRM_TABLE = XFRM_BUILDER.build();

    private EncapAttributes() {}
}
