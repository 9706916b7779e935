package io.odp4j.upcall.port;

import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.Epoll;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.OvsEvents;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.VportAttributes;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.reader.UpcallSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every vport's upcalls coming to this agent: gives each its socket, attaches configured
 * devices as soon as they exist, follows ports that others add and remove, and puts the datapath's
 * features back when another program changes them. One thread's.
 */
public final class PortKeeper implements Runnable, OvsEvents.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PortKeeper.class);
    private static final int RETRY_MILLIS = 500;

    private record Port(Vport vport, UpcallSource[] sources) {}

    private final AgentConfig config;
    private final Datapath datapath;
    private final DatapathKeeper keeper;
    private final RequestChannel channel;
    private final Vports vports;
    private final OvsEvents events;
    private final UpcallSockets sockets;
    private final PortListener listener;
    private final Counters counters;
    private final Epoll epoll = new Epoll(4);
    private final Map<Integer, Port> ports = new TreeMap<>();
    private final List<String> added = new ArrayList<>();
    private volatile boolean running = true;
    private volatile long looks;
    private boolean deleted;

    public PortKeeper(
            AgentConfig config,
            OvsFamilies families,
            DatapathKeeper keeper,
            UpcallSockets sockets,
            PortListener listener,
            Counters counters)
            throws NetlinkException {
        this.config = config;
        this.keeper = keeper;
        this.datapath = keeper.datapath();
        this.sockets = sockets;
        this.listener = listener;
        this.counters = counters;
        this.channel = RequestChannel.open(config.endpoint());
        this.vports = new Vports(channel, families);
        // Before the list is taken, so that nothing falls between the two.
        this.events = OvsEvents.open(config.endpoint(), families);
        epoll.add(events.socket().fd(), 0);
    }

    /**
     * Takes over the ports that are there and attaches the configured ones.
     *
     * @throws NetlinkException if a configured device exists and cannot be attached
     */
    public void start() throws NetlinkException {
        keeper.registerCpus(sockets);
        takeOverAll();
        for (String name : config.ports()) {
            attach(name);
        }
        tell();
    }

    @Override
    public void run() {
        try {
            while (running && !deleted) {
                looks = looks + 1;
                if (epoll.await(RETRY_MILLIS) > 0) {
                    events.poll(this);
                }
                if (running && !deleted) {
                    attachMissing();
                }
            }
        } catch (NetlinkException e) {
            if (running && !deleted) {
                listener.failed("the ports of " + datapath.name() + " cannot be followed", e);
            }
        }
    }

    /** How often it has looked for events. */
    public long looks() {
        return looks;
    }

    /** Tells a person how many ports there are. */
    public synchronized int size() {
        return ports.size();
    }

    /** The names of the ports, as they are now. */
    public synchronized PortNames names() {
        Map<String, Integer> numbers = new TreeMap<>();
        ports.forEach((number, port) -> numbers.put(port.vport.name(), number));
        return PortNames.of(numbers);
    }

    // --- ports ---

    private void takeOverAll() throws NetlinkException {
        for (Vport vport : vports.list(datapath.ifindex())) {
            if (!ports.containsKey(vport.number())) {
                takeOver(vport);
            }
        }
    }

    private void takeOver(Vport vport) throws NetlinkException {
        UpcallSource[] sources = sockets.acquire(vport.name());
        try {
            vports.setUpcallPids(vport, UpcallSockets.portIds(sources));
        } catch (NetlinkException e) {
            sockets.release(sources, vport.name());
            if (e.is(Errno.ENODEV)) {
                return; // gone again already; its event follows
            }
            throw e;
        }
        keep(vport, sources);
    }

    /** Attaches a device; false if there is no such device yet. */
    private boolean attach(String name) throws NetlinkException {
        if (has(name)) {
            return true;
        }
        UpcallSource[] sources = sockets.acquire(name);
        try {
            Vport vport =
                    vports.add(
                            datapath.ifindex(),
                            name,
                            Vport.TYPE_NETDEV,
                            UpcallSockets.portIds(sources),
                            null);
            added.add(name);
            keep(vport, sources);
            return true;
        } catch (NetlinkException e) {
            sockets.release(sources, name);
            if (e.is(Errno.ENODEV)) {
                LOG.debug("{}: no such device yet", name);
                return false;
            }
            throw e;
        }
    }

    private void attachMissing() throws NetlinkException {
        boolean changed = false;
        for (String name : config.ports()) {
            if (!has(name)) {
                try {
                    changed |= attach(name);
                } catch (NetlinkException e) {
                    LOG.warn("{}", e.getMessage());
                }
            }
        }
        if (changed) {
            tell();
        }
    }

    private boolean has(String name) {
        return ports.values().stream().anyMatch(p -> p.vport().name().equals(name));
    }

    private synchronized void keep(Vport vport, UpcallSource[] sources) {
        ports.put(vport.number(), new Port(vport, sources));
        counters.increment(Counter.PORTS_ADDED);
        LOG.info("port {}: {}", vport.number(), vport.name());
    }

    private synchronized boolean drop(int number) {
        Port port = ports.remove(number);
        if (port == null) {
            return false;
        }
        sockets.release(port.sources(), port.vport().name());
        counters.increment(Counter.PORTS_REMOVED);
        LOG.info("port {}: {} is gone", number, port.vport().name());
        return true;
    }

    private void tell() {
        listener.portsChanged(ports.keySet().stream().mapToInt(Integer::intValue).toArray());
    }

    // --- events ---

    @Override
    public void datapath(int command, Datapath changed) {
        if (changed.ifindex() != datapath.ifindex()) {
            return;
        }
        if (command == DatapathAttributes.CMD_DEL) {
            deleted = true;
            listener.failed("datapath " + datapath.name() + " was deleted", null);
        } else if (keeper.restoreFeatures(changed)) {
            counters.increment(Counter.FEATURES_RESTORED);
        }
    }

    @Override
    public void vport(int command, Vport vport) {
        if (vport.dpIfindex() != datapath.ifindex() || deleted) {
            return;
        }
        try {
            if (command == VportAttributes.CMD_DEL) {
                if (drop(vport.number())) {
                    tell();
                }
            } else if (command == VportAttributes.CMD_NEW && !ports.containsKey(vport.number())) {
                takeOver(vport);
                tell();
            }
        } catch (NetlinkException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    @Override
    public void lost() {
        counters.increment(Counter.EVENTS_LOST);
        try {
            List<Integer> there = new ArrayList<>();
            for (Vport vport : vports.list(datapath.ifindex())) {
                there.add(vport.number());
            }
            for (int number : List.copyOf(ports.keySet())) {
                if (!there.contains(number)) {
                    drop(number);
                }
            }
            takeOverAll();
            tell();
        } catch (NetlinkException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    // --- end ---

    /** Ends the thread's loop. */
    public void stop() {
        running = false;
        epoll.wake();
    }

    /** Whether the datapath was deleted by somebody else. */
    public boolean isDeleted() {
        return deleted;
    }

    /** Detaches the ports that this agent attached; once its thread has ended. */
    public void detachAdded() throws NetlinkException {
        for (Port port : List.copyOf(ports.values())) {
            if (added.contains(port.vport().name())) {
                vports.delete(port.vport());
            }
        }
    }

    @Override
    public void close() {
        events.close();
        epoll.close();
        channel.close();
    }
}
