package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.ValueNames;

/** Attributes of a bond and of its ports, {@code IFLA_BOND_*}, {@code IFLA_BOND_SLAVE_*}. */
public final class BondAttributes {
    /** {@code BOND_MODE_*} of {@code linux/if_bonding.h}, in the words of the driver. */
    public static final ValueNames MODES =
            ValueNames.enumeration(
                    "",
                    0,
                    "balance-rr",
                    1,
                    "active-backup",
                    2,
                    "balance-xor",
                    3,
                    "broadcast",
                    4,
                    "802.3ad",
                    5,
                    "balance-tlb",
                    6,
                    "balance-alb");

    public static final AttributeTable TARGETS_TABLE =
            AttributeTable.indexed(
                    "bond_arp_targets",
                    AttributeTable.named("bond_arp_targets", "")
                            .add(1, "ELEMENT", BINARY, Display.IPV4, "An address."));
    public static final AttributeTable TARGETS6_TABLE =
            AttributeTable.indexed(
                    "bond_ns_targets",
                    AttributeTable.named("bond_ns_targets", "")
                            .add(1, "ELEMENT", BINARY, Display.IPV6, "An address."));

    private static final AttributeTable.Builder AD_BUILDER =
            AttributeTable.named("bond_ad_info", "IFLA_BOND_AD_INFO_");
    public static final AttributeSpec AD_AGGREGATOR =
            AD_BUILDER.add(1, "AGGREGATOR", U16, "Active aggregator.");
    public static final AttributeSpec AD_NUM_PORTS =
            AD_BUILDER.add(2, "NUM_PORTS", U16, "Its ports.");
    public static final AttributeSpec AD_ACTOR_KEY =
            AD_BUILDER.add(3, "ACTOR_KEY", U16, "Its key.");
    public static final AttributeSpec AD_PARTNER_KEY =
            AD_BUILDER.add(4, "PARTNER_KEY", U16, "Its partner's key.");
    public static final AttributeSpec AD_PARTNER_MAC =
            AD_BUILDER.add(5, "PARTNER_MAC", BINARY, Display.MAC, "Its partner.");
    public static final AttributeTable AD_TABLE = AD_BUILDER.build();

    private static final AttributeTable.Builder PORT_BUILDER =
            AttributeTable.named("link_bond_port", "IFLA_BOND_SLAVE_");
    public static final AttributeSpec PORT_STATE =
            PORT_BUILDER.add(1, "STATE", U8, "0: active, 1: backup.");
    public static final AttributeSpec PORT_MII_STATUS =
            PORT_BUILDER.add(2, "MII_STATUS", U8, "0: up, 1: failing, 2: down, 3: coming back.");
    public static final AttributeSpec PORT_LINK_FAILURE_COUNT =
            PORT_BUILDER.add(3, "LINK_FAILURE_COUNT", U32, "How often it failed.");
    public static final AttributeSpec PORT_PERM_HWADDR =
            PORT_BUILDER.add(4, "PERM_HWADDR", BINARY, Display.LLADDR, "Its own address.");
    public static final AttributeSpec PORT_QUEUE_ID =
            PORT_BUILDER.add(5, "QUEUE_ID", U16, "Queue.");
    public static final AttributeSpec PORT_AD_AGGREGATOR_ID =
            PORT_BUILDER.add(6, "AD_AGGREGATOR_ID", U16, "Aggregator.");
    public static final AttributeSpec PORT_AD_ACTOR_OPER_PORT_STATE =
            PORT_BUILDER.add(7, "AD_ACTOR_OPER_PORT_STATE", U8, Display.HEX, "State.");
    public static final AttributeSpec PORT_AD_PARTNER_OPER_PORT_STATE =
            PORT_BUILDER.add(
                    8, "AD_PARTNER_OPER_PORT_STATE", U16, Display.HEX, "Its partner's state.");
    public static final AttributeSpec PORT_PRIO = PORT_BUILDER.add(9, "PRIO", S32, "Priority.");
    public static final AttributeSpec PORT_ACTOR_PORT_PRIO =
            PORT_BUILDER.add(10, "ACTOR_PORT_PRIO", U16, "Priority told to the partner.");
    public static final AttributeSpec PORT_AD_CHURN_ACTOR_STATE =
            PORT_BUILDER.add(11, "AD_CHURN_ACTOR_STATE", U8, "Churn of the actor.");
    public static final AttributeSpec PORT_AD_CHURN_PARTNER_STATE =
            PORT_BUILDER.add(12, "AD_CHURN_PARTNER_STATE", U8, "Churn of the partner.");
    public static final AttributeTable PORT_TABLE = PORT_BUILDER.build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link_bond", "IFLA_BOND_");
    public static final AttributeSpec MODE =
            BUILDER.add(1, "MODE", U8, MODES, "How ports share the traffic.");
    public static final AttributeSpec ACTIVE_SLAVE =
            BUILDER.add(2, "ACTIVE_SLAVE", U32, "Interface index of the active port.");
    public static final AttributeSpec MIIMON =
            BUILDER.add(3, "MIIMON", U32, "Between looks at the ports, ms.");
    public static final AttributeSpec UPDELAY =
            BUILDER.add(4, "UPDELAY", U32, "Before a port counts as up, ms.");
    public static final AttributeSpec DOWNDELAY =
            BUILDER.add(5, "DOWNDELAY", U32, "Before it counts as down, ms.");
    public static final AttributeSpec USE_CARRIER =
            BUILDER.add(6, "USE_CARRIER", U8, "1: asks for the carrier.");
    public static final AttributeSpec ARP_INTERVAL =
            BUILDER.add(7, "ARP_INTERVAL", U32, "Between ARP probes, ms.");
    public static final AttributeSpec ARP_IP_TARGET =
            BUILDER.indexed(
                    8, "ARP_IP_TARGET", () -> BondAttributes.TARGETS_TABLE, "Whom to probe.");
    public static final AttributeSpec ARP_VALIDATE =
            BUILDER.add(9, "ARP_VALIDATE", U32, "Which ARP packets count.");
    public static final AttributeSpec ARP_ALL_TARGETS =
            BUILDER.add(10, "ARP_ALL_TARGETS", U32, "0: any target will do, 1: all.");
    public static final AttributeSpec PRIMARY =
            BUILDER.add(11, "PRIMARY", U32, "Interface index of the preferred port.");
    public static final AttributeSpec PRIMARY_RESELECT =
            BUILDER.add(12, "PRIMARY_RESELECT", U8, "When to go back to it.");
    public static final AttributeSpec FAIL_OVER_MAC =
            BUILDER.add(13, "FAIL_OVER_MAC", U8, "How addresses change over.");
    public static final AttributeSpec XMIT_HASH_POLICY =
            BUILDER.add(14, "XMIT_HASH_POLICY", U8, "What is hashed.");
    public static final AttributeSpec RESEND_IGMP =
            BUILDER.add(15, "RESEND_IGMP", U32, "Membership reports after a change.");
    public static final AttributeSpec NUM_PEER_NOTIF =
            BUILDER.add(16, "NUM_PEER_NOTIF", U8, "Notices after a change.");
    public static final AttributeSpec ALL_SLAVES_ACTIVE =
            BUILDER.add(17, "ALL_SLAVES_ACTIVE", U8, "1: backups receive too.");
    public static final AttributeSpec MIN_LINKS =
            BUILDER.add(18, "MIN_LINKS", U32, "Least ports for a carrier.");
    public static final AttributeSpec LP_INTERVAL =
            BUILDER.add(19, "LP_INTERVAL", U32, "Between learning packets, seconds.");
    public static final AttributeSpec PACKETS_PER_SLAVE =
            BUILDER.add(20, "PACKETS_PER_SLAVE", U32, "Packets before the next port.");
    public static final AttributeSpec AD_LACP_RATE =
            BUILDER.add(21, "AD_LACP_RATE", U8, "0: slow, 1: fast.");
    public static final AttributeSpec AD_SELECT =
            BUILDER.add(22, "AD_SELECT", U8, "How an aggregator is chosen.");
    public static final AttributeSpec AD_INFO =
            BUILDER.nested(23, "AD_INFO", () -> BondAttributes.AD_TABLE, "Active aggregator.");
    public static final AttributeSpec AD_ACTOR_SYS_PRIO =
            BUILDER.add(24, "AD_ACTOR_SYS_PRIO", U16, "System priority.");
    public static final AttributeSpec AD_USER_PORT_KEY =
            BUILDER.add(25, "AD_USER_PORT_KEY", U16, "Upper bits of the port key.");
    public static final AttributeSpec AD_ACTOR_SYSTEM =
            BUILDER.add(26, "AD_ACTOR_SYSTEM", BINARY, Display.MAC, "System address.");
    public static final AttributeSpec TLB_DYNAMIC_LB =
            BUILDER.add(27, "TLB_DYNAMIC_LB", U8, "1: shares by load.");
    public static final AttributeSpec PEER_NOTIF_DELAY =
            BUILDER.add(28, "PEER_NOTIF_DELAY", U32, "Between notices, ms.");
    public static final AttributeSpec AD_LACP_ACTIVE =
            BUILDER.add(29, "AD_LACP_ACTIVE", U8, "1: sends LACP unasked.");
    public static final AttributeSpec MISSED_MAX =
            BUILDER.add(30, "MISSED_MAX", U8, "Missed probes before a port is down.");
    public static final AttributeSpec NS_IP6_TARGET =
            BUILDER.indexed(
                    31,
                    "NS_IP6_TARGET",
                    () -> BondAttributes.TARGETS6_TABLE,
                    "Whom to probe over IPv6.");
    public static final AttributeSpec COUPLED_CONTROL =
            BUILDER.add(32, "COUPLED_CONTROL", U8, "1: coupled state machine.");
    public static final AttributeSpec BROADCAST_NEIGH =
            BUILDER.add(33, "BROADCAST_NEIGH", U8, "1: ARP and ND out of all ports.");
    public static final AttributeSpec LACP_STRICT =
            BUILDER.add(34, "LACP_STRICT", U8, "1: without a partner no carrier.");
    public static final AttributeTable TABLE = BUILDER.build();

    private BondAttributes() {}
}
