package io.odp4j.datapath.rtnetlink.neigh;

import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.STRING;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U64;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.rtnetlink.RtNames;

/**
 * Neighbour tables and their settings, {@code NDTA_*} and {@code NDTPA_*} of {@code
 * linux/neighbour.h}, behind {@code struct ndtmsg}; times are milliseconds.
 */
public final class NeighbourTableAttributes {
    public static final StructLayout HEADER =
            StructLayout.struct("ndtmsg")
                    .number("ndtm_family", U8, RtNames.FAMILIES)
                    .skip(3)
                    .build();
    public static final StructLayout CONFIG_STRUCT =
            StructLayout.struct("ndt_config")
                    .number("ndtc_key_len", U16)
                    .number("ndtc_entry_size", U16)
                    .number("ndtc_entries", U32)
                    .number("ndtc_last_flush", U32)
                    .number("ndtc_last_rand", U32)
                    .number("ndtc_hash_rnd", U32)
                    .number("ndtc_hash_mask", U32)
                    .number("ndtc_hash_chain_gc", U32)
                    .number("ndtc_proxy_qlen", U32)
                    .build();
    public static final StructLayout STATS_STRUCT =
            StructLayout.struct("ndt_stats")
                    .number("ndts_allocs", U64)
                    .number("ndts_destroys", U64)
                    .number("ndts_hash_grows", U64)
                    .number("ndts_res_failed", U64)
                    .number("ndts_lookups", U64)
                    .number("ndts_hits", U64)
                    .number("ndts_rcv_probes_mcast", U64)
                    .number("ndts_rcv_probes_ucast", U64)
                    .number("ndts_periodic_gc_runs", U64)
                    .number("ndts_forced_gc_runs", U64)
                    .number("ndts_table_fulls", U64)
                    .build();

    private static final AttributeTable.Builder PARAMETER_BUILDER =
            AttributeTable.named("neighbour_parameters", "NDTPA_");
    public static final AttributeSpec PARAMETER_IFINDEX =
            PARAMETER_BUILDER.add(1, "IFINDEX", U32, "Interface; 0: the defaults.");
    public static final AttributeSpec PARAMETER_REFCNT =
            PARAMETER_BUILDER.add(2, "REFCNT", U32, "References.");
    public static final AttributeSpec PARAMETER_REACHABLE_TIME =
            PARAMETER_BUILDER.add(
                    3,
                    "REACHABLE_TIME",
                    U64,
                    "How long a confirmed neighbour counts as reachable.");
    public static final AttributeSpec PARAMETER_BASE_REACHABLE_TIME =
            PARAMETER_BUILDER.add(4, "BASE_REACHABLE_TIME", U64, "From which that is drawn.");
    public static final AttributeSpec PARAMETER_RETRANS_TIME =
            PARAMETER_BUILDER.add(5, "RETRANS_TIME", U64, "Between probes.");
    public static final AttributeSpec PARAMETER_GC_STALETIME =
            PARAMETER_BUILDER.add(6, "GC_STALETIME", U64, "When an unused entry may go.");
    public static final AttributeSpec PARAMETER_DELAY_PROBE_TIME =
            PARAMETER_BUILDER.add(7, "DELAY_PROBE_TIME", U64, "Before the first probe.");
    public static final AttributeSpec PARAMETER_QUEUE_LEN =
            PARAMETER_BUILDER.add(8, "QUEUE_LEN", U32, "Packets waiting for an address.");
    public static final AttributeSpec PARAMETER_APP_PROBES =
            PARAMETER_BUILDER.add(9, "APP_PROBES", U32, "Probes left to a program.");
    public static final AttributeSpec PARAMETER_UCAST_PROBES =
            PARAMETER_BUILDER.add(10, "UCAST_PROBES", U32, "Unicast probes.");
    public static final AttributeSpec PARAMETER_MCAST_PROBES =
            PARAMETER_BUILDER.add(11, "MCAST_PROBES", U32, "Multicast probes.");
    public static final AttributeSpec PARAMETER_ANYCAST_DELAY =
            PARAMETER_BUILDER.add(12, "ANYCAST_DELAY", U64, "Before an anycast answer.");
    public static final AttributeSpec PARAMETER_PROXY_DELAY =
            PARAMETER_BUILDER.add(13, "PROXY_DELAY", U64, "Before an answer for another.");
    public static final AttributeSpec PARAMETER_PROXY_QLEN =
            PARAMETER_BUILDER.add(14, "PROXY_QLEN", U32, "Answers for others that may wait.");
    public static final AttributeSpec PARAMETER_LOCKTIME =
            PARAMETER_BUILDER.add(15, "LOCKTIME", U64, "How long an entry does not change.");
    public static final AttributeSpec PARAMETER_QUEUE_LENBYTES =
            PARAMETER_BUILDER.add(16, "QUEUE_LENBYTES", U32, "Bytes waiting for an address.");
    public static final AttributeSpec PARAMETER_MCAST_REPROBES =
            PARAMETER_BUILDER.add(
                    17, "MCAST_REPROBES", U32, "Multicast probes after unicast ones.");
    public static final AttributeSpec PARAMETER_PAD_ATTRIBUTE =
            PARAMETER_BUILDER.add(18, "PAD", PAD, "Alignment.");
    public static final AttributeSpec PARAMETER_INTERVAL_PROBE_TIME_MS =
            PARAMETER_BUILDER.add(
                    19, "INTERVAL_PROBE_TIME_MS", U64, "Between probes of managed entries.");
    public static final AttributeTable PARAMETER_TABLE = PARAMETER_BUILDER.build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("neighbour_table", "NDTA_").header(HEADER);
    public static final AttributeSpec NAME = BUILDER.add(1, "NAME", STRING, "Name of the table.");
    public static final AttributeSpec THRESH1 =
            BUILDER.add(2, "THRESH1", U32, "Entries below which nothing is collected.");
    public static final AttributeSpec THRESH2 =
            BUILDER.add(3, "THRESH2", U32, "Entries above which collection hurries.");
    public static final AttributeSpec THRESH3 = BUILDER.add(4, "THRESH3", U32, "Most entries.");
    public static final AttributeSpec CONFIG =
            BUILDER.struct(5, "CONFIG", CONFIG_STRUCT, "State of the table.");
    public static final AttributeSpec PARMS =
            BUILDER.nested(6, "PARMS", () -> NeighbourTableAttributes.PARAMETER_TABLE, "Settings.");
    public static final AttributeSpec STATS = BUILDER.struct(7, "STATS", STATS_STRUCT, "Counters.");
    public static final AttributeSpec GC_INTERVAL =
            BUILDER.add(8, "GC_INTERVAL", U64, "Between collections.");
    public static final AttributeSpec PAD_ATTRIBUTE = BUILDER.add(9, "PAD", PAD, "Alignment.");
    public static final AttributeTable TABLE = BUILDER.build();

    private NeighbourTableAttributes() {}
}
