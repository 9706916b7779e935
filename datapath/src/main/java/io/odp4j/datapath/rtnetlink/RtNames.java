package io.odp4j.datapath.rtnetlink;

import io.odp4j.datapath.netlink.table.ValueNames;

/**
 * Names of numbers that several rtnetlink messages share, from {@code linux/rtnetlink.h} and its
 * neighbours.
 */
public final class RtNames {
    /** Address families of {@code sys/socket.h}, and those of multicast routing. */
    public static final ValueNames FAMILIES =
            ValueNames.enumeration(
                    "AF_", 0, "unspec", 2, "inet", 7, "bridge", 10, "inet6", 17, "packet", 28,
                    "mpls", 45, "mctp", 128, "ipmr", 129, "ip6mr");

    /** enum rt_scope_t. */
    public static final ValueNames SCOPES =
            ValueNames.enumeration(
                    "RT_SCOPE_",
                    0,
                    "universe",
                    200,
                    "site",
                    253,
                    "link",
                    254,
                    "host",
                    255,
                    "nowhere");

    /** enum rt_class_t; other tables are numbers. */
    public static final ValueNames TABLES =
            ValueNames.enumeration(
                    "RT_TABLE_",
                    0,
                    "unspec",
                    252,
                    "compat",
                    253,
                    "default",
                    254,
                    "main",
                    255,
                    "local");

    /** Who made a route, a next hop or a rule. */
    public static final ValueNames PROTOCOLS =
            ValueNames.enumeration(
                    "RTPROT_",
                    0,
                    "unspec",
                    1,
                    "redirect",
                    2,
                    "kernel",
                    3,
                    "boot",
                    4,
                    "static",
                    8,
                    "gated",
                    9,
                    "ra",
                    10,
                    "mrt",
                    11,
                    "zebra",
                    12,
                    "bird",
                    13,
                    "dnrouted",
                    14,
                    "xorp",
                    15,
                    "ntk",
                    16,
                    "dhcp",
                    17,
                    "mrouted",
                    18,
                    "keepalived",
                    42,
                    "babel",
                    84,
                    "ovn",
                    99,
                    "openr",
                    186,
                    "bgp",
                    187,
                    "isis",
                    188,
                    "ospf",
                    189,
                    "rip",
                    192,
                    "eigrp");

    /** Flags of a next hop. */
    public static final ValueNames NEXT_HOP_FLAGS =
            ValueNames.flags(
                    "RTNH_F_",
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
                    "trap");

    /** What a tunnel's packets are wrapped in. */
    public static final ValueNames TUNNEL_ENCAPSULATIONS =
            ValueNames.enumeration("TUNNEL_ENCAP_", 0, "none", 1, "fou", 2, "gue", 3, "mpls");

    /** Options of that wrapping. */
    public static final ValueNames TUNNEL_ENCAPSULATION_FLAGS =
            ValueNames.flags("TUNNEL_ENCAP_FLAG_", 1, "csum", 2, "csum6", 4, "remcsum");

    private RtNames() {}
}
