package io.odp4j.datapath.rtnetlink.route;

import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.List;

/**
 * A route as the kernel describes it.
 *
 * @param attributes all that was said, by {@link RouteAttributes}
 */
public record Route(AttributeList attributes) {
    /** The routing table that is asked by default. */
    public static final int TABLE_MAIN = 254;

    // rtm_type
    public static final int UNICAST = 1;
    public static final int LOCAL = 2;
    public static final int BLACKHOLE = 6;
    public static final int UNREACHABLE = 7;
    public static final int PROHIBIT = 8;

    /** Destination, 4 or 16 bytes; null for the default route. */
    public byte[] destination() {
        return attributes.bytes(RouteAttributes.DST);
    }

    /** Bits of the destination that count. */
    public int prefixLength() {
        return (int) attributes.header("rtm_dst_len");
    }

    /** One of {@code RTN_*}. */
    public int type() {
        return (int) attributes.header("rtm_type");
    }

    public long table() {
        return attributes.number(RouteAttributes.ROUTING_TABLE, attributes.header("rtm_table"));
    }

    /** Next hop; null if the destination is on the link itself, or there are several. */
    public byte[] gateway() {
        return attributes.bytes(RouteAttributes.GATEWAY);
    }

    /** Interface that packets leave by; 0 if there are several, or none. */
    public int outInterface() {
        return (int) attributes.number(RouteAttributes.OIF, 0);
    }

    /** Source address to prefer, or null. */
    public byte[] preferredSource() {
        return attributes.bytes(RouteAttributes.PREFSRC);
    }

    public long metric() {
        return attributes.number(RouteAttributes.PRIORITY, 0);
    }

    /** Number of the next hop object; 0 if there is none. */
    public int nextHopId() {
        return (int) attributes.number(RouteAttributes.NH_ID, 0);
    }

    /**
     * Several next hops, each by {@link RouteAttributes#MULTIPATH_TABLE}; empty for a single one.
     */
    public List<AttributeList> nextHops() {
        return attributes
                .find(RouteAttributes.MULTIPATH)
                .map(Attribute::value)
                .map(hops -> ((List<?>) hops).stream().map(h -> (AttributeList) h).toList())
                .orElse(List.of());
    }
}
