package io.odp4j.bench.jmh.syscall;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.datapath.netlink.SendBatch;

/**
 * Two netlink sockets of this process, one connected to the other, and datagrams of an upcall's
 * size.
 */
final class Datagrams implements AutoCloseable {
    /** Bytes of a datagram, or of a message where several are gathered into one. */
    static final int BYTES = 256;

    /** The most that are under way: as many as one turn of the agent's reader takes. */
    static final int MOST = 64;

    private static final int BUFFER = 1 << 20;

    private final NetlinkSocket receiver;
    private final NetlinkSocket sender;
    private final DirectBuffer out = new DirectBuffer(MOST * BYTES);
    private final DirectBuffer in = new DirectBuffer(MOST * BYTES);
    private final ReceiveBatch drain = new ReceiveBatch(MOST);
    private final SendBatch refill = new SendBatch(MOST, 1);

    Datagrams() throws NetlinkException {
        receiver = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0);
        sender = NetlinkSocket.openNonBlocking(NetlinkEndpoint.userspace(receiver.portId()));
        receiver.setReceiveBuffer(BUFFER);
        for (int i = 0; i < MOST; i++) {
            // A netlink header: only the length is looked at, and only by people.
            out.buffer().putInt(i * BYTES, BYTES);
            drain.setTarget(i, in.address() + i * BYTES, BYTES);
        }
    }

    NetlinkSocket receiver() {
        return receiver;
    }

    NetlinkSocket sender() {
        return sender;
    }

    /** Where datagram {@code index} is sent from. */
    long source(int index) {
        return out.address() + (long) index * BYTES;
    }

    /** Where datagram {@code index} is received to. */
    long target(int index) {
        return in.address() + (long) index * BYTES;
    }

    /** Has {@link #MOST} datagrams wait at the receiver. */
    void fill() {
        refill.clear();
        for (int i = 0; i < MOST; i++) {
            refill.add(source(i), BYTES);
            refill.endDatagram();
        }
        check(refill.send(sender, 0), MOST);
    }

    /** Takes whatever waits at the receiver. */
    void drain() {
        while (drain.receive(receiver, MOST) > 0) {
            continue;
        }
    }

    /** Whether a call did all that it was to do: otherwise what is measured is not what is said. */
    static void check(int done, int wanted) {
        if (done != wanted) {
            throw new IllegalStateException(
                    done < 0 ? Errno.nameOf(-done) : done + " instead of " + wanted);
        }
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }
}
