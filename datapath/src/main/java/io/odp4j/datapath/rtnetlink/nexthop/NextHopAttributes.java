package io.odp4j.datapath.rtnetlink.nexthop;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.FLAG;
import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U64;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;
import static io.odp4j.datapath.netlink.table.AttributeType.UINT;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.RtNames;
import io.odp4j.datapath.rtnetlink.route.EncapAttributes;

/**
 * Attributes of a next hop, {@code NHA_*} of {@code linux/nexthop.h}, behind {@code struct nhmsg};
 * times are hundredths of seconds.
 */
public final class NextHopAttributes {
    /** How a group shares the traffic: by hash threshold, or resilient. */
    public static final ValueNames GROUP_TYPES =
            ValueNames.enumeration("NEXTHOP_GRP_TYPE_", 0, "mpath", 1, "res");

    /** {@code NHA_OP_FLAG_*}. */
    public static final ValueNames OPERATION_FLAGS =
            ValueNames.flags(
                    "", 1, "dump_stats", 2, "dump_hw_stats", 0x80000000, "resp_grp_resvd_0");

    public static final StructLayout HEADER =
            StructLayout.struct("nhmsg")
                    .number("nh_family", U8, RtNames.FAMILIES)
                    .number("nh_scope", U8, RtNames.SCOPES)
                    .number("nh_protocol", U8, RtNames.PROTOCOLS)
                    .skip(1)
                    .number("nh_flags", U32, RtNames.NEXT_HOP_FLAGS)
                    .build();
    public static final StructLayout MEMBER =
            StructLayout.struct("nexthop_grp")
                    .number("id", U32)
                    .number("weight", U8)
                    .number("weight_high", U8)
                    .skip(2)
                    .build();

    private static final AttributeTable.Builder RESILIENT_BUILDER =
            AttributeTable.named("nexthop_resilient_group", "NHA_RES_GROUP_");
    public static final AttributeSpec RESILIENT_PAD_ATTRIBUTE =
            RESILIENT_BUILDER.add(0, "PAD", PAD, "Alignment.");
    public static final AttributeSpec RESILIENT_BUCKETS =
            RESILIENT_BUILDER.add(1, "BUCKETS", U16, "Number of buckets.");
    public static final AttributeSpec RESILIENT_IDLE_TIMER =
            RESILIENT_BUILDER.add(
                    2, "IDLE_TIMER", U32, "How long a bucket must be idle before it moves.");
    public static final AttributeSpec RESILIENT_UNBALANCED_TIMER =
            RESILIENT_BUILDER.add(
                    3,
                    "UNBALANCED_TIMER",
                    U32,
                    "How long the group may be unbalanced before buckets are moved.");
    public static final AttributeSpec RESILIENT_UNBALANCED_TIME =
            RESILIENT_BUILDER.add(4, "UNBALANCED_TIME", U64, "How long it has been unbalanced.");
    public static final AttributeTable RESILIENT_TABLE = RESILIENT_BUILDER.build();

    private static final AttributeTable.Builder BUCKET_BUILDER =
            AttributeTable.named("nexthop_bucket", "NHA_RES_BUCKET_");
    public static final AttributeSpec BUCKET_PAD_ATTRIBUTE =
            BUCKET_BUILDER.add(0, "PAD", PAD, "Alignment.");
    public static final AttributeSpec BUCKET_INDEX =
            BUCKET_BUILDER.add(1, "INDEX", U16, "Number of the bucket.");
    public static final AttributeSpec BUCKET_IDLE_TIME =
            BUCKET_BUILDER.add(2, "IDLE_TIME", U64, "How long it has been idle.");
    public static final AttributeSpec BUCKET_NH_ID =
            BUCKET_BUILDER.add(3, "NH_ID", U32, "Its next hop.");
    public static final AttributeTable BUCKET_TABLE = BUCKET_BUILDER.build();

    private static final AttributeTable.Builder ENTRY_BUILDER =
            AttributeTable.named("nexthop_group_stats_entry", "NHA_GROUP_STATS_ENTRY_");
    public static final AttributeSpec ENTRY_ID =
            ENTRY_BUILDER.add(1, "ID", U32, "A next hop of the group.");
    public static final AttributeSpec ENTRY_PACKETS =
            ENTRY_BUILDER.add(2, "PACKETS", UINT, "Packets that went there.");
    public static final AttributeSpec ENTRY_PACKETS_HW =
            ENTRY_BUILDER.add(3, "PACKETS_HW", UINT, "Of these, by hardware.");
    public static final AttributeTable ENTRY_TABLE = ENTRY_BUILDER.build();

    private static final AttributeTable.Builder STATS_BUILDER =
            AttributeTable.named("nexthop_group_stats", "NHA_GROUP_STATS_");
    public static final AttributeSpec STATS_ENTRY =
            STATS_BUILDER.nested(
                    1, "ENTRY", () -> NextHopAttributes.ENTRY_TABLE, "One member; repeated.");
    public static final AttributeTable STATS_TABLE = STATS_BUILDER.build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("nexthop", "NHA_").header(HEADER);
    public static final AttributeSpec ID =
            BUILDER.add(1, "ID", U32, "Number of the next hop; 0: the kernel chooses.");
    public static final AttributeSpec GROUP =
            BUILDER.structArray(
                    2, "GROUP", MEMBER, "Members of a group; a weight is one less than meant.");
    public static final AttributeSpec GROUP_TYPE =
            BUILDER.add(3, "GROUP_TYPE", U16, GROUP_TYPES, "How the group shares the traffic.");
    public static final AttributeSpec BLACKHOLE = BUILDER.add(4, "BLACKHOLE", FLAG, "Drops.");
    public static final AttributeSpec OIF =
            BUILDER.add(5, "OIF", U32, "Interface that packets leave by.");
    public static final AttributeSpec GATEWAY =
            BUILDER.add(6, "GATEWAY", BINARY, Display.IP, "Address of the next hop.");
    public static final AttributeSpec ENCAP_TYPE =
            BUILDER.add(
                    7, "ENCAP_TYPE", U16, EncapAttributes.TYPES, "What packets are wrapped in.");
    public static final AttributeSpec ENCAP =
            BUILDER.chosen(8, "ENCAP", EncapAttributes.BY_TYPE, "How they are wrapped.");
    public static final AttributeSpec GROUPS =
            BUILDER.add(9, "GROUPS", FLAG, "In a GET: groups alone.");
    public static final AttributeSpec MASTER =
            BUILDER.add(10, "MASTER", U32, "In a GET: those of that master's ports.");
    public static final AttributeSpec FDB =
            BUILDER.add(11, "FDB", FLAG, "For a bridge's forwarding database.");
    public static final AttributeSpec RES_GROUP =
            BUILDER.nested(
                    12, "RES_GROUP", () -> NextHopAttributes.RESILIENT_TABLE, "A resilient group.");
    public static final AttributeSpec RES_BUCKET =
            BUILDER.nested(
                    13, "RES_BUCKET", () -> NextHopAttributes.BUCKET_TABLE, "A bucket of it.");
    public static final AttributeSpec OP_FLAGS =
            BUILDER.add(14, "OP_FLAGS", U32, OPERATION_FLAGS, "In a GET: counters too.");
    public static final AttributeSpec GROUP_STATS =
            BUILDER.nested(
                    15, "GROUP_STATS", () -> NextHopAttributes.STATS_TABLE, "Counters of a group.");
    public static final AttributeSpec HW_STATS_ENABLE =
            BUILDER.add(16, "HW_STATS_ENABLE", U32, "1: hardware counts.");
    public static final AttributeSpec HW_STATS_USED =
            BUILDER.add(17, "HW_STATS_USED", U32, "1: a driver counts.");
    public static final AttributeSpec DST_PORT =
            BUILDER.add(
                    18,
                    "DST_PORT",
                    BE16,
                    "UDP destination port of a next hop for a forwarding database.");
    public static final AttributeTable TABLE = BUILDER.build();

    private NextHopAttributes() {}
}
