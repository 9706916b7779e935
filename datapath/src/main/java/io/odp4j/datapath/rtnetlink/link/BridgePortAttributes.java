package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.FLAG;
import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U64;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.ValueNames;

/** Attributes of a bridge's port, {@code IFLA_BRPORT_*}. */
public final class BridgePortAttributes {
    /** States of the spanning tree, {@code linux/if_bridge.h}. */
    public static final ValueNames STATES =
            ValueNames.enumeration(
                    "BR_STATE_",
                    0,
                    "disabled",
                    1,
                    "listening",
                    2,
                    "learning",
                    3,
                    "forwarding",
                    4,
                    "blocking");

    /** Link-local groups of a forwarding mask that have a name: the last digit of the address. */
    public static final ValueNames FORWARDED_GROUPS =
            ValueNames.flags("", 4, "lacp", 1 << 14, "lldp");

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link_bridge_port", "IFLA_BRPORT_");
    public static final AttributeSpec STATE =
            BUILDER.add(1, "STATE", U8, STATES, "State in the spanning tree.");
    public static final AttributeSpec PRIORITY = BUILDER.add(2, "PRIORITY", U16, "Priority.");
    public static final AttributeSpec COST = BUILDER.add(3, "COST", U32, "Cost.");
    public static final AttributeSpec MODE = BUILDER.add(4, "MODE", U8, "1: hairpin.");
    public static final AttributeSpec GUARD =
            BUILDER.add(5, "GUARD", U8, "1: takes no spanning tree messages.");
    public static final AttributeSpec PROTECT =
            BUILDER.add(6, "PROTECT", U8, "1: cannot become the root port.");
    public static final AttributeSpec FAST_LEAVE =
            BUILDER.add(7, "FAST_LEAVE", U8, "1: leaves multicast groups at once.");
    public static final AttributeSpec LEARNING =
            BUILDER.add(8, "LEARNING", U8, "1: learns addresses.");
    public static final AttributeSpec UNICAST_FLOOD =
            BUILDER.add(9, "UNICAST_FLOOD", U8, "1: floods unknown unicast.");
    public static final AttributeSpec PROXYARP = BUILDER.add(10, "PROXYARP", U8, "1: answers ARP.");
    public static final AttributeSpec LEARNING_SYNC =
            BUILDER.add(11, "LEARNING_SYNC", U8, "1: the bridge learns from the device.");
    public static final AttributeSpec PROXYARP_WIFI =
            BUILDER.add(12, "PROXYARP_WIFI", U8, "1: answers ARP as access points do.");
    public static final AttributeSpec ROOT_ID =
            BUILDER.struct(13, "ROOT_ID", BridgeAttributes.BRIDGE_ID_STRUCT, "Designated root.");
    public static final AttributeSpec BRIDGE_ID =
            BUILDER.struct(
                    14, "BRIDGE_ID", BridgeAttributes.BRIDGE_ID_STRUCT, "Designated bridge.");
    public static final AttributeSpec DESIGNATED_PORT =
            BUILDER.add(15, "DESIGNATED_PORT", U16, "Designated port.");
    public static final AttributeSpec DESIGNATED_COST =
            BUILDER.add(16, "DESIGNATED_COST", U16, "Designated cost.");
    public static final AttributeSpec ID = BUILDER.add(17, "ID", U16, Display.HEX, "Port id.");
    public static final AttributeSpec NO = BUILDER.add(18, "NO", U16, Display.HEX, "Port number.");
    public static final AttributeSpec TOPOLOGY_CHANGE_ACK =
            BUILDER.add(19, "TOPOLOGY_CHANGE_ACK", U8, "1: acknowledges a change.");
    public static final AttributeSpec CONFIG_PENDING =
            BUILDER.add(20, "CONFIG_PENDING", U8, "1: has a message to send.");
    public static final AttributeSpec MESSAGE_AGE_TIMER =
            BUILDER.add(21, "MESSAGE_AGE_TIMER", U64, "Time left.");
    public static final AttributeSpec FORWARD_DELAY_TIMER =
            BUILDER.add(22, "FORWARD_DELAY_TIMER", U64, "Time left.");
    public static final AttributeSpec HOLD_TIMER = BUILDER.add(23, "HOLD_TIMER", U64, "Time left.");
    public static final AttributeSpec FLUSH =
            BUILDER.add(24, "FLUSH", FLAG, "Forgets addresses learned here.");
    public static final AttributeSpec MULTICAST_ROUTER =
            BUILDER.add(
                    25,
                    "MULTICAST_ROUTER",
                    U8,
                    "0: no multicast router, 1: finds it, 2: always, 3: for a time.");
    public static final AttributeSpec PAD_ATTRIBUTE = BUILDER.add(26, "PAD", PAD, "Alignment.");
    public static final AttributeSpec MCAST_FLOOD =
            BUILDER.add(27, "MCAST_FLOOD", U8, "1: floods multicast.");
    public static final AttributeSpec MCAST_TO_UCAST =
            BUILDER.add(28, "MCAST_TO_UCAST", U8, "1: sends multicast to each member.");
    public static final AttributeSpec VLAN_TUNNEL =
            BUILDER.add(29, "VLAN_TUNNEL", U8, "1: maps VLANs to tunnel ids.");
    public static final AttributeSpec BCAST_FLOOD =
            BUILDER.add(30, "BCAST_FLOOD", U8, "1: floods broadcast.");
    public static final AttributeSpec GROUP_FWD_MASK =
            BUILDER.add(
                    31,
                    "GROUP_FWD_MASK",
                    U16,
                    Display.HEX,
                    "Which link-local groups are forwarded.");
    public static final AttributeSpec NEIGH_SUPPRESS =
            BUILDER.add(32, "NEIGH_SUPPRESS", U8, "1: answers ARP and ND for known neighbours.");
    public static final AttributeSpec ISOLATED =
            BUILDER.add(33, "ISOLATED", U8, "1: talks to ports alone that are not isolated.");
    public static final AttributeSpec BACKUP_PORT =
            BUILDER.add(34, "BACKUP_PORT", U32, "Interface index of the port that takes over.");
    public static final AttributeSpec MRP_RING_OPEN =
            BUILDER.add(35, "MRP_RING_OPEN", U8, "1: the ring is open.");
    public static final AttributeSpec MRP_IN_OPEN =
            BUILDER.add(36, "MRP_IN_OPEN", U8, "1: the interconnection ring is open.");
    public static final AttributeSpec MCAST_EHT_HOSTS_LIMIT =
            BUILDER.add(37, "MCAST_EHT_HOSTS_LIMIT", U32, "Most hosts tracked.");
    public static final AttributeSpec MCAST_EHT_HOSTS_CNT =
            BUILDER.add(38, "MCAST_EHT_HOSTS_CNT", U32, "Hosts tracked.");
    public static final AttributeSpec LOCKED =
            BUILDER.add(39, "LOCKED", U8, "1: takes known addresses alone.");
    public static final AttributeSpec MAB = BUILDER.add(40, "MAB", U8, "1: tells of unknown ones.");
    public static final AttributeSpec MCAST_N_GROUPS =
            BUILDER.add(41, "MCAST_N_GROUPS", U32, "Multicast groups.");
    public static final AttributeSpec MCAST_MAX_GROUPS =
            BUILDER.add(42, "MCAST_MAX_GROUPS", U32, "Most of them; 0: no limit.");
    public static final AttributeSpec NEIGH_VLAN_SUPPRESS =
            BUILDER.add(43, "NEIGH_VLAN_SUPPRESS", U8, "1: suppresses by VLAN.");
    public static final AttributeSpec BACKUP_NHID =
            BUILDER.add(44, "BACKUP_NHID", U32, "Next hop of packets for the backup port.");
    public static final AttributeSpec NEIGH_FORWARD_GRAT =
            BUILDER.add(45, "NEIGH_FORWARD_GRAT", U8, "1: forwards gratuitous ARP all the same.");
    public static final AttributeTable TABLE = BUILDER.build();

    private BridgePortAttributes() {}
}
