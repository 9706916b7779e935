package io.odp4j.datapath.netlink;

import static io.odp4j.datapath.netlink.LibC.C;
import static io.odp4j.datapath.netlink.LibC.check;

import java.nio.ByteBuffer;

/**
 * A netlink socket: either bound to a port id that the kernel chooses and connected to one peer, or
 * bound to a port id that its owner chose and open to everybody.
 *
 * <p>Sending and receiving many messages at once is for {@link SendBatch} and {@link ReceiveBatch},
 * which take the socket's descriptor. All calls here are for set-up; a socket may be used by one
 * thread at a time.
 */
public final class NetlinkSocket implements AutoCloseable {
    private static final int MOST_GROUPS = 1024;
    private static final int SEND_TIMEOUT = 21; // SO_SNDTIMEO, a struct timeval

    private final ByteBuffer scratch = LibC.allocate(32 + MOST_GROUPS / 8);
    private final long scratchAddress = LibC.address(scratch);
    private final NetlinkEndpoint peer;
    private final int portId;
    private int fd;

    private NetlinkSocket(int protocol, int bindTo, NetlinkEndpoint peer, boolean nonBlocking)
            throws NetlinkException {
        this.peer = peer;
        int type = LibC.SOCK_RAW | LibC.SOCK_CLOEXEC | (nonBlocking ? LibC.SOCK_NONBLOCK : 0);
        this.fd =
                check(
                        "opening a netlink socket",
                        C.socket(SocketAddress.AF_NETLINK, type, protocol));
        try {
            SocketAddress.put(scratch, 0, bindTo, 0);
            check(
                    "binding a netlink socket to " + Integer.toUnsignedString(bindTo),
                    C.bind(fd, scratchAddress, SocketAddress.LENGTH));
            if (peer != null) {
                SocketAddress.put(scratch, 0, peer.portId(), 0);
                check("connecting to " + peer, C.connect(fd, scratchAddress, SocketAddress.LENGTH));
            }
            scratch.putInt(16, SocketAddress.LENGTH);
            check("reading the port id", C.getsockname(fd, scratchAddress, scratchAddress + 16));
            this.portId = SocketAddress.portId(scratch, 0);
        } catch (NetlinkException e) {
            C.close(fd);
            throw e;
        }
    }

    /** Opens a socket whose reads wait; they are bounded by {@link #awaitReadable}. */
    public static NetlinkSocket open(NetlinkEndpoint peer) throws NetlinkException {
        return new NetlinkSocket(peer.protocol(), 0, peer, false);
    }

    /** Opens a socket whose reads and writes never wait. */
    public static NetlinkSocket openNonBlocking(NetlinkEndpoint peer) throws NetlinkException {
        return new NetlinkSocket(peer.protocol(), 0, peer, true);
    }

    /**
     * Opens a socket that hears everybody on a protocol, and whose reads and writes never wait: for
     * a program that others send requests to. {@link SendBatch#setDestination} says whom it sends
     * to.
     *
     * @param portId the port id to be found under, unsigned; 0 to have the kernel choose one
     * @throws NetlinkException EADDRINUSE if the port id is taken
     */
    public static NetlinkSocket listen(int protocol, int portId) throws NetlinkException {
        return new NetlinkSocket(protocol, portId, null, true);
    }

    /** Whom the socket is connected to; null for one that listens. */
    public NetlinkEndpoint peer() {
        return peer;
    }

    /** This socket's own port id, unsigned: what goes into an UPCALL_PID. */
    public int portId() {
        return portId;
    }

    /** The file descriptor, -1 once closed. */
    public int fd() {
        return fd;
    }

    /** Sets an option to a number. */
    public void set(SocketOption option, int value) throws NetlinkException {
        scratch.putInt(0, value);
        check(
                "setting " + option + " to " + value,
                C.setsockopt(fd, option.level(), option.number(), scratchAddress, 4));
    }

    /** An option's number. */
    public int get(SocketOption option) throws NetlinkException {
        scratch.putInt(0, 0);
        scratch.putInt(16, 4);
        check(
                "reading " + option,
                C.getsockopt(
                        fd, option.level(), option.number(), scratchAddress, scratchAddress + 16));
        return scratch.getInt(0);
    }

    /**
     * Enlarges the receive buffer, past the system's bound where that is allowed.
     *
     * @return the bytes granted; the kernel counts its own overhead in and so doubles the number
     */
    public int setReceiveBuffer(int bytes) throws NetlinkException {
        try {
            set(SocketOption.RCVBUFFORCE, bytes);
        } catch (NetlinkException e) {
            if (!e.is(Errno.EPERM)) {
                throw e;
            }
            set(SocketOption.RCVBUF, bytes);
        }
        return get(SocketOption.RCVBUF);
    }

    /** How long {@link SendBatch#sendWaiting} waits at most; it then ends in -EAGAIN. */
    public void setSendTimeout(int millis) throws NetlinkException {
        scratch.putLong(0, millis / 1000).putLong(8, millis % 1000 * 1000L);
        check(
                "setting a time limit for sending",
                C.setsockopt(fd, SocketOption.SOL_SOCKET, SEND_TIMEOUT, scratchAddress, 16));
    }

    /** Joins a multicast group of the peer; a userspace peer is sent a {@link Subscription}. */
    public void joinGroup(int group) throws NetlinkException {
        if (isConnectedToUserspace()) {
            subscribe(Subscription.JOIN, group);
        } else {
            set(SocketOption.ADD_MEMBERSHIP, group);
        }
    }

    public void leaveGroup(int group) throws NetlinkException {
        if (isConnectedToUserspace()) {
            subscribe(Subscription.LEAVE, group);
        } else {
            set(SocketOption.DROP_MEMBERSHIP, group);
        }
    }

    private boolean isConnectedToUserspace() {
        return peer != null && !peer.isKernel();
    }

    private void subscribe(int command, int group) throws NetlinkException {
        Subscription.write(
                new MessageWriter().wrap(scratch, 0, Subscription.LENGTH), command, group);
        check(
                "joining or leaving group " + group + " of " + peer,
                (int) C.send(fd, scratchAddress, Subscription.LENGTH, 0));
    }

    /** Whether the socket is a member of a multicast group. */
    public boolean isMember(int group) throws NetlinkException {
        int bytes = MOST_GROUPS / 8;
        for (int i = 0; i < bytes; i += 4) {
            scratch.putInt(32 + i, 0);
        }
        scratch.putInt(16, bytes);
        SocketOption option = SocketOption.LIST_MEMBERSHIPS;
        check(
                "listing memberships",
                C.getsockopt(
                        fd,
                        option.level(),
                        option.number(),
                        scratchAddress + 32,
                        scratchAddress + 16));
        int bit = group - 1;
        return bit >= 0
                && bit < MOST_GROUPS
                && (scratch.getInt(32 + bit / 32 * 4) & 1 << bit % 32) != 0;
    }

    /**
     * Waits until something can be read.
     *
     * @param timeoutMillis -1 to wait for ever
     * @return false if the time ran out
     */
    public boolean awaitReadable(int timeoutMillis) throws NetlinkException {
        return await((short) 1, timeoutMillis);
    }

    /** Waits until something can be sent. */
    public boolean awaitWritable(int timeoutMillis) throws NetlinkException {
        return await((short) 4, timeoutMillis);
    }

    private boolean await(short events, int timeoutMillis) throws NetlinkException {
        scratch.putInt(0, fd);
        scratch.putShort(4, events);
        scratch.putShort(6, (short) 0);
        int ready = C.poll(scratchAddress, 1, timeoutMillis);
        if (ready < 0 && LibC.errno() == Errno.EINTR.number()) {
            return false;
        }
        return check("waiting on a netlink socket", ready) > 0;
    }

    @Override
    public void close() {
        if (fd >= 0) {
            C.close(fd);
            fd = -1;
        }
    }
}
