package io.odp4j.datapath.netlink;

/**
 * Whom a socket talks to: a netlink protocol, and the port id of the peer on it.
 *
 * <p>The kernel is port id 0. The embedded datapath is a port id of {@link #USERSOCK}; everything
 * above works the same with either.
 *
 * @param protocol the socket's protocol, NETLINK_*
 * @param portId the peer's port id, unsigned
 */
public record NetlinkEndpoint(int protocol, int portId) {
    // Protocols of linux/netlink.h that this program speaks.
    public static final int ROUTE = 0;
    public static final int USERSOCK = 2;
    public static final int GENERIC = 16;

    /** The kernel's generic-netlink families. */
    public static final NetlinkEndpoint KERNEL_GENERIC = new NetlinkEndpoint(GENERIC, 0);

    /** The kernel's rtnetlink. */
    public static final NetlinkEndpoint KERNEL_ROUTE = new NetlinkEndpoint(ROUTE, 0);

    /** A userspace peer. */
    public static NetlinkEndpoint userspace(int portId) {
        return new NetlinkEndpoint(USERSOCK, portId);
    }

    public boolean isKernel() {
        return portId == 0;
    }

    @Override
    public String toString() {
        return isKernel() ? "the kernel" : "port id " + Integer.toUnsignedString(portId);
    }
}
