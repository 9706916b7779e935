package io.odp4j.datapath.rtnetlink.ip;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.rtnetlink.link.Link;
import io.odp4j.datapath.rtnetlink.link.Links;
import io.odp4j.datapath.rtnetlink.nexthop.NextHop;
import io.odp4j.datapath.rtnetlink.nexthop.NextHops;
import java.util.HashMap;
import java.util.Map;

/** Links by their interface index, and next hops, as they were when they were asked for. */
public final class IpNames {
    private final Map<Integer, Link> links = new HashMap<>();
    private final Map<Integer, NextHop> nextHops = new HashMap<>();

    private IpNames() {}

    /** Asks the kernel once for all links. */
    public static IpNames read() throws NetlinkException {
        IpNames names = new IpNames();
        try (Links all = Links.open()) {
            for (Link link : all.list()) {
                names.links.put(link.index(), link);
            }
        }
        return names;
    }

    /** Asks for all next hops too: a route that has one is shown with what it is. */
    public IpNames withNextHops() throws NetlinkException {
        try (NextHops all = NextHops.open()) {
            for (NextHop hop : all.list()) {
                nextHops.put(hop.id(), hop);
            }
        }
        return this;
    }

    /** The next hop of that number; null if it is not there. */
    NextHop nextHop(int id) {
        return nextHops.get(id);
    }

    /** The name, or {@code if7} for a link that is not there. */
    public String name(long index) {
        Link link = links.get((int) index);
        return link == null ? "if" + index : link.name();
    }

    /** Whether the link is there, and down. */
    boolean isDown(int index) {
        Link link = links.get(index);
        return link != null && !link.isUp();
    }
}
