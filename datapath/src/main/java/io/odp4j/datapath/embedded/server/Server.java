package io.odp4j.datapath.embedded.server;

import io.odp4j.datapath.embedded.forwarding.World;
import io.odp4j.datapath.embedded.message.Dump;
import io.odp4j.datapath.embedded.message.Family;
import io.odp4j.datapath.embedded.message.Handler;
import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.embedded.message.Request;
import io.odp4j.datapath.embedded.message.Wire;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.Epoll;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.ErrorMessage;
import io.odp4j.datapath.netlink.ExtendedAck;
import io.odp4j.datapath.netlink.GenericHeader;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The loop that answers requests: each message of each datagram in its order, the object first and
 * then the acknowledgement, as a kernel's generic netlink does. Its thread alone reads the socket.
 */
public final class Server implements Runnable {
    private static final int DATAGRAM = 1 << 20;
    private static final int RETRY_MILLIS = 1;
    private static final int PAUSE_MILLIS = 100;

    /** The most bytes of a refused request that its error brings back. */
    private static final int MOST_CARRIED = 128 * 1024;

    private final NetlinkSocket socket;
    private final World world;
    private final Wire wire;
    private final Epoll epoll;
    private final ReceiveBatch receiver = new ReceiveBatch(1);
    private final DirectBuffer memory = new DirectBuffer(DATAGRAM);
    private final MessageReader reader = new MessageReader();
    private final Request request = new Request();
    private final ControlRequests control;
    private final Map<Family, Handler> handlers = new EnumMap<>(Family.class);
    private final List<Dump<?>> dumps = new ArrayList<>();
    private volatile boolean running = true;

    public Server(NetlinkSocket socket, World world) throws NetlinkException {
        this.socket = socket;
        this.world = world;
        this.wire = world.wire();
        this.epoll = new Epoll(1);
        epoll.add(socket.fd(), 0);
        receiver.setTarget(0, memory.address(), DATAGRAM);
        control = new ControlRequests(wire, handlers);
        handlers.put(Family.CONTROL, control);
        handlers.put(Family.DATAPATH, new DatapathRequests(world));
        handlers.put(Family.VPORT, new VportRequests(world));
        world.onGone(port -> VportRequests.tellGone(wire, port));
        handlers.put(Family.FLOW, new FlowRequests(world));
        handlers.put(Family.PACKET, new PacketRequests(world));
        handlers.put(Family.METER, new MeterRequests(world));
        handlers.put(Family.CT_LIMIT, new CtLimitRequests(world));
        handlers.put(Family.PSAMPLE, new SampleRequests());
    }

    @Override
    public void run() {
        try {
            while (running) {
                epoll.await(dumps.isEmpty() && !wire.owesNews() ? PAUSE_MILLIS : RETRY_MILLIS);
                int received;
                while (running && (received = receiver.receive(socket, 1)) != 0) {
                    if (received > 0 && !receiver.truncated(0)) {
                        datagram(receiver.senderPortId(0), receiver.length(0));
                    }
                }
                later();
            }
        } catch (NetlinkException e) {
            throw new IllegalStateException("the embedded datapath cannot wait for requests", e);
        } finally {
            epoll.close();
            socket.close();
        }
    }

    /** Ends the loop. */
    public void stop() {
        running = false;
        epoll.wake();
    }

    private void later() {
        world.enter();
        try {
            dumps.removeIf(dump -> dump.advance(wire));
            if (wire.owesNews()) {
                wire.tellOverruns();
            }
        } finally {
            world.leave();
        }
    }

    private void datagram(int sender, int length) {
        world.enter();
        try {
            reader.wrap(memory.buffer(), 0, length);
            while (reader.next()) {
                message(sender);
            }
        } catch (NetlinkFormatException e) {
            // A kernel leaves off there without a word, too.
            return;
        } finally {
            world.leave();
        }
    }

    private void message(int sender) {
        Errno error = null;
        if (reader.hasFlag(MessageHeader.REQUEST) && reader.type() >= MessageHeader.MIN_TYPE) {
            try {
                if (answered(sender)) {
                    return;
                }
            } catch (Refusal e) {
                error = e.errno();
            }
        }
        if (error != null || reader.hasFlag(MessageHeader.ACK)) {
            acknowledge(sender, error);
        }
    }

    /** Answers one request; true if there is to be no acknowledgement. */
    private boolean answered(int sender) throws Refusal {
        Family family = Family.ofType(reader.type());
        Refusal.require(family != null, Errno.ENOENT);
        Refusal.require(reader.length() >= GenericHeader.PAYLOAD_OFFSET + family.headerLength);
        request.wrap(reader, sender, family);
        if (family == Family.CONTROL && control.subscribe(request)) {
            return false;
        }
        int command = request.command();
        Refusal.require(family.operations.containsKey(command), Errno.EOPNOTSUPP);
        if (!request.isDump()) {
            Refusal.require(family.does(command), Errno.EOPNOTSUPP);
            handlers.get(family).handle(request);
            return false;
        }
        Refusal.require(family.dumps(command), Errno.EOPNOTSUPP);
        for (Dump<?> dump : dumps) {
            Refusal.require(dump.portId() != sender, Errno.EBUSY);
        }
        dumps.add(beginDump(family));
        dumps.removeIf(dump -> dump.advance(wire));
        return true;
    }

    private Dump<?> beginDump(Family family) {
        try {
            return handlers.get(family).dump(request);
        } catch (Refusal e) {
            return Dump.failed(request, e.errno().number());
        }
    }

    private void acknowledge(int sender, Errno error) {
        int errno = error == null ? 0 : error.number();
        ErrorMessage.write(wire.begin(), reader, sender, errno, ExtendedAck.NONE, MOST_CARRIED);
        wire.send(sender);
    }
}
