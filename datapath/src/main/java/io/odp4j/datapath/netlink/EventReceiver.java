package io.odp4j.datapath.netlink;

/**
 * Takes what multicast groups are told from a non-blocking socket, a datagram at a time; not thread
 * safe.
 */
public final class EventReceiver implements AutoCloseable {
    /** Takes what comes. */
    public interface Handler {
        /** Takes the datagram's next message; false at its end, or where it is malformed. */
        boolean next(MessageReader reader);

        /** Datagrams were lost, or were longer than there is room for. */
        void lost();
    }

    private static final int BYTES = 64 * 1024;

    private final NetlinkSocket socket;
    private final DirectBuffer memory = new DirectBuffer(BYTES);
    private final ReceiveBatch origin = ReceiveBatch.withOrigin(1);
    private final MessageReader reader = new MessageReader();

    /**
     * @param socket member of the groups; closed with this
     */
    public EventReceiver(NetlinkSocket socket) {
        this.socket = socket;
        origin.setTarget(0, memory.address(), BYTES);
    }

    /** Readable when there is something to {@link #poll}. */
    public NetlinkSocket socket() {
        return socket;
    }

    /** Number of the multicast group that the datagram came through. */
    public int group() {
        return origin.group(0);
    }

    /** Id of the network namespace that the datagram came from, -1 for this one. */
    public int namespaceId() {
        return origin.namespaceId(0);
    }

    /** Hands on every message that has come, without waiting. */
    public void poll(Handler handler) throws NetlinkException {
        int received;
        while ((received = origin.receive(socket, 1)) != 0) {
            if (received == -Errno.ENOBUFS.number() || received > 0 && origin.truncated(0)) {
                handler.lost();
                continue;
            }
            if (received < 0) {
                throw new NetlinkException("reading events", -received);
            }
            if (origin.senderPortId(0) != socket.peer().portId()) {
                continue; // somebody else may write to the group, but may not be believed
            }
            reader.wrap(memory.buffer(), 0, origin.length(0));
            while (handler.next(reader)) {
                // each one has been handed on
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
