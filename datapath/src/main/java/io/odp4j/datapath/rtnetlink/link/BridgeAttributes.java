package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.FLAG;
import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U64;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;

/** Attributes of a bridge, {@code IFLA_BR_*}; times are hundredths of seconds. */
public final class BridgeAttributes {
    public static final StructLayout BRIDGE_ID_STRUCT =
            StructLayout.struct("ifla_bridge_id")
                    .bytes("prio", 2, Display.PLAIN)
                    .bytes("addr", 6, Display.MAC)
                    .build();
    public static final StructLayout OPTIONS_STRUCT =
            StructLayout.struct("br_boolopt_multi")
                    .number("optval", U32, Display.HEX)
                    .number("optmask", U32, Display.HEX)
                    .build();

    /** Who runs the spanning tree. */
    public static final ValueNames STP_MODES =
            ValueNames.enumeration("BR_STP_MODE_", 0, "auto", 1, "user", 2, "kernel");

    private static final AttributeTable.Builder QUERIER_BUILDER =
            AttributeTable.named("bridge_querier", "BRIDGE_QUERIER_");
    public static final AttributeSpec QUERIER_IP_ADDRESS =
            QUERIER_BUILDER.add(
                    1, "IP_ADDRESS", BINARY, Display.IPV4, "The querier's IPv4 address.");
    public static final AttributeSpec QUERIER_IP_PORT =
            QUERIER_BUILDER.add(
                    2, "IP_PORT", U32, "Interface index of the port that it is behind.");
    public static final AttributeSpec QUERIER_IP_OTHER_TIMER =
            QUERIER_BUILDER.add(3, "IP_OTHER_TIMER", U64, "Time left of another querier.");
    public static final AttributeSpec QUERIER_PAD_ATTRIBUTE =
            QUERIER_BUILDER.add(4, "PAD", PAD, "Alignment.");
    public static final AttributeSpec QUERIER_IPV6_ADDRESS =
            QUERIER_BUILDER.add(
                    5, "IPV6_ADDRESS", BINARY, Display.IPV6, "The querier's IPv6 address.");
    public static final AttributeSpec QUERIER_IPV6_PORT =
            QUERIER_BUILDER.add(
                    6, "IPV6_PORT", U32, "Interface index of the port that it is behind.");
    public static final AttributeSpec QUERIER_IPV6_OTHER_TIMER =
            QUERIER_BUILDER.add(7, "IPV6_OTHER_TIMER", U64, "Time left of another querier.");
    public static final AttributeTable QUERIER_TABLE = QUERIER_BUILDER.build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link_bridge_info", "IFLA_BR_");
    public static final AttributeSpec FORWARD_DELAY =
            BUILDER.add(1, "FORWARD_DELAY", U32, "Time in listening and in learning.");
    public static final AttributeSpec HELLO_TIME =
            BUILDER.add(2, "HELLO_TIME", U32, "Between hello messages.");
    public static final AttributeSpec MAX_AGE =
            BUILDER.add(3, "MAX_AGE", U32, "When another bridge is taken for dead.");
    public static final AttributeSpec AGEING_TIME =
            BUILDER.add(4, "AGEING_TIME", U32, "How long a learned address stays.");
    public static final AttributeSpec STP_STATE =
            BUILDER.add(
                    5, "STP_STATE", U32, "0: no spanning tree, 1: the kernel's, 2: a program's.");
    public static final AttributeSpec PRIORITY =
            BUILDER.add(6, "PRIORITY", U16, "Priority in the spanning tree.");
    public static final AttributeSpec VLAN_FILTERING =
            BUILDER.add(7, "VLAN_FILTERING", U8, "1: forwards by VLAN.");
    public static final AttributeSpec VLAN_PROTOCOL =
            BUILDER.add(
                    8, "VLAN_PROTOCOL", BE16, VlanAttributes.PROTOCOLS, "Protocol of the tags.");
    public static final AttributeSpec GROUP_FWD_MASK =
            BUILDER.add(
                    9,
                    "GROUP_FWD_MASK",
                    U16,
                    Display.HEX,
                    "Which link-local groups are forwarded.");
    public static final AttributeSpec ROOT_ID =
            BUILDER.struct(10, "ROOT_ID", BRIDGE_ID_STRUCT, "Root of the tree.");
    public static final AttributeSpec BRIDGE_ID =
            BUILDER.struct(11, "BRIDGE_ID", BRIDGE_ID_STRUCT, "This bridge.");
    public static final AttributeSpec ROOT_PORT =
            BUILDER.add(12, "ROOT_PORT", U16, "Port towards the root.");
    public static final AttributeSpec ROOT_PATH_COST =
            BUILDER.add(13, "ROOT_PATH_COST", U32, "Cost of the way to the root.");
    public static final AttributeSpec TOPOLOGY_CHANGE =
            BUILDER.add(14, "TOPOLOGY_CHANGE", U8, "1: the topology changes.");
    public static final AttributeSpec TOPOLOGY_CHANGE_DETECTED =
            BUILDER.add(15, "TOPOLOGY_CHANGE_DETECTED", U8, "1: it was this bridge that saw it.");
    public static final AttributeSpec HELLO_TIMER =
            BUILDER.add(16, "HELLO_TIMER", U64, "Time left.");
    public static final AttributeSpec TCN_TIMER = BUILDER.add(17, "TCN_TIMER", U64, "Time left.");
    public static final AttributeSpec TOPOLOGY_CHANGE_TIMER =
            BUILDER.add(18, "TOPOLOGY_CHANGE_TIMER", U64, "Time left.");
    public static final AttributeSpec GC_TIMER = BUILDER.add(19, "GC_TIMER", U64, "Time left.");
    public static final AttributeSpec GROUP_ADDR =
            BUILDER.add(
                    20, "GROUP_ADDR", BINARY, Display.MAC, "Group address of the spanning tree.");
    public static final AttributeSpec FDB_FLUSH =
            BUILDER.add(21, "FDB_FLUSH", FLAG, "Forgets learned addresses.");
    public static final AttributeSpec MCAST_ROUTER =
            BUILDER.add(22, "MCAST_ROUTER", U8, "0: no multicast router, 1: finds it, 2: always.");
    public static final AttributeSpec MCAST_SNOOPING =
            BUILDER.add(23, "MCAST_SNOOPING", U8, "1: multicast snooping.");
    public static final AttributeSpec MCAST_QUERY_USE_IFADDR =
            BUILDER.add(24, "MCAST_QUERY_USE_IFADDR", U8, "1: queries with its own address.");
    public static final AttributeSpec MCAST_QUERIER =
            BUILDER.add(25, "MCAST_QUERIER", U8, "1: sends queries.");
    public static final AttributeSpec MCAST_HASH_ELASTICITY =
            BUILDER.add(26, "MCAST_HASH_ELASTICITY", U32, "Always 16.");
    public static final AttributeSpec MCAST_HASH_MAX =
            BUILDER.add(27, "MCAST_HASH_MAX", U32, "Most multicast groups.");
    public static final AttributeSpec MCAST_LAST_MEMBER_CNT =
            BUILDER.add(28, "MCAST_LAST_MEMBER_CNT", U32, "Queries before a group is left.");
    public static final AttributeSpec MCAST_STARTUP_QUERY_CNT =
            BUILDER.add(29, "MCAST_STARTUP_QUERY_CNT", U32, "Queries at the start.");
    public static final AttributeSpec MCAST_LAST_MEMBER_INTVL =
            BUILDER.add(30, "MCAST_LAST_MEMBER_INTVL", U64, "Between the former.");
    public static final AttributeSpec MCAST_MEMBERSHIP_INTVL =
            BUILDER.add(31, "MCAST_MEMBERSHIP_INTVL", U64, "When a group is left without reports.");
    public static final AttributeSpec MCAST_QUERIER_INTVL =
            BUILDER.add(32, "MCAST_QUERIER_INTVL", U64, "When another querier is taken for gone.");
    public static final AttributeSpec MCAST_QUERY_INTVL =
            BUILDER.add(33, "MCAST_QUERY_INTVL", U64, "Between queries.");
    public static final AttributeSpec MCAST_QUERY_RESPONSE_INTVL =
            BUILDER.add(34, "MCAST_QUERY_RESPONSE_INTVL", U64, "Longest time to answer.");
    public static final AttributeSpec MCAST_STARTUP_QUERY_INTVL =
            BUILDER.add(35, "MCAST_STARTUP_QUERY_INTVL", U64, "Between queries at the start.");
    public static final AttributeSpec NF_CALL_IPTABLES =
            BUILDER.add(36, "NF_CALL_IPTABLES", U8, "1: iptables sees bridged packets.");
    public static final AttributeSpec NF_CALL_IP6TABLES =
            BUILDER.add(37, "NF_CALL_IP6TABLES", U8, "1: ip6tables sees them.");
    public static final AttributeSpec NF_CALL_ARPTABLES =
            BUILDER.add(38, "NF_CALL_ARPTABLES", U8, "1: arptables sees them.");
    public static final AttributeSpec VLAN_DEFAULT_PVID =
            BUILDER.add(39, "VLAN_DEFAULT_PVID", U16, "VLAN of untagged packets; 0: none.");
    public static final AttributeSpec PAD_ATTRIBUTE = BUILDER.add(40, "PAD", PAD, "Alignment.");
    public static final AttributeSpec VLAN_STATS_ENABLED =
            BUILDER.add(41, "VLAN_STATS_ENABLED", U8, "1: counts by VLAN.");
    public static final AttributeSpec MCAST_STATS_ENABLED =
            BUILDER.add(42, "MCAST_STATS_ENABLED", U8, "1: counts multicast.");
    public static final AttributeSpec MCAST_IGMP_VERSION =
            BUILDER.add(43, "MCAST_IGMP_VERSION", U8, "2 or 3.");
    public static final AttributeSpec MCAST_MLD_VERSION =
            BUILDER.add(44, "MCAST_MLD_VERSION", U8, "1 or 2.");
    public static final AttributeSpec VLAN_STATS_PER_PORT =
            BUILDER.add(45, "VLAN_STATS_PER_PORT", U8, "1: counts by VLAN and port.");
    public static final AttributeSpec MULTI_BOOLOPT =
            BUILDER.struct(46, "MULTI_BOOLOPT", OPTIONS_STRUCT, "Further options, a bit each.");
    public static final AttributeSpec MCAST_QUERIER_STATE =
            BUILDER.nested(
                    47,
                    "MCAST_QUERIER_STATE",
                    () -> BridgeAttributes.QUERIER_TABLE,
                    "The querier.");
    public static final AttributeSpec FDB_N_LEARNED =
            BUILDER.add(48, "FDB_N_LEARNED", U32, "Addresses learned.");
    public static final AttributeSpec FDB_MAX_LEARNED =
            BUILDER.add(49, "FDB_MAX_LEARNED", U32, "Most addresses to learn; 0: no limit.");
    public static final AttributeSpec STP_MODE =
            BUILDER.add(50, "STP_MODE", U32, STP_MODES, "Who runs the spanning tree.");
    public static final AttributeTable TABLE = BUILDER.build();

    private BridgeAttributes() {}
}
