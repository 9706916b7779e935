package io.odp4j.upcall.tunnel;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.rtnetlink.neigh.Neighbour;
import io.odp4j.datapath.rtnetlink.neigh.Neighbours;
import io.odp4j.datapath.rtnetlink.route.Route;
import io.odp4j.datapath.rtnetlink.route.Routes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the remote end of each tunnel, by the kernel's routes and neighbours, and found out
 * anew when any of them changed. A next hop whose link-layer address is not known is asked for it,
 * so that the first packet need not wait for that. Not thread safe.
 */
public final class EndpointBook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointBook.class);

    /** A storm of changes is followed at this pace. */
    private static final long PACE_NANOS = 50_000_000L;

    /** A next hop that does not answer is asked again so often. */
    private static final long RETRY_NANOS = 5_000_000_000L;

    /** A device that packets leave by. */
    public record Device(String name, boolean carrier) {}

    /** Knows the devices. */
    @FunctionalInterface
    public interface Devices {
        /** The device of that index. */
        Optional<Device> find(int index);
    }

    private final List<TunnelSpec> tunnels;
    private final Routes routes;
    private final Neighbours neighbours;
    private final Map<String, TunnelStatus> known = new LinkedHashMap<>();
    private boolean changed = true;
    private long foundNanos = System.nanoTime() - PACE_NANOS;

    public EndpointBook(List<TunnelSpec> tunnels) throws NetlinkException {
        this.tunnels = tunnels;
        this.routes = Routes.open();
        try {
            this.neighbours = Neighbours.open();
        } catch (NetlinkException e) {
            routes.close();
            throw e;
        }
    }

    /** A link, a route, a rule or a neighbour changed. */
    public void changed() {
        changed = true;
    }

    /** How long until {@link #refresh} has something to do, in milliseconds; at most as given. */
    public int dueMillis(int most) {
        long wait = changed ? PACE_NANOS : unanswered() ? RETRY_NANOS : Long.MAX_VALUE;
        long left = wait == Long.MAX_VALUE ? wait : foundNanos + wait - System.nanoTime();
        return (int) Math.max(0, Math.min(most, (left + 999_999) / 1_000_000));
    }

    private boolean unanswered() {
        return known.values().stream().anyMatch(s -> s.state() == TunnelStatus.State.NO_NEIGHBOUR);
    }

    /**
     * Finds the ways anew if it is time to.
     *
     * @return how many have changed
     */
    public int refresh(Devices devices) {
        if (dueMillis(1) > 0) {
            return 0;
        }
        changed = false;
        foundNanos = System.nanoTime();
        int changes = 0;
        for (TunnelSpec tunnel : tunnels) {
            TunnelStatus now;
            try {
                now = find(tunnel, devices);
            } catch (NetlinkException e) {
                LOG.warn("tunnel {}: {}", tunnel.name(), e.getMessage());
                continue;
            }
            TunnelStatus before = known.put(tunnel.name(), now);
            if (!now.equals(before)) {
                LOG.info("tunnel {}", now);
                changes++;
            }
        }
        return changes;
    }

    /** The ways as they were found last. */
    public List<TunnelStatus> statuses() {
        return List.copyOf(known.values());
    }

    private TunnelStatus find(TunnelSpec tunnel, Devices devices) throws NetlinkException {
        byte[] remote = tunnel.remote();
        if (remote == null) {
            return new TunnelStatus(tunnel, TunnelStatus.State.BY_FLOW, null, null, null, null);
        }
        Route route;
        try {
            route = routes.lookUp(remote);
        } catch (NetlinkException e) {
            if (e.is(Errno.ENETUNREACH) || e.is(Errno.EHOSTUNREACH) || e.is(Errno.EACCES)) {
                return new TunnelStatus(
                        tunnel, TunnelStatus.State.NO_ROUTE, null, null, null, null);
            }
            throw e;
        }
        byte[] nextHop = route.gateway() == null ? remote : route.gateway();
        int out = route.outInterface();
        Device device = devices.find(out).orElse(null);
        byte[] mac = null;
        TunnelStatus.State state = TunnelStatus.State.UP;
        if (route.type() == Route.UNREACHABLE
                || route.type() == Route.BLACKHOLE
                || route.type() == Route.PROHIBIT
                || device == null) {
            state = TunnelStatus.State.NO_ROUTE;
        } else if (!device.carrier()) {
            state = TunnelStatus.State.LINK_DOWN;
        } else if (route.type() != Route.LOCAL) {
            Neighbour neighbour = neighbours.find(out, nextHop).orElse(null);
            if (neighbour == null || !neighbour.isValid()) {
                state = TunnelStatus.State.NO_NEIGHBOUR;
                neighbours.resolve(out, nextHop);
            } else {
                mac = neighbour.linkLayerAddress();
            }
        }
        return new TunnelStatus(
                tunnel,
                state,
                device == null ? null : device.name(),
                nextHop,
                route.preferredSource(),
                mac);
    }

    @Override
    public void close() {
        routes.close();
        neighbours.close();
    }
}
