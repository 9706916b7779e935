package io.odp4j.datapath.embedded;

import io.odp4j.datapath.embedded.conntrack.ConntrackCounter;
import io.odp4j.datapath.embedded.forwarding.PacketCounter;
import io.odp4j.datapath.embedded.forwarding.Switch;
import io.odp4j.datapath.embedded.forwarding.World;
import io.odp4j.datapath.embedded.message.Wire;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.embedded.server.Server;
import io.odp4j.datapath.embedded.table.FlowTable;
import io.odp4j.datapath.embedded.table.MaskedFlowTable;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.SocketOption;
import java.util.function.Supplier;

/**
 * A userspace switch that answers the kernel's Open vSwitch families on a socket of
 * NETLINK_USERSOCK. It needs no privilege, and runs a thread of its own until it is closed.
 *
 * <pre>{@code
 * try (EmbeddedDatapath embedded = EmbeddedDatapath.open()) {
 *     DeviceLink link = embedded.plug(device);
 *     Agent.start(AgentConfig.of("ovs0").endpoint(embedded.endpoint()).ports(List.of("eth1")).build());
 *     link.receive(frame, 0, length);
 * }
 * }</pre>
 *
 * Datapaths, vports and flows are made by requests, as in a kernel; devices are plugged in here.
 */
public final class EmbeddedDatapath implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 8 << 20;
    private static final long JOIN_MILLIS = 5000;

    private final NetlinkEndpoint endpoint;
    private final World world;
    private final Server server;
    private final Thread thread;

    private EmbeddedDatapath(NetlinkSocket socket, Supplier<FlowTable> tables)
            throws NetlinkException {
        endpoint = NetlinkEndpoint.userspace(socket.portId());
        world = new World(new Wire(socket), tables);
        server = new Server(socket, world);
        thread = new Thread(server, "odp4j-embedded");
        thread.setDaemon(true);
    }

    /** Opens the socket and starts to answer; flows stand in plain tables, one for each mask. */
    public static EmbeddedDatapath open() throws NetlinkException {
        return open(MaskedFlowTable::new);
    }

    /**
     * Opens the socket and starts to answer.
     *
     * @param tables makes the flow table of each datapath
     */
    public static EmbeddedDatapath open(Supplier<FlowTable> tables) throws NetlinkException {
        NetlinkSocket socket = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0);
        try {
            socket.setReceiveBuffer(RECEIVE_BUFFER);
            socket.set(SocketOption.SNDBUF, RECEIVE_BUFFER);
            EmbeddedDatapath embedded = new EmbeddedDatapath(socket, tables);
            embedded.thread.start();
            return embedded;
        } catch (NetlinkException e) {
            socket.close();
            throw e;
        }
    }

    /** Whom clients talk to. */
    public NetlinkEndpoint endpoint() {
        return endpoint;
    }

    /**
     * Plugs a device in: from now on a vport of type netdev can attach it by its name.
     *
     * @throws IllegalArgumentException if the name is no device's, or is taken
     */
    public DeviceLink plug(Device device) {
        return world.plug(device);
    }

    /** What became of packets, by {@link PacketCounter#ordinal}; all datapaths together. */
    public long[] counters() {
        long[] sum = new long[PacketCounter.values().length];
        world.enter();
        try {
            for (Switch datapath : world.datapaths()) {
                long[] counts = datapath.counts();
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += counts[i];
                }
            }
        } finally {
            world.leave();
        }
        return sum;
    }

    /** What connection tracking counted, by {@link ConntrackCounter#ordinal}. */
    public long[] conntrackCounters() {
        world.enter();
        try {
            long[] counts = new long[ConntrackCounter.values().length];
            for (ConntrackCounter counter : ConntrackCounter.values()) {
                counts[counter.ordinal()] = world.conntrack().counter(counter);
            }
            return counts;
        } finally {
            world.leave();
        }
    }

    /** How many connections are known, of all zones. */
    public int connections() {
        world.enter();
        try {
            return world.conntrack().connections();
        } finally {
            world.leave();
        }
    }

    /** Forgets every connection. */
    public void flushConnections() {
        world.enter();
        try {
            world.conntrack().flush();
        } finally {
            world.leave();
        }
    }

    /** Stops answering; every datapath is gone with it. */
    @Override
    public void close() {
        server.stop();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
