package io.odp4j.datapath.embedded.message;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.SendBatch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * What goes out: one datagram at a time to one socket or to a group's members, never waiting.
 *
 * <p>A socket whose queue is full loses the datagram. A kernel then has the reader see ENOBUFS,
 * which nobody but a kernel can do to a socket; here the next datagram that fits is preceded by one
 * with a single NLMSG_OVERRUN message, which netlink has for saying just this.
 */
public final class Wire {
    private static final int BYTES = 192 * 1024;

    private final NetlinkSocket socket;
    private final DirectBuffer memory = new DirectBuffer(BYTES);
    private final DirectBuffer overrunMemory = new DirectBuffer(MessageHeader.LENGTH);
    private final MessageWriter writer = new MessageWriter();
    private final SendBatch batch = new SendBatch(1, 1);
    private final UpcallBatch upcalls = new UpcallBatch(this);
    private final Set<Integer> overrun = new HashSet<>();
    private final Map<Integer, Set<Integer>> groups = new HashMap<>();

    public Wire(NetlinkSocket socket) {
        this.socket = socket;
        writer.wrap(overrunMemory.buffer(), 0, MessageHeader.LENGTH)
                .begin(MessageHeader.OVERRUN, 0, 0)
                .end();
    }

    /** Upcalls, which go out together. */
    public UpcallBatch upcalls() {
        return upcalls;
    }

    /** Starts a datagram of at most {@code bytes}; upcalls that were added before go first. */
    public MessageWriter begin(int bytes) {
        upcalls.flush();
        return writer.wrap(memory.buffer(), 0, Math.min(bytes, BYTES));
    }

    /** Starts a datagram. */
    public MessageWriter begin() {
        return begin(BYTES);
    }

    /** The writer of the datagram that was begun. */
    public MessageWriter begun() {
        return writer;
    }

    /**
     * Sends the datagram written.
     *
     * @return false if the socket is full or gone
     */
    public boolean send(int portId) {
        return send(portId, writer.written());
    }

    /** Sends the first bytes of the datagram written. */
    public boolean send(int portId, int length) {
        return send(portId, memory.address(), length);
    }

    /** Sends a datagram; a socket that has lost something is told that first. */
    boolean send(int portId, long address, int length) {
        if (!overrun.isEmpty() && overrun.contains(portId)) {
            if (!sendOne(portId, overrunMemory.address(), MessageHeader.LENGTH)) {
                return false;
            }
            overrun.remove(portId);
        }
        if (sendOne(portId, address, length)) {
            return true;
        }
        lost(portId);
        return false;
    }

    /** Sends a batch that has its destinations; as {@link SendBatch#send}. */
    int send(SendBatch upcallBatch) {
        return upcallBatch.send(socket, 0);
    }

    /** Notes that a socket has lost something. */
    void lost(int portId) {
        overrun.add(portId);
    }

    /** As {@link #send}, but a full socket has lost nothing: the caller tries again later. */
    public boolean trySend(int portId) {
        return sendOne(portId, memory.address(), writer.written());
    }

    private boolean sendOne(int portId, long address, int length) {
        batch.clear();
        batch.add(address, length);
        batch.endDatagram();
        batch.setDestination(0, portId);
        return batch.send(socket, 0) == 1;
    }

    /** Sends the datagram written to a group's members, except one. */
    public void sendToGroup(int group, int except) {
        Set<Integer> members = groups.get(group);
        if (members != null) {
            for (int member : members) {
                if (member != except) {
                    send(member);
                }
            }
        }
    }

    public boolean hasMembers(int group) {
        return groups.containsKey(group);
    }

    public void join(int group, int portId) {
        groups.computeIfAbsent(group, g -> new HashSet<>()).add(portId);
    }

    public void leave(int group, int portId) {
        Set<Integer> members = groups.get(group);
        if (members != null && members.remove(portId) && members.isEmpty()) {
            groups.remove(group);
        }
    }

    /** Whether there are sockets that have not been told yet of what they lost. */
    public boolean owesNews() {
        return !overrun.isEmpty();
    }

    /** Tells sockets that have room again what they lost; forgets those that are gone. */
    public void tellOverruns() {
        for (Iterator<Integer> i = overrun.iterator(); i.hasNext(); ) {
            int portId = i.next();
            batch.clear();
            batch.add(overrunMemory.address(), MessageHeader.LENGTH);
            batch.endDatagram();
            batch.setDestination(0, portId);
            int sent = batch.send(socket, 0);
            if (sent == -Errno.ECONNREFUSED.number()) {
                for (Integer group : Set.copyOf(groups.keySet())) {
                    leave(group, portId);
                }
            }
            if (sent != -Errno.EAGAIN.number()) {
                i.remove();
            }
        }
    }
}
