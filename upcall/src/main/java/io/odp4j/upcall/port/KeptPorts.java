package io.odp4j.upcall.port;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.reader.UpcallSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vports whose upcalls come to this agent, each with its sockets: those that were there are
 * taken over, devices are attached, what is gone gives its sockets back. The port keeper's thread's
 * alone.
 */
final class KeptPorts {
    private static final Logger LOG = LoggerFactory.getLogger(KeptPorts.class);

    private final Datapath datapath;
    private final Vports vports;
    private final UpcallSockets sockets;
    private final Counters counters;
    private final PortTable table = new PortTable();

    KeptPorts(Datapath datapath, Vports vports, UpcallSockets sockets, Counters counters) {
        this.datapath = datapath;
        this.vports = vports;
        this.sockets = sockets;
        this.counters = counters;
    }

    PortTable table() {
        return table;
    }

    /** Takes over what the datapath has and is not kept yet. */
    void takeOverAll() throws NetlinkException {
        for (Vport vport : vports.list(datapath.ifindex())) {
            if (!table.contains(vport.number())) {
                takeOver(vport);
            }
        }
    }

    /** Has the upcalls of a vport that another made come to a socket of this agent. */
    void takeOver(Vport vport) throws NetlinkException {
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
        keep(vport, sources, false);
    }

    /**
     * Attaches a device.
     *
     * @return whether there is such a device by now
     */
    boolean attach(String name) throws NetlinkException {
        UpcallSource[] sources = sockets.acquire(name);
        try {
            Vport vport =
                    vports.add(
                            datapath.ifindex(),
                            name,
                            Vport.TYPE_NETDEV,
                            UpcallSockets.portIds(sources),
                            null);
            keep(vport, sources, true);
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

    private void keep(Vport vport, UpcallSource[] sources, boolean own) {
        table.put(new PortTable.Port(vport, sources), own);
        counters.increment(Counter.PORTS_ADDED);
        LOG.info("port {}: {}", vport.number(), vport.name());
    }

    /** Lets go of a vport that is gone; false if it was not kept. */
    boolean drop(int number) {
        PortTable.Port port = table.remove(number);
        if (port == null) {
            return false;
        }
        sockets.release(port.sources(), port.vport().name());
        counters.increment(Counter.PORTS_REMOVED);
        LOG.info("port {}: {} is gone", number, port.vport().name());
        return true;
    }

    /** Compares with what the datapath has, after events were lost. */
    void compare() throws NetlinkException {
        List<Integer> there = new ArrayList<>();
        for (Vport vport : vports.list(datapath.ifindex())) {
            there.add(vport.number());
        }
        for (int number : table.numbers()) {
            if (!there.contains(number)) {
                drop(number);
            }
        }
        takeOverAll();
    }

    /** Detaches those that this agent attached. */
    void detachAdded() throws NetlinkException {
        for (Vport port : table.attached()) {
            vports.delete(port);
        }
    }
}
