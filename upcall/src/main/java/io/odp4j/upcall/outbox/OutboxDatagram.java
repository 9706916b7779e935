package io.odp4j.upcall.outbox;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.SendBatch;
import io.odp4j.datapath.netlink.SocketOption;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datagram being gathered: what is written into the slab, and pieces that lie elsewhere, in
 * their order.
 */
final class OutboxDatagram implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxDatagram.class);

    private static final int SLAB_BYTES = 256 * 1024;
    private static final int PIECES = 1000; // the kernel takes 1024 (UIO_MAXIOV)
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final int LARGEST = 512 * 1024;
    private static final int SEND_WAIT_MILLIS = 1000;

    private final NetlinkSocket socket;
    private final Counters counters;
    private final DirectBuffer slab = new DirectBuffer(SLAB_BYTES);
    private final MessageWriter writer = new MessageWriter();
    private final SendBatch batch = new SendBatch(1, PIECES);
    private final int largest;
    private int pieceStart;
    private int packets;

    OutboxDatagram(NetlinkEndpoint peer, Counters counters) throws NetlinkException {
        this.counters = counters;
        this.socket = NetlinkSocket.open(peer);
        try {
            socket.setSendTimeout(SEND_WAIT_MILLIS);
            socket.set(SocketOption.EXT_ACK, 1);
            socket.set(SocketOption.CAP_ACK, 1);
            socket.set(SocketOption.SNDBUF, SOCKET_BUFFER);
            socket.setReceiveBuffer(SOCKET_BUFFER);
            // The kernel refuses a datagram as large as the buffer granted.
            largest = Math.min(LARGEST, socket.get(SocketOption.SNDBUF) / 2);
        } catch (NetlinkException e) {
            socket.close();
            throw e;
        }
        rewind();
    }

    NetlinkSocket socket() {
        return socket;
    }

    /** Writes messages, or their parts, into the slab. */
    MessageWriter writer() {
        return writer;
    }

    /** Whether there is room for so many bytes here and elsewhere, in so many pieces. */
    boolean hasRoom(int slabBytes, int pieces, int otherBytes) {
        long after = batch.bytes() + writer.position() - pieceStart + slabBytes + otherBytes;
        boolean empty = batch.isEmpty() && writer.written() == 0;
        return writer.remaining() >= slabBytes
                && !batch.isFull(pieces + 1)
                && (empty || after <= largest);
    }

    /** Adds memory that lies elsewhere; it must stay as it is until {@link #send}. */
    void addPiece(long address, int length) {
        endPiece();
        batch.add(address, length);
    }

    /** Notes that one more packet is in it: with the datagram it would be lost. */
    void countPacket() {
        packets++;
    }

    private void endPiece() {
        int length = writer.position() - pieceStart;
        if (length > 0) {
            batch.add(slab.address() + pieceStart, length);
            pieceStart = writer.position();
        }
    }

    /**
     * Sends the datagram; what cannot be sent is counted as lost.
     *
     * @return whether there was anything to send
     */
    boolean send() {
        endPiece();
        if (batch.isEmpty()) {
            return false;
        }
        batch.endDatagram();
        int sent = batch.send(socket, 0);
        if (sent == -Errno.EAGAIN.number()) {
            counters.increment(Counter.SEND_WAITS);
            sent = batch.sendWaiting(socket, 0);
        }
        while (sent == -Errno.EINTR.number()) {
            sent = batch.sendWaiting(socket, 0);
        }
        if (sent < 0) {
            counters.increment(Counter.SEND_FAILED);
            counters.add(Counter.PACKETS_LOST_IN_SEND, packets);
            LOG.error("sending a batch to the datapath failed: {}", Errno.nameOf(-sent));
        }
        rewind();
        return true;
    }

    private void rewind() {
        batch.clear();
        packets = 0;
        writer.wrap(slab.buffer(), 0, SLAB_BYTES);
        pieceStart = writer.position();
    }

    @Override
    public void close() {
        socket.close();
    }
}
