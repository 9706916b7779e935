package io.odp4j.upcall.port;

import io.odp4j.datapath.netlink.Epoll;
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
import io.odp4j.upcall.tunnel.TunnelStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every vport's upcalls coming to this agent: gives each its socket, attaches configured
 * devices as soon as they exist, makes those of tunnels, follows ports that others add and remove
 * and the links behind them, and puts the datapath's features back when another program changes
 * them. One thread's.
 */
public final class PortKeeper
        implements Runnable, OvsEvents.Listener, LinkBook.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PortKeeper.class);
    private static final int RETRY_MILLIS = 500;
    private static final int EVENTS = 0;
    private static final int LINKS = 1;

    private final AgentConfig config;
    private final Datapath datapath;
    private final DatapathKeeper keeper;
    private final RequestChannel channel;
    private final OvsEvents events;
    private final UpcallSockets sockets;
    private final PortListener listener;
    private final Counters counters;
    private final Epoll epoll = new Epoll(4);
    private final KeptPorts kept;
    private final PortTable ports;
    private final WantedPorts wanted;
    private final TunnelKeeper tunnels;

    /** Null where the datapath has devices of its own. */
    private final LinkBook links;

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
        this.kept = new KeptPorts(datapath, new Vports(channel, families), sockets, counters);
        this.ports = kept.table();
        // Before the list is taken, so that nothing falls between the two.
        this.events = OvsEvents.open(config.endpoint(), families);
        epoll.add(events.socket().fd(), EVENTS);
        this.links =
                config.endpoint().isKernel() ? LinkBook.open(!config.tunnels().isEmpty()) : null;
        if (links != null) {
            epoll.add(links.socket().fd(), LINKS);
        }
        this.wanted = new WantedPorts(config.ports(), config.tunnels(), links);
        this.tunnels = TunnelKeeper.open(config.tunnels(), links);
    }

    /**
     * Takes over the ports that are there and attaches the configured ones.
     *
     * @throws NetlinkException if a configured device exists and cannot be attached
     */
    public void start() throws NetlinkException {
        keeper.registerCpus(sockets);
        kept.takeOverAll();
        tunnels.ensureAll();
        refreshLinks();
        for (String word : wanted.words()) {
            attach(word);
        }
        tunnels.refresh(counters);
        tell();
    }

    @Override
    public void run() {
        try {
            while (running && !deleted) {
                looks = looks + 1;
                int ready = epoll.await(tunnels.dueMillis(RETRY_MILLIS));
                for (int i = 0; i < ready; i++) {
                    if (epoll.token(i) == EVENTS) {
                        events.poll(this);
                    } else if (epoll.token(i) == LINKS) {
                        refreshLinks();
                    }
                }
                if (running && !deleted) {
                    attachMissing();
                    tunnels.refresh(counters);
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
    public int size() {
        return ports.statuses().size();
    }

    /** The numbers of the ports by their names, as they are now. */
    public Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new TreeMap<>();
        ports.statuses().forEach(port -> numbers.put(port.name(), port.number()));
        return numbers;
    }

    // --- ports ---

    /** Attaches a device; false if there is no such device yet. */
    private boolean attach(String word) throws NetlinkException {
        LinkBook.Entry link = wanted.link(word).orElse(null);
        if (ports.has(word, link)) {
            return true;
        }
        if (link == null && links != null) {
            LOG.debug("{}: no such device yet", word);
            return false;
        }
        return kept.attach(link == null ? word : link.name());
    }

    private void attachMissing() {
        boolean changed = false;
        for (String word : wanted.words()) {
            try {
                LinkBook.Entry link = wanted.link(word).orElse(null);
                if (link == null && tunnels.ensure(word)) {
                    refreshLinks();
                    link = wanted.link(word).orElse(null);
                }
                changed |= !ports.has(word, link) && attach(word);
            } catch (NetlinkException e) {
                LOG.warn("{}", e.getMessage());
            }
        }
        if (changed) {
            tell();
        }
    }

    private void tell() {
        ports.publish(links, tunnels);
        listener.portsChanged(ports.numbers(), ports.tunnels());
    }

    /** The ports and their links, as they were seen last; for any thread. */
    public List<PortStatus> statuses() {
        return ports.statuses();
    }

    /** The ways of the tunnels to their remote ends; for any thread. */
    public List<TunnelStatus> tunnels() {
        return tunnels.statuses();
    }

    // --- links ---

    private void refreshLinks() throws NetlinkException {
        if (links != null) {
            links.poll(this);
        }
    }

    @Override
    public void changed(LinkBook.Entry before, LinkBook.Entry now) {
        if (!ports.isPort(now.index())) {
            return;
        }
        if (before != null) {
            counters.increment(Counter.LINKS_CHANGED);
            LOG.info(
                    "link {}: {}, mtu {}",
                    before.name().equals(now.name())
                            ? now.name()
                            : before.name() + ", now " + now.name(),
                    !now.up() ? "down" : now.carrier() ? "up" : "no carrier",
                    now.mtu());
        }
        ports.publish(links, tunnels);
    }

    @Override
    public void otherChanged() {
        tunnels.changed();
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
                if (kept.drop(vport.number())) {
                    tell();
                }
            } else if (command == VportAttributes.CMD_NEW && !ports.contains(vport.number())) {
                kept.takeOver(vport);
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
            kept.compare();
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
        kept.detachAdded();
    }

    /** Takes away the tunnels' devices that this agent made; once its thread has ended. */
    public void removeTunnels() {
        tunnels.takeAway();
    }

    @Override
    public void close() {
        tunnels.close();
        if (links != null) {
            links.close();
        }
        events.close();
        epoll.close();
        channel.close();
    }
}
