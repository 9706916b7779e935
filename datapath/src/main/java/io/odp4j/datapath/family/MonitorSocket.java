package io.odp4j.datapath.family;

import static io.odp4j.datapath.netlink.LibC.C;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.LibC;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.rtnetlink.link.Link;
import io.odp4j.datapath.rtnetlink.link.Links;
import java.nio.ByteBuffer;

/**
 * A packet socket on an nlmon device, which shows every netlink datagram of the machine. Not thread
 * safe.
 *
 * <pre>
 *  sockaddr_ll  0 family 17 | 2 protocol, network order | 4 interface | 8 type … | 12 address | 20
 *  msghdr       0 name* | 8 namelen | 16 iov* | 24 iovlen | 32 control* | 40 length | 48 flags | 56
 * </pre>
 *
 * The protocol of a datagram that comes is its netlink protocol: packet(7), nlmon of the kernel.
 */
public final class MonitorSocket implements AutoCloseable {
    private static final int AF_PACKET = 17;
    private static final int EVERY_PROTOCOL = 0x0003;
    private static final int SOL_PACKET = 263;
    private static final int STATISTICS = 6;
    private static final int SOL_SOCKET = 1;
    private static final int RCVBUFFORCE = 33;
    private static final int RECEIVE_BUFFER = 16 << 20;
    private static final int ADDRESS_LENGTH = 20;
    private static final short POLLIN = 1;

    /** Netlink's longest datagram is a dump's, 32 KB; a request may be longer. */
    private static final int BYTES = 1 << 20;

    private static final int NAME = 0;
    private static final int HEADER = 32;
    private static final int VECTOR = 96;
    private static final int POLL = 112;

    private final int fd;
    private final DirectBuffer datagram = new DirectBuffer(BYTES);
    private final DirectBuffer control = new DirectBuffer(128);

    private MonitorSocket(int fd) {
        this.fd = fd;
    }

    /**
     * Opens a socket on a device, which must be up.
     *
     * @throws NetlinkException ENODEV there is no such device, EINVAL it is no nlmon device, EPERM
     *     without CAP_NET_RAW
     */
    public static MonitorSocket open(String device) throws NetlinkException {
        Link link;
        try (Links links = Links.open()) {
            link = links.find(device).orElseThrow(() -> refused("finding " + device, Errno.ENODEV));
        }
        if (!"nlmon".equals(link.kind())) {
            throw refused("listening on " + device + ", which is no nlmon device,", Errno.EINVAL);
        }
        int type = LibC.SOCK_RAW | LibC.SOCK_CLOEXEC;
        MonitorSocket socket =
                new MonitorSocket(
                        LibC.check("opening a packet socket", C.socket(AF_PACKET, type, 0)));
        try {
            socket.bind(link.index());
            return socket;
        } catch (NetlinkException e) {
            socket.close();
            throw e;
        }
    }

    private static NetlinkException refused(String what, Errno why) {
        return new NetlinkException(what, why.number());
    }

    private void bind(int index) throws NetlinkException {
        ByteBuffer b = control.buffer();
        b.putInt(NAME, RECEIVE_BUFFER);
        // Without CAP_NET_ADMIN the buffer stays as it is.
        C.setsockopt(fd, SOL_SOCKET, RCVBUFFORCE, control.address(), 4);
        b.putShort(NAME, (short) AF_PACKET);
        putBigEndian(b, EVERY_PROTOCOL);
        b.putInt(4, index);
        LibC.check("binding to an interface", C.bind(fd, control.address(), ADDRESS_LENGTH));
    }

    private static void putBigEndian(ByteBuffer b, int value) {
        b.put(2, (byte) (value >> 8)).put(3, (byte) value);
    }

    /**
     * Receives a datagram.
     *
     * @param timeoutMillis how long to wait for one; -1: for ever
     * @return its length, in {@link #buffer}; 0 if none came; one that is longer than the buffer is
     *     cut
     */
    public int receive(int timeoutMillis) throws NetlinkException {
        ByteBuffer b = control.buffer();
        b.putInt(POLL, fd).putShort(POLL + 4, POLLIN).putShort(POLL + 6, (short) 0);
        int ready = C.poll(control.address() + POLL, 1, timeoutMillis);
        if (ready <= 0) {
            return ready == 0 || LibC.errno() == Errno.EINTR.number()
                    ? 0
                    : LibC.check("waiting for datagrams", ready);
        }
        b.putLong(HEADER, control.address() + NAME).putLong(HEADER + 8, ADDRESS_LENGTH);
        b.putLong(HEADER + 16, control.address() + VECTOR).putLong(HEADER + 24, 1);
        b.putLong(HEADER + 32, 0).putLong(HEADER + 40, 0).putLong(HEADER + 48, 0);
        b.putLong(VECTOR, datagram.address()).putLong(VECTOR + 8, BYTES);
        long length = C.recvmsg(fd, control.address() + HEADER, LibC.MSG_DONTWAIT);
        if (length < 0) {
            boolean none = LibC.errno() == Errno.EAGAIN.number();
            return none ? 0 : LibC.check("receiving datagrams", -1);
        }
        return (int) length;
    }

    /** The datagram that came last, from 0 on; in native byte order. */
    public ByteBuffer buffer() {
        return datagram.buffer();
    }

    /** Its netlink protocol: NETLINK_ROUTE is 0. */
    public int protocol() {
        ByteBuffer b = control.buffer();
        return (b.get(2) & 0xff) << 8 | b.get(3) & 0xff;
    }

    /** How many datagrams were dropped, for want of room, since this was asked last. */
    public long dropped() {
        ByteBuffer b = control.buffer();
        // struct tpacket_stats: packets, drops; reading them sets them back.
        b.putLong(NAME, 0).putInt(POLL, 8);
        int result =
                C.getsockopt(
                        fd, SOL_PACKET, STATISTICS, control.address(), control.address() + POLL);
        return result < 0 ? 0 : Integer.toUnsignedLong(b.getInt(NAME + 4));
    }

    @Override
    public void close() {
        C.close(fd);
    }
}
