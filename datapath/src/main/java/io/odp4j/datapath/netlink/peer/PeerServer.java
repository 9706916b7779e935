package io.odp4j.datapath.netlink.peer;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.ExtendedAck;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageOverflowException;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.datapath.netlink.SendBatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A program on NETLINK_USERSOCK that others send requests to, as they would to the kernel: no
 * privilege is needed on either side. Not thread safe: it has one owner, who calls {@link #serve}.
 *
 * <p>Messages of a datagram are answered in their order. Those without the flag REQUEST, and
 * control messages, are passed over, as a kernel does; acknowledged they are if they ask for it. A
 * datagram that breaks off is answered up to there.
 */
public final class PeerServer implements AutoCloseable {
    /** The longest request. */
    public static final int REQUEST_BYTES = 1 << 17;

    /** The longest datagram of an answer; a reader of 32 KiB gets all of it. */
    public static final int ANSWER_BYTES = 1 << 15;

    private static final int SEND_TRIES = 100;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final NetlinkSocket socket;
    private final DirectBuffer memory = new DirectBuffer(REQUEST_BYTES);
    private final ReceiveBatch receiver = new ReceiveBatch(1);
    private final SendBatch batch = new SendBatch(1, 1);
    private final MessageReader reader = new MessageReader();
    private final Answer answer = new Answer(ANSWER_BYTES, this::send);
    private long lostAnswers;
    private long tooLong;

    private PeerServer(NetlinkSocket socket) {
        this.socket = socket;
        receiver.setTarget(0, memory.address(), REQUEST_BYTES);
    }

    /**
     * Opens the socket.
     *
     * @param portId the port id to be found under, unsigned; 0 to have the kernel choose one
     * @throws NetlinkException EADDRINUSE if the port id is taken
     */
    public static PeerServer listen(int portId) throws NetlinkException {
        return new PeerServer(NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, portId));
    }

    /** Where requests are to be sent. */
    public NetlinkEndpoint endpoint() {
        return NetlinkEndpoint.userspace(socket.portId());
    }

    /** Datagrams of answers that a requester had no room for within 100 ms, or whom is gone. */
    public long lostAnswers() {
        return lostAnswers;
    }

    /** Datagrams of requests that were longer than {@link #REQUEST_BYTES}; none was answered. */
    public long tooLong() {
        return tooLong;
    }

    /**
     * Waits for a datagram and answers its requests.
     *
     * @return whether one came
     * @throws NetlinkException if the socket cannot be read
     */
    public boolean serve(RequestHandler handler, int timeoutMillis) throws NetlinkException {
        if (!socket.awaitReadable(timeoutMillis)) {
            return false;
        }
        int received = receiver.receive(socket, 1);
        if (received < 0 && received != -Errno.EAGAIN.number()) {
            throw new NetlinkException("reading requests", -received);
        }
        if (received <= 0) {
            return false;
        }
        if (receiver.truncated(0)) {
            tooLong++;
            return true;
        }
        reader.wrap(memory.buffer(), 0, receiver.length(0));
        try {
            while (reader.next()) {
                answer(handler, receiver.senderPortId(0));
            }
        } catch (NetlinkFormatException e) {
            return true; // a kernel leaves off there without a word, too
        }
        return true;
    }

    private void answer(RequestHandler handler, int from) {
        boolean asks = reader.hasFlag(MessageHeader.REQUEST);
        if (!asks && !reader.hasFlag(MessageHeader.ACK)) {
            return;
        }
        answer.begin(reader, from);
        try {
            if (asks && reader.type() >= MessageHeader.MIN_TYPE) {
                handler.handle(reader, answer);
            }
            answer.end();
        } catch (RefusedException e) {
            answer.refuse(e.errno().number(), e.more());
        } catch (NetlinkFormatException e) {
            int at = Math.max(0, e.offset() - reader.offset());
            answer.refuse(Errno.EINVAL.number(), ExtendedAck.of(e.getMessage(), at));
        } catch (MessageOverflowException e) {
            answer.refuse(Errno.EMSGSIZE.number(), ExtendedAck.of(e.getMessage(), -1));
        }
    }

    private void send(long address, int length, int portId) {
        batch.clear();
        batch.add(address, length);
        batch.endDatagram();
        batch.setDestination(0, portId);
        int sent = batch.send(socket, 0);
        for (int i = 0; i < SEND_TRIES && sent == -Errno.EAGAIN.number(); i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            sent = batch.send(socket, 0);
        }
        if (sent != 1) {
            lostAnswers++;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
