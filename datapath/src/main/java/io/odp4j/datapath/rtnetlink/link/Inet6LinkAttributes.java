package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U32_ARRAY;
import static io.odp4j.datapath.netlink.table.AttributeType.U64_ARRAY;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.ValueNames;

/** What IPv6 keeps for a link, {@code IFLA_INET6_*}. */
public final class Inet6LinkAttributes {
    /** {@code IF_*} of the kernel's {@code net/if_inet6.h}. */
    public static final ValueNames FLAG_NAMES =
            ValueNames.flags(
                    "",
                    0x80,
                    "otherconf",
                    0x40,
                    "managed",
                    0x20,
                    "rs_sent",
                    0x10,
                    "ra_rcvd",
                    0x80000000,
                    "ready");

    /** How addresses are made up. */
    public static final ValueNames MODES =
            ValueNames.enumeration(
                    "IN6_ADDR_GEN_MODE_", 0, "eui64", 1, "none", 2, "stable_privacy", 3, "random");

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link_inet6", "IFLA_INET6_");
    public static final AttributeSpec FLAGS = BUILDER.add(1, "FLAGS", U32, FLAG_NAMES, "State.");
    public static final AttributeSpec CONF =
            BUILDER.add(2, "CONF", U32_ARRAY, "Settings by number, {@code DEVCONF_*}.");
    public static final AttributeSpec STATS =
            BUILDER.add(3, "STATS", U64_ARRAY, "Counters by number.");
    public static final AttributeSpec MCAST = BUILDER.add(4, "MCAST", BINARY, "Unused.");
    public static final AttributeSpec CACHEINFO =
            BUILDER.struct(5, "CACHEINFO", LinkStructures.CACHE_INFO, "Times.");
    public static final AttributeSpec ICMP6STATS =
            BUILDER.add(6, "ICMP6STATS", U64_ARRAY, "ICMPv6 counters by number.");
    public static final AttributeSpec TOKEN =
            BUILDER.add(7, "TOKEN", BINARY, Display.IPV6, "Interface part of its addresses.");
    public static final AttributeSpec ADDR_GEN_MODE =
            BUILDER.add(8, "ADDR_GEN_MODE", U8, MODES, "How addresses are made up.");
    public static final AttributeSpec RA_MTU =
            BUILDER.add(9, "RA_MTU", U32, "MTU that a router told.");
    public static final AttributeTable TABLE = BUILDER.build();

    private Inet6LinkAttributes() {}
}
