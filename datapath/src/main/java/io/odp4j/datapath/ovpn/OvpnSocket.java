package io.odp4j.datapath.ovpn;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.LibC;
import io.odp4j.datapath.netlink.NetlinkException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A UDP socket that peers' packets go through: the kernel takes data packets from it, and leaves
 * control packets to whoever reads it. It can be shared by the peers of one device, and must stay
 * open as long as they live.
 *
 * <pre>
 *  sockaddr_in    | family 2 | port, 4 bytes of address, big-endian | 8 zeros                |
 *  sockaddr_in6   | family 10 | port | flow | 16 bytes of address   | scope                  |
 * </pre>
 */
public final class OvpnSocket implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_DGRAM = 2;
    private static final int IPV4_LENGTH = 16;
    private static final int IPV6_LENGTH = 28;

    private final int fd;

    private OvpnSocket(int fd) {
        this.fd = fd;
    }

    /**
     * Opens a socket in the namespace of the calling thread.
     *
     * @param address where peers send to; its port must not be 0
     * @throws NetlinkException EADDRINUSE another socket has it, EADDRNOTAVAIL no such address here
     */
    public static OvpnSocket open(InetSocketAddress address) throws NetlinkException {
        boolean v4 = address.getAddress() instanceof Inet4Address;
        int fd =
                LibC.check(
                        "udp socket",
                        LibC.C.socket(v4 ? AF_INET : AF_INET6, SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0));
        DirectBuffer memory = new DirectBuffer(IPV6_LENGTH);
        ByteBuffer b = memory.buffer();
        b.putShort(0, (short) (v4 ? AF_INET : AF_INET6));
        b.put(2, (byte) (address.getPort() >> 8)).put(3, (byte) address.getPort());
        b.put(v4 ? 4 : 8, address.getAddress().getAddress());
        int result = LibC.C.bind(fd, memory.address(), v4 ? IPV4_LENGTH : IPV6_LENGTH);
        try {
            LibC.check("binding a udp socket to " + address, result);
        } catch (NetlinkException e) {
            LibC.C.close(fd);
            throw e;
        }
        return new OvpnSocket(fd);
    }

    /** What {@link OvpnAttributes#PEER_SOCKET} takes. */
    public int fd() {
        return fd;
    }

    /** Closes the socket; the kernel deletes peers that still use it. */
    @Override
    public void close() {
        LibC.C.close(fd);
    }
}
