package io.odp4j.datapath.rtnetlink.route;

import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What a route is to be.
 *
 * <pre>{@code
 * RouteRequest.to(destination, 16).via(gateway).out(ifindex).metric(10);
 * }</pre>
 */
public final class RouteRequest {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int PROTOCOL_STATIC = 4;
    private static final int SCOPE_LINK = 253;

    private final AttributeList attributes = new AttributeList(RouteAttributes.TABLE);
    private final List<AttributeList> nextHops = new ArrayList<>();

    private RouteRequest(int family) {
        attributes
                .header("rtm_family", family)
                .header("rtm_table", Route.TABLE_MAIN)
                .header("rtm_protocol", PROTOCOL_STATIC)
                .header("rtm_type", Route.UNICAST);
    }

    /**
     * A route to a prefix.
     *
     * @param destination 4 or 16 bytes
     */
    public static RouteRequest to(byte[] destination, int prefixLength) {
        RouteRequest request = new RouteRequest(destination.length == 4 ? AF_INET : AF_INET6);
        request.attributes.header("rtm_dst_len", prefixLength);
        return prefixLength == 0 ? request : request.put(RouteAttributes.DST, destination);
    }

    /** Through a next hop. */
    public RouteRequest via(byte[] gateway) {
        return put(RouteAttributes.GATEWAY, gateway);
    }

    /** Out of an interface. */
    public RouteRequest out(int index) {
        return put(RouteAttributes.OIF, index);
    }

    /** Through one of several next hops, as often as its weight says among theirs. */
    public RouteRequest orVia(byte[] gateway, int index, int weight) {
        nextHops.add(
                new AttributeList(RouteAttributes.MULTIPATH_TABLE)
                        .header("rtnh_ifindex", index)
                        .header("rtnh_hops", weight - 1)
                        .put(RouteAttributes.GATEWAY, gateway));
        attributes.replace(RouteAttributes.MULTIPATH, nextHops);
        return this;
    }

    /** Through a next hop object. */
    public RouteRequest nextHop(int id) {
        return put(RouteAttributes.NH_ID, id);
    }

    public RouteRequest table(long table) {
        attributes.header("rtm_table", table < 256 ? table : 0);
        return put(RouteAttributes.ROUTING_TABLE, table);
    }

    public RouteRequest metric(long metric) {
        return put(RouteAttributes.PRIORITY, metric);
    }

    public RouteRequest preferredSource(byte[] address) {
        return put(RouteAttributes.PREFSRC, address);
    }

    /** One of {@code RTN_*}: what is done with packets. */
    public RouteRequest type(int type) {
        attributes.header("rtm_type", type);
        return this;
    }

    /** A metric of the path, of {@link RouteAttributes#METRICS_TABLE}. */
    public RouteRequest metric(AttributeSpec metric, Object value) {
        AttributeList metrics = attributes.list(RouteAttributes.METRICS);
        if (metrics == null) {
            metrics = new AttributeList(RouteAttributes.METRICS_TABLE);
            attributes.put(RouteAttributes.METRICS, metrics);
        }
        metrics.put(metric, value);
        return this;
    }

    /** Any other attribute of {@link RouteAttributes}. */
    public RouteRequest put(AttributeSpec attribute, Object value) {
        attributes.put(attribute, value);
        return this;
    }

    AttributeList attributes() {
        boolean onLink =
                attributes.header("rtm_type") == Route.UNICAST
                        && attributes.header("rtm_family") == AF_INET
                        && !attributes.has(RouteAttributes.GATEWAY)
                        && !attributes.has(RouteAttributes.VIA)
                        && !attributes.has(RouteAttributes.NH_ID)
                        && nextHops.isEmpty();
        return attributes.header("rtm_scope", onLink ? SCOPE_LINK : 0);
    }
}
