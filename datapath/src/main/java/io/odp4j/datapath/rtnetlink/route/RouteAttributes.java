package io.odp4j.datapath.rtnetlink.route;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.BE32;
import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.STRING;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U64;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.RtNames;

/**
 * Attributes of a route, {@code RTA_*} of {@code linux/rtnetlink.h}, behind {@code struct rtmsg}.
 */
public final class RouteAttributes {
    /** What is done with packets. */
    public static final ValueNames TYPES =
            ValueNames.enumeration(
                    "RTN_",
                    0,
                    "unspec",
                    1,
                    "unicast",
                    2,
                    "local",
                    3,
                    "broadcast",
                    4,
                    "anycast",
                    5,
                    "multicast",
                    6,
                    "blackhole",
                    7,
                    "unreachable",
                    8,
                    "prohibit",
                    9,
                    "throw",
                    10,
                    "nat",
                    11,
                    "xresolve");

    /** {@code RTM_F_*} and {@code RTNH_F_*}. */
    public static final ValueNames FLAG_NAMES =
            ValueNames.flags(
                    "",
                    1,
                    "dead",
                    2,
                    "pervasive",
                    4,
                    "onlink",
                    8,
                    "offload",
                    16,
                    "linkdown",
                    32,
                    "unresolved",
                    64,
                    "trap",
                    0x100,
                    "rt_notify",
                    0x200,
                    "cloned",
                    0x400,
                    "equalize",
                    0x800,
                    "prefix",
                    0x1000,
                    "lookup_table",
                    0x2000,
                    "fib_match",
                    0x4000,
                    "rt_offload",
                    0x8000,
                    "rt_trap",
                    0x20000000,
                    "rt_offload_failed");

    /** Preference of a router, {@code linux/icmpv6.h}. */
    public static final ValueNames PREFERENCES =
            ValueNames.enumeration(
                    "ICMPV6_ROUTER_PREF_", 0, "medium", 1, "high", 2, "invalid", 3, "low");

    /** enum rt_del_reason. */
    public static final ValueNames REASONS =
            ValueNames.enumeration("RT_DEL_REASON_", 0, "unspec", 1, "expired", 2, "ra_withdrawn");

    /** What TCP may do on the route. */
    public static final ValueNames FEATURES =
            ValueNames.flags(
                    "RTAX_FEATURE_",
                    1,
                    "ecn",
                    2,
                    "sack",
                    4,
                    "timestamp",
                    8,
                    "allfrag",
                    16,
                    "tcp_usec_ts");

    public static final StructLayout HEADER =
            StructLayout.struct("rtmsg")
                    .number("rtm_family", U8, RtNames.FAMILIES)
                    .number("rtm_dst_len", U8)
                    .number("rtm_src_len", U8)
                    .number("rtm_tos", U8)
                    .number("rtm_table", U8, RtNames.TABLES)
                    .number("rtm_protocol", U8, RtNames.PROTOCOLS)
                    .number("rtm_scope", U8, RtNames.SCOPES)
                    .number("rtm_type", U8, TYPES)
                    .number("rtm_flags", U32, FLAG_NAMES)
                    .build();
    public static final StructLayout NEXT_HOP_HEADER =
            StructLayout.struct("rtnexthop")
                    .skip(2)
                    .number("rtnh_flags", U8, RtNames.NEXT_HOP_FLAGS)
                    .number("rtnh_hops", U8)
                    .number("rtnh_ifindex", S32)
                    .build();
    public static final StructLayout CACHE_INFO =
            StructLayout.struct("rta_cacheinfo")
                    .number("rta_clntref", U32)
                    .number("rta_lastuse", U32)
                    .number("rta_expires", S32)
                    .number("rta_error", U32)
                    .number("rta_used", U32)
                    .number("rta_id", U32)
                    .number("rta_ts", U32)
                    .number("rta_tsage", U32)
                    .build();
    public static final StructLayout MFC_STATS_STRUCT =
            StructLayout.struct("rta_mfc_stats")
                    .number("mfcs_packets", U64)
                    .number("mfcs_bytes", U64)
                    .number("mfcs_wrong_if", U64)
                    .build();
    public static final StructLayout VIA_STRUCT =
            StructLayout.struct("rtvia")
                    .number("rtvia_family", U16, RtNames.FAMILIES)
                    .rest("rtvia_addr", Display.IP)
                    .build();

    private static final AttributeTable.Builder METRICS_BUILDER =
            AttributeTable.named("route_metrics", "RTAX_");
    public static final AttributeSpec METRICS_LOCK =
            METRICS_BUILDER.add(
                    1,
                    "LOCK",
                    U32,
                    Display.HEX,
                    "Which metrics are not to be changed, a bit each.");
    public static final AttributeSpec METRICS_MTU = METRICS_BUILDER.add(2, "MTU", U32, "Path MTU.");
    public static final AttributeSpec METRICS_WINDOW =
            METRICS_BUILDER.add(3, "WINDOW", U32, "TCP window.");
    public static final AttributeSpec METRICS_RTT =
            METRICS_BUILDER.add(4, "RTT", U32, "Round-trip time, an eighth of a millisecond.");
    public static final AttributeSpec METRICS_RTTVAR =
            METRICS_BUILDER.add(5, "RTTVAR", U32, "Its variance, a quarter of a millisecond.");
    public static final AttributeSpec METRICS_SSTHRESH =
            METRICS_BUILDER.add(6, "SSTHRESH", U32, "Slow-start threshold.");
    public static final AttributeSpec METRICS_CWND =
            METRICS_BUILDER.add(7, "CWND", U32, "Greatest congestion window.");
    public static final AttributeSpec METRICS_ADVMSS =
            METRICS_BUILDER.add(8, "ADVMSS", U32, "Segment size told to peers.");
    public static final AttributeSpec METRICS_REORDERING =
            METRICS_BUILDER.add(9, "REORDERING", U32, "How far packets may be out of order.");
    public static final AttributeSpec METRICS_HOPLIMIT =
            METRICS_BUILDER.add(10, "HOPLIMIT", U32, "Hop limit.");
    public static final AttributeSpec METRICS_INITCWND =
            METRICS_BUILDER.add(11, "INITCWND", U32, "First congestion window.");
    public static final AttributeSpec METRICS_FEATURES =
            METRICS_BUILDER.add(12, "FEATURES", U32, FEATURES, "What TCP may do.");
    public static final AttributeSpec METRICS_RTO_MIN =
            METRICS_BUILDER.add(13, "RTO_MIN", U32, "Least retransmission timeout, ms.");
    public static final AttributeSpec METRICS_INITRWND =
            METRICS_BUILDER.add(14, "INITRWND", U32, "First receive window.");
    public static final AttributeSpec METRICS_QUICKACK =
            METRICS_BUILDER.add(15, "QUICKACK", U32, "1: acknowledges at once.");
    public static final AttributeSpec METRICS_CC_ALGO =
            METRICS_BUILDER.add(16, "CC_ALGO", STRING, "Congestion control.");
    public static final AttributeSpec METRICS_FASTOPEN_NO_COOKIE =
            METRICS_BUILDER.add(17, "FASTOPEN_NO_COOKIE", U32, "1: fast open without a cookie.");
    public static final AttributeTable METRICS_TABLE = METRICS_BUILDER.build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("route", "RTA_").header(HEADER);
    public static final AttributeSpec DST =
            BUILDER.add(1, "DST", BINARY, Display.IP, "Destination prefix.");
    public static final AttributeSpec SRC =
            BUILDER.add(2, "SRC", BINARY, Display.IP, "Source prefix.");
    public static final AttributeSpec IIF =
            BUILDER.add(3, "IIF", U32, "Interface that it came by.");
    public static final AttributeSpec OIF =
            BUILDER.add(4, "OIF", U32, "Interface that it leaves by.");
    public static final AttributeSpec GATEWAY =
            BUILDER.add(5, "GATEWAY", BINARY, Display.IP, "Next hop.");
    public static final AttributeSpec PRIORITY =
            BUILDER.add(6, "PRIORITY", U32, "Metric; the least wins.");
    public static final AttributeSpec PREFSRC =
            BUILDER.add(7, "PREFSRC", BINARY, Display.IP, "Source address to prefer.");
    public static final AttributeSpec METRICS =
            BUILDER.nested(
                    8, "METRICS", () -> RouteAttributes.METRICS_TABLE, "Metrics of the path.");
    public static final AttributeSpec MULTIPATH =
            BUILDER.records(
                    9, "MULTIPATH", () -> RouteAttributes.MULTIPATH_TABLE, "Several next hops.");
    public static final AttributeSpec PROTOINFO = BUILDER.add(10, "PROTOINFO", BINARY, "Unused.");
    public static final AttributeSpec FLOW = BUILDER.add(11, "FLOW", U32, Display.HEX, "Realms.");
    public static final AttributeSpec CACHEINFO =
            BUILDER.struct(12, "CACHEINFO", CACHE_INFO, "Use and expiry, hundredths of seconds.");
    public static final AttributeSpec SESSION = BUILDER.add(13, "SESSION", BINARY, "Unused.");
    public static final AttributeSpec MP_ALGO = BUILDER.add(14, "MP_ALGO", BINARY, "Unused.");
    public static final AttributeSpec ROUTING_TABLE =
            BUILDER.add(
                    15,
                    "TABLE",
                    U32,
                    RtNames.TABLES,
                    "Routing table; the header holds eight bits.");
    public static final AttributeSpec MARK =
            BUILDER.add(16, "MARK", U32, Display.HEX, "Mark of the packet, in a lookup.");
    public static final AttributeSpec MFC_STATS =
            BUILDER.struct(17, "MFC_STATS", MFC_STATS_STRUCT, "Counters of a multicast route.");
    public static final AttributeSpec VIA =
            BUILDER.struct(18, "VIA", VIA_STRUCT, "Next hop of another address family.");
    public static final AttributeSpec NEWDST =
            BUILDER.add(19, "NEWDST", BINARY, "Labels that replace the destination, MPLS.");
    public static final AttributeSpec PREF =
            BUILDER.add(20, "PREF", U8, PREFERENCES, "Preference of the router, IPv6.");
    public static final AttributeSpec ENCAP_TYPE =
            BUILDER.add(
                    21, "ENCAP_TYPE", U16, EncapAttributes.TYPES, "What packets are wrapped in.");
    public static final AttributeSpec ENCAP =
            BUILDER.chosen(22, "ENCAP", EncapAttributes.BY_TYPE, "How they are wrapped.");
    public static final AttributeSpec EXPIRES =
            BUILDER.add(23, "EXPIRES", U32, "Lifetime, seconds.");
    public static final AttributeSpec PAD_ATTRIBUTE = BUILDER.add(24, "PAD", PAD, "Alignment.");
    public static final AttributeSpec UID = BUILDER.add(25, "UID", U32, "User, in a lookup.");
    public static final AttributeSpec TTL_PROPAGATE =
            BUILDER.add(26, "TTL_PROPAGATE", U8, "1: copies the time to live, MPLS.");
    public static final AttributeSpec IP_PROTO =
            BUILDER.add(27, "IP_PROTO", U8, "IP protocol, in a lookup.");
    public static final AttributeSpec SPORT =
            BUILDER.add(28, "SPORT", BE16, "Source port, in a lookup.");
    public static final AttributeSpec DPORT =
            BUILDER.add(29, "DPORT", BE16, "Destination port, in a lookup.");
    public static final AttributeSpec NH_ID = BUILDER.add(30, "NH_ID", U32, "Next hop object.");
    public static final AttributeSpec FLOWLABEL =
            BUILDER.add(31, "FLOWLABEL", BE32, Display.HEX, "Flow label, in a lookup.");
    public static final AttributeSpec DEL_REASON =
            BUILDER.add(32, "DEL_REASON", U32, REASONS, "Why the kernel deleted it.");
    public static final AttributeTable TABLE = BUILDER.build();

    public static final AttributeTable MULTIPATH_TABLE =
            TABLE.withHeader("route_multipath", NEXT_HOP_HEADER);

    private RouteAttributes() {}
}
