package io.odp4j.datapath.rtnetlink.route;

import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.RtNames;

/**
 * Where a route's attributes differ in FreeBSD's rtnetlink(4): {@code sys/netlink/route/route.h}.
 * Tables count from 0, which is the main one.
 */
public final class FreeBsdRouteAttributes {
    /** FreeBSD's routing tables. */
    public static final ValueNames TABLES =
            ValueNames.enumeration("RT_TABLE_", 0, "main", 0xffffffffL, "unspec");

    public static final StructLayout HEADER =
            StructLayout.struct("rtmsg")
                    .number("rtm_family", U8, RtNames.FAMILIES)
                    .number("rtm_dst_len", U8)
                    .number("rtm_src_len", U8)
                    .number("rtm_tos", U8)
                    .number("rtm_table", U8, TABLES)
                    .number("rtm_protocol", U8, RtNames.PROTOCOLS)
                    .number("rtm_scope", U8, RtNames.SCOPES)
                    .number("rtm_type", U8, RouteAttributes.TYPES)
                    .number("rtm_flags", U32, RouteAttributes.FLAG_NAMES)
                    .build();

    private static final AttributeTable.Builder BUILDER =
            RouteAttributes.TABLE.dialect("freebsd_route", "RTA_").header(HEADER);
    public static final AttributeSpec KNH_ID =
            BUILDER.add(10, "KNH_ID", U32, "Number of the kernel's next hop.");
    public static final AttributeSpec WEIGHT =
            BUILDER.add(13, "WEIGHT", U32, "Weight of the path.");
    public static final AttributeSpec RTFLAGS =
            BUILDER.add(14, "RTFLAGS", U32, Display.HEX, "Flags `RTF_*` of route(4).");
    public static final AttributeSpec ROUTING_TABLE =
            BUILDER.add(15, "TABLE", U32, TABLES, "Routing table.");
    public static final AttributeTable TABLE = BUILDER.build();

    private FreeBsdRouteAttributes() {}
}
