package io.odp4j.datapath.rtnetlink.rule;

import static io.odp4j.datapath.netlink.table.AttributeType.BE32;
import static io.odp4j.datapath.netlink.table.AttributeType.BE64;
import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.STRING;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.RtNames;

/**
 * Attributes of a rule, {@code FRA_*} of {@code linux/fib_rules.h}, behind {@code struct
 * fib_rule_hdr}.
 */
public final class RuleAttributes {
    /** What a rule does. */
    public static final ValueNames ACTIONS =
            ValueNames.enumeration(
                    "FR_ACT_",
                    0,
                    "unspec",
                    1,
                    "to_tbl",
                    2,
                    "goto",
                    3,
                    "nop",
                    4,
                    "res3",
                    5,
                    "res4",
                    6,
                    "blackhole",
                    7,
                    "unreachable",
                    8,
                    "prohibit");

    /** Flags. */
    public static final ValueNames FLAG_NAMES =
            ValueNames.flags(
                    "FIB_RULE_",
                    1,
                    "permanent",
                    2,
                    "invert",
                    4,
                    "unresolved",
                    8,
                    "iif_detached",
                    16,
                    "oif_detached",
                    0x10000,
                    "find_saddr");

    public static final StructLayout HEADER =
            StructLayout.struct("fib_rule_hdr")
                    .number("family", U8, RtNames.FAMILIES)
                    .number("dst_len", U8)
                    .number("src_len", U8)
                    .number("tos", U8)
                    .number("table", U8, RtNames.TABLES)
                    .skip(2)
                    .number("action", U8, ACTIONS)
                    .number("flags", U32, FLAG_NAMES)
                    .build();
    public static final StructLayout UID_RANGE_STRUCT =
            StructLayout.struct("fib_rule_uid_range")
                    .number("start", U32)
                    .number("end", U32)
                    .build();
    public static final StructLayout PORT_RANGE_STRUCT =
            StructLayout.struct("fib_rule_port_range")
                    .number("start", U16)
                    .number("end", U16)
                    .build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("rule", "FRA_").header(HEADER);
    public static final AttributeSpec DST =
            BUILDER.add(1, "DST", BINARY, Display.IP, "Destination prefix.");
    public static final AttributeSpec SRC =
            BUILDER.add(2, "SRC", BINARY, Display.IP, "Source prefix.");
    public static final AttributeSpec IIFNAME =
            BUILDER.add(3, "IIFNAME", STRING, "Interface that packets come by.");
    public static final AttributeSpec GOTO =
            BUILDER.add(4, "GOTO", U32, "Priority of the rule to go on with.");
    public static final AttributeSpec PRIORITY =
            BUILDER.add(6, "PRIORITY", U32, "Rules are tried by rising priority.");
    public static final AttributeSpec FWMARK = BUILDER.add(10, "FWMARK", U32, Display.HEX, "Mark.");
    public static final AttributeSpec FLOW = BUILDER.add(11, "FLOW", U32, Display.HEX, "Realms.");
    public static final AttributeSpec TUN_ID = BUILDER.add(12, "TUN_ID", BE64, "Tunnel id.");
    public static final AttributeSpec SUPPRESS_IFGROUP =
            BUILDER.add(13, "SUPPRESS_IFGROUP", U32, "Routes by that group of links do not count.");
    public static final AttributeSpec SUPPRESS_PREFIXLEN =
            BUILDER.add(
                    14,
                    "SUPPRESS_PREFIXLEN",
                    U32,
                    "Routes with a prefix of at most that length do not count.");
    public static final AttributeSpec ROUTING_TABLE =
            BUILDER.add(
                    15,
                    "TABLE",
                    U32,
                    RtNames.TABLES,
                    "Routing table; the header holds eight bits.");
    public static final AttributeSpec FWMASK =
            BUILDER.add(16, "FWMASK", U32, Display.HEX, "Which bits of the mark count.");
    public static final AttributeSpec OIFNAME =
            BUILDER.add(17, "OIFNAME", STRING, "Interface that the sender is bound to.");
    public static final AttributeSpec PAD_ATTRIBUTE = BUILDER.add(18, "PAD", PAD, "Alignment.");
    public static final AttributeSpec L3MDEV =
            BUILDER.add(19, "L3MDEV", U8, "1: the table of the packet's VRF.");
    public static final AttributeSpec UID_RANGE =
            BUILDER.struct(20, "UID_RANGE", UID_RANGE_STRUCT, "Users.");
    public static final AttributeSpec PROTOCOL =
            BUILDER.add(21, "PROTOCOL", U8, RtNames.PROTOCOLS, "Who made it.");
    public static final AttributeSpec IP_PROTO = BUILDER.add(22, "IP_PROTO", U8, "IP protocol.");
    public static final AttributeSpec SPORT_RANGE =
            BUILDER.struct(23, "SPORT_RANGE", PORT_RANGE_STRUCT, "Source ports.");
    public static final AttributeSpec DPORT_RANGE =
            BUILDER.struct(24, "DPORT_RANGE", PORT_RANGE_STRUCT, "Destination ports.");
    public static final AttributeSpec DSCP =
            BUILDER.add(25, "DSCP", U8, "Differentiated services code point.");
    public static final AttributeSpec FLOWLABEL =
            BUILDER.add(26, "FLOWLABEL", BE32, Display.HEX, "Flow label.");
    public static final AttributeSpec FLOWLABEL_MASK =
            BUILDER.add(27, "FLOWLABEL_MASK", BE32, Display.HEX, "Which bits of it count.");
    public static final AttributeSpec SPORT_MASK =
            BUILDER.add(28, "SPORT_MASK", U16, Display.HEX, "Which bits of the source port count.");
    public static final AttributeSpec DPORT_MASK =
            BUILDER.add(
                    29,
                    "DPORT_MASK",
                    U16,
                    Display.HEX,
                    "Which bits of the destination port count.");
    public static final AttributeSpec DSCP_MASK =
            BUILDER.add(30, "DSCP_MASK", U8, Display.HEX, "Which bits of the code point count.");
    public static final AttributeTable TABLE = BUILDER.build();

    private RuleAttributes() {}
}
