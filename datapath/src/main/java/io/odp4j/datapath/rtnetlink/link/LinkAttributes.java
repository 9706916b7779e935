package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.STRING;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;
import static io.odp4j.datapath.netlink.table.AttributeType.UINT;

import io.odp4j.datapath.netlink.table.AttributeChoice;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.ValueNames;

/**
 * Attributes of a link, {@code IFLA_*} of {@code linux/if_link.h}, behind {@code struct ifinfomsg}.
 */
public final class LinkAttributes {
    /** RFC 2863's states, {@code linux/if.h}. */
    public static final ValueNames OPERATIONAL_STATES =
            ValueNames.enumeration(
                    "IF_OPER_",
                    0,
                    "unknown",
                    1,
                    "notpresent",
                    2,
                    "down",
                    3,
                    "lowerlayerdown",
                    4,
                    "testing",
                    5,
                    "dormant",
                    6,
                    "up");

    /** When a link becomes operational, {@code linux/if.h}. */
    public static final ValueNames LINK_MODES =
            ValueNames.enumeration("IF_LINK_MODE_", 0, "default", 1, "dormant", 2, "testing");

    /** What a GET asks for besides. */
    public static final ValueNames DETAILS =
            ValueNames.flags(
                    "RTEXT_FILTER_",
                    1,
                    "vf",
                    2,
                    "brvlan",
                    4,
                    "brvlan_compressed",
                    8,
                    "skip_stats",
                    16,
                    "mrp",
                    32,
                    "cfm_config",
                    64,
                    "cfm_status",
                    128,
                    "mst",
                    256,
                    "name_only");

    /** Why a link is told of. */
    public static final ValueNames EVENTS =
            ValueNames.enumeration(
                    "IFLA_EVENT_",
                    0,
                    "none",
                    1,
                    "reboot",
                    2,
                    "features",
                    3,
                    "bonding_failover",
                    4,
                    "notify_peers",
                    5,
                    "igmp_resend",
                    6,
                    "bonding_options");

    public static final AttributeChoice PROTOCOL_INFO =
            AttributeChoice.by("ifi_family")
                    .table("bridge", () -> BridgePortAttributes.TABLE)
                    .table("inet6", () -> Inet6LinkAttributes.TABLE);
    public static final AttributeChoice FAMILY_SPECIFIC =
            AttributeChoice.by("ifi_family")
                    .table("unspec", () -> FamilyLinkAttributes.TABLE)
                    .table("bridge", () -> FamilyLinkAttributes.BRIDGE_TABLE);

    private static final AttributeTable.Builder REASON_BUILDER =
            AttributeTable.named("link_proto_down_reason", "IFLA_PROTO_DOWN_REASON_");
    public static final AttributeSpec REASON_MASK =
            REASON_BUILDER.add(1, "MASK", U32, Display.HEX, "Which bits count.");
    public static final AttributeSpec REASON_VALUE =
            REASON_BUILDER.add(2, "VALUE", U32, Display.HEX, "The bits.");
    public static final AttributeTable REASON_TABLE = REASON_BUILDER.build();

    private static final AttributeTable.Builder NAMES_BUILDER =
            AttributeTable.named("link_names", "IFLA_");
    public static final AttributeSpec NAMES_ALT_IFNAME =
            NAMES_BUILDER.add(
                    53, "ALT_IFNAME", STRING, "An alternative name, at most 127 bytes; repeated.");
    public static final AttributeTable NAMES_TABLE = NAMES_BUILDER.build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link", "IFLA_").header(LinkStructures.HEADER);
    public static final AttributeSpec ADDRESS =
            BUILDER.add(1, "ADDRESS", BINARY, Display.LLADDR, "Link-layer address.");
    public static final AttributeSpec BROADCAST =
            BUILDER.add(
                    2,
                    "BROADCAST",
                    BINARY,
                    Display.LLADDR,
                    "Link-layer broadcast address, or a tunnel's remote end.");
    public static final AttributeSpec IFNAME =
            BUILDER.add(3, "IFNAME", STRING, "Name of the link, at most 15 bytes.");
    public static final AttributeSpec MTU =
            BUILDER.add(4, "MTU", U32, "Maximum transmission unit, bytes.");
    public static final AttributeSpec LINK =
            BUILDER.add(5, "LINK", U32, "Interface index of the link below.");
    public static final AttributeSpec QDISC =
            BUILDER.add(6, "QDISC", STRING, "Name of the queueing discipline.");
    public static final AttributeSpec STATS =
            BUILDER.struct(7, "STATS", LinkStructures.STATS, "Counters, cut off to 32 bits.");
    public static final AttributeSpec COST = BUILDER.add(8, "COST", BINARY, "Unused.");
    public static final AttributeSpec PRIORITY = BUILDER.add(9, "PRIORITY", BINARY, "Unused.");
    public static final AttributeSpec MASTER =
            BUILDER.add(
                    10,
                    "MASTER",
                    U32,
                    "Interface index of the link that this one is a port of; 0: none.");
    public static final AttributeSpec WIRELESS =
            BUILDER.add(11, "WIRELESS", BINARY, "An event of wireless extensions.");
    public static final AttributeSpec PROTINFO =
            BUILDER.chosen(
                    12, "PROTINFO", PROTOCOL_INFO, "What the message's address family adds.");
    public static final AttributeSpec TXQLEN =
            BUILDER.add(13, "TXQLEN", U32, "Length of the transmit queue, packets.");
    public static final AttributeSpec MAP =
            BUILDER.struct(14, "MAP", LinkStructures.MAP, "Hardware resources.");
    public static final AttributeSpec WEIGHT = BUILDER.add(15, "WEIGHT", U32, "Unused.");
    public static final AttributeSpec OPERSTATE =
            BUILDER.add(16, "OPERSTATE", U8, OPERATIONAL_STATES, "Operational state.");
    public static final AttributeSpec LINKMODE =
            BUILDER.add(17, "LINKMODE", U8, LINK_MODES, "When the link becomes operational.");
    public static final AttributeSpec LINKINFO =
            BUILDER.nested(
                    18,
                    "LINKINFO",
                    () -> LinkInfoAttributes.TABLE,
                    "Kind of link and what belongs to the kind.");
    public static final AttributeSpec NET_NS_PID =
            BUILDER.add(
                    19, "NET_NS_PID", U32, "Namespace of that process: where the link is to be.");
    public static final AttributeSpec IFALIAS =
            BUILDER.add(20, "IFALIAS", STRING, "A description.");
    public static final AttributeSpec NUM_VF =
            BUILDER.add(21, "NUM_VF", U32, "Number of virtual functions.");
    public static final AttributeSpec VFINFO_LIST =
            BUILDER.nested(22, "VFINFO_LIST", () -> VfAttributes.LIST_TABLE, "Virtual functions.");
    public static final AttributeSpec STATS64 =
            BUILDER.struct(23, "STATS64", LinkStructures.STATS64, "Counters.");
    public static final AttributeSpec VF_PORTS =
            BUILDER.nested(
                    24,
                    "VF_PORTS",
                    () -> VfAttributes.PORTS_TABLE,
                    "Port profiles of virtual functions.");
    public static final AttributeSpec PORT_SELF =
            BUILDER.nested(
                    25,
                    "PORT_SELF",
                    () -> VfAttributes.PORT_TABLE,
                    "Port profile of the link itself.");
    public static final AttributeSpec AF_SPEC =
            BUILDER.chosen(
                    26, "AF_SPEC", FAMILY_SPECIFIC, "What address families keep for the link.");
    public static final AttributeSpec GROUP =
            BUILDER.add(27, "GROUP", U32, "Group of links that it belongs to.");
    public static final AttributeSpec NET_NS_FD =
            BUILDER.add(
                    28,
                    "NET_NS_FD",
                    U32,
                    "Namespace of that file descriptor: where the link is to be.");
    public static final AttributeSpec EXT_MASK =
            BUILDER.add(29, "EXT_MASK", U32, DETAILS, "What a GET asks for besides.");
    public static final AttributeSpec PROMISCUITY =
            BUILDER.add(30, "PROMISCUITY", U32, "How many want it promiscuous.");
    public static final AttributeSpec NUM_TX_QUEUES =
            BUILDER.add(31, "NUM_TX_QUEUES", U32, "Transmit queues.");
    public static final AttributeSpec NUM_RX_QUEUES =
            BUILDER.add(32, "NUM_RX_QUEUES", U32, "Receive queues.");
    public static final AttributeSpec CARRIER =
            BUILDER.add(33, "CARRIER", U8, "1: there is a carrier.");
    public static final AttributeSpec PHYS_PORT_ID =
            BUILDER.add(34, "PHYS_PORT_ID", BINARY, "Id of the physical port.");
    public static final AttributeSpec CARRIER_CHANGES =
            BUILDER.add(35, "CARRIER_CHANGES", U32, "How often the carrier came or went.");
    public static final AttributeSpec PHYS_SWITCH_ID =
            BUILDER.add(36, "PHYS_SWITCH_ID", BINARY, "Id of the switch that the port is of.");
    public static final AttributeSpec LINK_NETNSID =
            BUILDER.add(
                    37,
                    "LINK_NETNSID",
                    S32,
                    "Id of the namespace in which LINK is to be looked up.");
    public static final AttributeSpec PHYS_PORT_NAME =
            BUILDER.add(38, "PHYS_PORT_NAME", STRING, "Name of the physical port.");
    public static final AttributeSpec PROTO_DOWN =
            BUILDER.add(39, "PROTO_DOWN", U8, "1: a protocol wants the port down.");
    public static final AttributeSpec GSO_MAX_SEGS =
            BUILDER.add(40, "GSO_MAX_SEGS", U32, "Most segments of an offloaded packet.");
    public static final AttributeSpec GSO_MAX_SIZE =
            BUILDER.add(41, "GSO_MAX_SIZE", U32, "Most bytes of an offloaded packet.");
    public static final AttributeSpec PAD_ATTRIBUTE = BUILDER.add(42, "PAD", PAD, "Alignment.");
    public static final AttributeSpec XDP =
            BUILDER.nested(43, "XDP", () -> XdpAttributes.TABLE, "Programs at the driver.");
    public static final AttributeSpec EVENT =
            BUILDER.add(44, "EVENT", U32, EVENTS, "Why the link is told of.");
    public static final AttributeSpec NEW_NETNSID =
            BUILDER.add(45, "NEW_NETNSID", S32, "Id of the namespace that it moved to.");
    public static final AttributeSpec TARGET_NETNSID =
            BUILDER.add(46, "TARGET_NETNSID", S32, "Id of the namespace that is meant.");
    public static final AttributeSpec CARRIER_UP_COUNT =
            BUILDER.add(47, "CARRIER_UP_COUNT", U32, "How often the carrier came.");
    public static final AttributeSpec CARRIER_DOWN_COUNT =
            BUILDER.add(48, "CARRIER_DOWN_COUNT", U32, "How often it went.");
    public static final AttributeSpec NEW_IFINDEX =
            BUILDER.add(
                    49, "NEW_IFINDEX", S32, "Interface index in the namespace that it moved to.");
    public static final AttributeSpec MIN_MTU = BUILDER.add(50, "MIN_MTU", U32, "Least MTU.");
    public static final AttributeSpec MAX_MTU = BUILDER.add(51, "MAX_MTU", U32, "Greatest MTU.");
    public static final AttributeSpec PROP_LIST =
            BUILDER.nested(52, "PROP_LIST", () -> LinkAttributes.NAMES_TABLE, "Alternative names.");
    public static final AttributeSpec ALT_IFNAME =
            BUILDER.add(53, "ALT_IFNAME", STRING, "An alternative name, at most 127 bytes.");
    public static final AttributeSpec PERM_ADDRESS =
            BUILDER.add(
                    54, "PERM_ADDRESS", BINARY, Display.LLADDR, "Address that it was made with.");
    public static final AttributeSpec PROTO_DOWN_REASON =
            BUILDER.nested(
                    55,
                    "PROTO_DOWN_REASON",
                    () -> LinkAttributes.REASON_TABLE,
                    "Who wants it down.");
    public static final AttributeSpec PARENT_DEV_NAME =
            BUILDER.add(56, "PARENT_DEV_NAME", STRING, "Name of the device on its bus.");
    public static final AttributeSpec PARENT_DEV_BUS_NAME =
            BUILDER.add(57, "PARENT_DEV_BUS_NAME", STRING, "Name of the bus.");
    public static final AttributeSpec GRO_MAX_SIZE =
            BUILDER.add(58, "GRO_MAX_SIZE", U32, "Most bytes of a packet put together on receipt.");
    public static final AttributeSpec TSO_MAX_SIZE =
            BUILDER.add(59, "TSO_MAX_SIZE", U32, "Most bytes that the hardware segments.");
    public static final AttributeSpec TSO_MAX_SEGS =
            BUILDER.add(60, "TSO_MAX_SEGS", U32, "Most segments that the hardware makes.");
    public static final AttributeSpec ALLMULTI =
            BUILDER.add(61, "ALLMULTI", U32, "How many want all multicast.");
    public static final AttributeSpec DEVLINK_PORT =
            BUILDER.add(62, "DEVLINK_PORT", BINARY, "Its port of the family devlink.");
    public static final AttributeSpec GSO_IPV4_MAX_SIZE =
            BUILDER.add(63, "GSO_IPV4_MAX_SIZE", U32, "Most bytes of an offloaded IPv4 packet.");
    public static final AttributeSpec GRO_IPV4_MAX_SIZE =
            BUILDER.add(
                    64,
                    "GRO_IPV4_MAX_SIZE",
                    U32,
                    "Most bytes of an IPv4 packet put together on receipt.");
    public static final AttributeSpec DPLL_PIN =
            BUILDER.add(65, "DPLL_PIN", BINARY, "Its pin of the family dpll.");
    public static final AttributeSpec MAX_PACING_OFFLOAD_HORIZON =
            BUILDER.add(
                    66,
                    "MAX_PACING_OFFLOAD_HORIZON",
                    UINT,
                    "How far ahead the hardware paces, ns.");
    public static final AttributeSpec NETNS_IMMUTABLE =
            BUILDER.add(67, "NETNS_IMMUTABLE", U8, "1: it cannot change its namespace.");
    public static final AttributeSpec HEADROOM =
            BUILDER.add(68, "HEADROOM", U16, "Bytes kept free before a packet.");
    public static final AttributeSpec TAILROOM =
            BUILDER.add(69, "TAILROOM", U16, "Bytes kept free behind a packet.");
    public static final AttributeTable TABLE = BUILDER.build();

    private LinkAttributes() {}
}
