package io.odp4j.datapath.rtnetlink;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Multicast groups of rtnetlink, {@code enum rtnetlink_groups} of {@code linux/rtnetlink.h}. */
public enum RtnetlinkGroup {
    LINK(1),
    NOTIFY(2),
    NEIGH(3),
    TC(4),
    IPV4_IFADDR(5),
    IPV4_MROUTE(6),
    IPV4_ROUTE(7),
    IPV4_RULE(8),
    IPV6_IFADDR(9),
    IPV6_MROUTE(10),
    IPV6_ROUTE(11),
    IPV6_IFINFO(12),
    DECNET_IFADDR(13),
    DECNET_ROUTE(15),
    DECNET_RULE(16),
    IPV6_PREFIX(18),
    IPV6_RULE(19),
    ND_USEROPT(20),
    PHONET_IFADDR(21),
    PHONET_ROUTE(22),
    DCB(23),
    IPV4_NETCONF(24),
    IPV6_NETCONF(25),
    MDB(26),
    MPLS_ROUTE(27),
    NSID(28),
    MPLS_NETCONF(29),
    IPV4_MROUTE_R(30),
    IPV6_MROUTE_R(31),
    NEXTHOP(32),
    BRVLAN(33),
    MCTP_IFADDR(34),
    TUNNEL(35),
    STATS(36),
    IPV4_MCADDR(37),
    IPV6_MCADDR(38),
    IPV6_ACADDR(39);

    private final int number;

    RtnetlinkGroup(int number) {
        this.number = number;
    }

    /** What a socket joins. */
    public int number() {
        return number;
    }

    /** The name as a person writes it: {@code ipv4_route}. */
    public String groupName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Map<String, Integer> named(RtnetlinkGroup... groups) {
        Map<String, Integer> named = new TreeMap<>();
        for (RtnetlinkGroup group : groups) {
            named.put(group.groupName(), group.number);
        }
        return named;
    }
}
