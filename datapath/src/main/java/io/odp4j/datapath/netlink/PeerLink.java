package io.odp4j.datapath.netlink;

/**
 * One datagram at a time to the peer of a socket and back: what a request channel and a pipeline
 * have in common. Nothing waits here for longer than {@link #SEND_WAIT_MILLIS}.
 */
final class PeerLink implements AutoCloseable {
    private static final int SEND_WAIT_MILLIS = 1;

    private final NetlinkSocket socket;
    private final DirectBuffer sendMemory;
    private final DirectBuffer receiveMemory;
    private final SendBatch sender = new SendBatch(1, 1);
    private final ReceiveBatch receiver = new ReceiveBatch(1);
    private final MessageReader reader = new MessageReader();

    private PeerLink(NetlinkSocket socket, int sendBytes, int receiveBytes) {
        this.socket = socket;
        this.sendMemory = new DirectBuffer(sendBytes);
        this.receiveMemory = new DirectBuffer(receiveBytes);
        receiver.setTarget(0, receiveMemory.address(), receiveBytes);
    }

    /**
     * Opens a socket with extended acknowledgements on.
     *
     * @param capAcks whether errors come without the request's payload
     */
    static PeerLink open(
            NetlinkEndpoint peer,
            int sendBytes,
            int receiveBytes,
            int socketBuffer,
            boolean capAcks)
            throws NetlinkException {
        NetlinkSocket socket = NetlinkSocket.open(peer);
        try {
            socket.set(SocketOption.EXT_ACK, 1);
            socket.set(SocketOption.CAP_ACK, capAcks ? 1 : 0);
            socket.setReceiveBuffer(socketBuffer);
            socket.setSendTimeout(SEND_WAIT_MILLIS);
        } catch (NetlinkException e) {
            socket.close();
            throw e;
        }
        return new PeerLink(socket, sendBytes, receiveBytes);
    }

    NetlinkSocket socket() {
        return socket;
    }

    DirectBuffer sendMemory() {
        return sendMemory;
    }

    /** Stands before the messages of the datagram received last. */
    MessageReader reader() {
        return reader;
    }

    /**
     * Sends the first {@code length} bytes of the send memory as one datagram. Where the queue of a
     * userspace peer is full, it waits a moment for room, which polling could not tell of.
     *
     * @return false if the peer's queue is full
     */
    boolean trySend(String operation, int length) throws NetlinkException {
        sender.clear();
        sender.add(sendMemory.address(), length);
        sender.endDatagram();
        int sent = sender.send(socket, 0);
        if (sent == -Errno.EAGAIN.number()) {
            sent = sender.sendWaiting(socket, 0);
        }
        if (sent < 0 && sent != -Errno.EAGAIN.number() && sent != -Errno.EINTR.number()) {
            throw new NetlinkException(operation, -sent);
        }
        return sent > 0;
    }

    /**
     * Receives a datagram of the peer; one of anybody else is passed over.
     *
     * @return false if there is none yet
     * @throws NetlinkOverrunException if datagrams were lost, or this one was cut off
     */
    boolean tryReceive(String operation) throws NetlinkException {
        int received = receiver.receive(socket, 1);
        if (received == -Errno.ENOBUFS.number()) {
            throw NetlinkOverrunException.overrun(operation);
        }
        if (received < 0) {
            throw new NetlinkException(operation, -received);
        }
        if (received == 0 || receiver.senderPortId(0) != socket.peer().portId()) {
            return false;
        }
        if (receiver.truncated(0)) {
            throw NetlinkOverrunException.truncated(
                    operation, receiver.length(0), receiveMemory.capacity());
        }
        reader.wrap(receiveMemory.buffer(), 0, receiver.length(0));
        return true;
    }

    @Override
    public void close() {
        socket.close();
    }
}
