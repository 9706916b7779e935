package io.odp4j.datapath.rtnetlink.nexthop;

import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.StructValue;
import java.util.ArrayList;
import java.util.List;

/**
 * What a next hop, or a group of them, is to be.
 *
 * <pre>{@code
 * NextHopRequest.to(1, gateway, ifindex);
 * NextHopRequest.group(10).member(1, 3).member(2, 1);
 * NextHopRequest.group(11).member(1, 1).member(2, 1).resilient(32);
 * }</pre>
 */
public final class NextHopRequest {
    private static final int AF_UNSPEC = 0;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int PROTOCOL_STATIC = 4;
    private static final int HUNDREDTHS = 100;

    private final AttributeList attributes = new AttributeList(NextHopAttributes.TABLE);
    private final List<StructValue> members = new ArrayList<>();
    private AttributeList resilience;

    private NextHopRequest(int family, int id) {
        attributes
                .header("nh_family", family)
                .header("nh_protocol", PROTOCOL_STATIC)
                .put(NextHopAttributes.ID, id);
    }

    /**
     * Through a gateway.
     *
     * @param gateway 4 or 16 bytes
     */
    public static NextHopRequest to(int id, byte[] gateway, int index) {
        return new NextHopRequest(gateway.length == 4 ? AF_INET : AF_INET6, id)
                .put(NextHopAttributes.GATEWAY, gateway)
                .put(NextHopAttributes.OIF, index);
    }

    /** To destinations that are on the link itself, IPv4. */
    public static NextHopRequest onLink(int id, int index) {
        return new NextHopRequest(AF_INET, id).put(NextHopAttributes.OIF, index);
    }

    /** Nowhere. */
    public static NextHopRequest blackhole(int id, boolean ipv6) {
        return new NextHopRequest(ipv6 ? AF_INET6 : AF_INET, id)
                .put(NextHopAttributes.BLACKHOLE, Boolean.TRUE);
    }

    /** A remote end for forwarding entries of VXLAN links. */
    public static NextHopRequest forwarding(int id, byte[] remote) {
        return new NextHopRequest(remote.length == 4 ? AF_INET : AF_INET6, id)
                .put(NextHopAttributes.GATEWAY, remote)
                .put(NextHopAttributes.FDB, Boolean.TRUE);
    }

    /** One of several, which {@link #member} names. */
    public static NextHopRequest group(int id) {
        return new NextHopRequest(AF_UNSPEC, id);
    }

    /**
     * Adds a member to a group.
     *
     * @param weight its part of the traffic, 1 to 255, from Linux 6.12 to 65535
     */
    public NextHopRequest member(int id, int weight) {
        members.add(new NextHop.Member(id, weight).encode());
        attributes.replace(NextHopAttributes.GROUP, members);
        return this;
    }

    /** Has flows of a group stay where they are when members come and go. */
    public NextHopRequest resilient(int buckets) {
        attributes.replace(NextHopAttributes.GROUP_TYPE, NextHop.RESILIENT);
        resilience =
                new AttributeList(NextHopAttributes.RESILIENT_TABLE)
                        .put(NextHopAttributes.RESILIENT_BUCKETS, buckets);
        return put(NextHopAttributes.RES_GROUP, resilience);
    }

    /**
     * When buckets of a resilient group move.
     *
     * @param idleSeconds after that long without a packet
     * @param unbalancedSeconds all of them after that long; 0: never by force
     */
    public NextHopRequest timers(int idleSeconds, int unbalancedSeconds) {
        resilience
                .put(NextHopAttributes.RESILIENT_IDLE_TIMER, idleSeconds * HUNDREDTHS)
                .put(NextHopAttributes.RESILIENT_UNBALANCED_TIMER, unbalancedSeconds * HUNDREDTHS);
        return this;
    }

    /** Any other attribute of {@link NextHopAttributes}. */
    public NextHopRequest put(AttributeSpec attribute, Object value) {
        attributes.put(attribute, value);
        return this;
    }

    AttributeList attributes() {
        return attributes;
    }
}
