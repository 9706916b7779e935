package io.odp4j.upcall.port;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.tunnel.EndpointBook;
import io.odp4j.upcall.tunnel.TunnelDevices;
import io.odp4j.upcall.tunnel.TunnelSpec;
import io.odp4j.upcall.tunnel.TunnelStatus;
import java.util.List;
import java.util.Optional;

/**
 * The agent's tunnels: their devices, and the ways to their remote ends. Where there are none it
 * does nothing, and holds no socket. One thread's, but for {@link #statuses}.
 */
final class TunnelKeeper implements AutoCloseable {
    private final List<TunnelSpec> tunnels;
    private final LinkBook links;
    private final TunnelDevices devices;
    private final EndpointBook endpoints;
    private volatile List<TunnelStatus> statuses = List.of();

    private TunnelKeeper(
            List<TunnelSpec> tunnels,
            LinkBook links,
            TunnelDevices devices,
            EndpointBook endpoints) {
        this.tunnels = tunnels;
        this.links = links;
        this.devices = devices;
        this.endpoints = endpoints;
    }

    static TunnelKeeper open(List<TunnelSpec> tunnels, LinkBook links) throws NetlinkException {
        if (tunnels.isEmpty()) {
            return new TunnelKeeper(tunnels, links, null, null);
        }
        TunnelDevices devices = new TunnelDevices();
        try {
            return new TunnelKeeper(tunnels, links, devices, new EndpointBook(tunnels));
        } catch (NetlinkException e) {
            devices.close();
            throw e;
        }
    }

    /** The tunnel of that device, or null. */
    TunnelSpec named(String device) {
        for (TunnelSpec tunnel : tunnels) {
            if (tunnel.name().equals(device)) {
                return tunnel;
            }
        }
        return null;
    }

    /** Makes the devices that are missing. */
    void ensureAll() throws NetlinkException {
        for (TunnelSpec tunnel : tunnels) {
            devices.ensure(tunnel);
        }
    }

    /** Makes the device of a tunnel if the word is one; false if it is none. */
    boolean ensure(String word) throws NetlinkException {
        TunnelSpec tunnel = named(word);
        if (tunnel == null) {
            return false;
        }
        devices.ensure(tunnel);
        return true;
    }

    /** Something that decides on the way of packets changed. */
    void changed() {
        if (endpoints != null) {
            endpoints.changed();
        }
    }

    /** How long until {@link #refresh} has something to do, at most as given. */
    int dueMillis(int most) {
        return endpoints == null ? most : endpoints.dueMillis(most);
    }

    /** Finds the ways anew where that is due. */
    void refresh(Counters counters) {
        if (endpoints != null) {
            int changes = endpoints.refresh(this::device);
            if (changes > 0) {
                counters.add(Counter.TUNNEL_PATHS_CHANGED, changes);
                statuses = endpoints.statuses();
            }
        }
    }

    private Optional<EndpointBook.Device> device(int index) {
        return links.find(index).map(l -> new EndpointBook.Device(l.name(), l.carrier()));
    }

    List<TunnelStatus> statuses() {
        return statuses;
    }

    /** Takes away what was made here. */
    void takeAway() {
        if (devices != null) {
            devices.takeAway();
        }
    }

    @Override
    public void close() {
        if (devices != null) {
            devices.close();
            endpoints.close();
        }
    }
}
