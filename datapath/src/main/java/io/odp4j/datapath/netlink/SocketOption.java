package io.odp4j.datapath.netlink;

/** Socket options of netlink(7) and socket(7) that a netlink socket is tuned with. */
public enum SocketOption {
    /** Joins a multicast group, by number. */
    ADD_MEMBERSHIP(SocketOption.SOL_NETLINK, 1),
    /** Leaves a multicast group. */
    DROP_MEMBERSHIP(SocketOption.SOL_NETLINK, 2),
    /** Says which group a message came through: {@link ReceiveBatch#group}. */
    PKTINFO(SocketOption.SOL_NETLINK, 3),
    /** Broadcasts that this socket sends report a full receiver. */
    BROADCAST_ERROR(SocketOption.SOL_NETLINK, 4),
    /** Does not report lost messages with ENOBUFS. Off here always: it is the only loss signal. */
    NO_ENOBUFS(SocketOption.SOL_NETLINK, 5),
    /**
     * Receives from every network namespace that has an id here: {@link ReceiveBatch#namespaceId}.
     * Needs CAP_NET_BROADCAST.
     */
    LISTEN_ALL_NSID(SocketOption.SOL_NETLINK, 8),
    /** The groups joined, as a run of 32-bit words. Read only. */
    LIST_MEMBERSHIPS(SocketOption.SOL_NETLINK, 9),
    /** Leaves the request's payload out of errors. */
    CAP_ACK(SocketOption.SOL_NETLINK, 10),
    /** Adds {@link ExtendedAck} to errors. */
    EXT_ACK(SocketOption.SOL_NETLINK, 11),
    /** Makes the kernel check the headers of dump requests strictly, and filter by them. */
    GET_STRICT_CHK(SocketOption.SOL_NETLINK, 12),
    /** Bytes of the receive buffer, bounded by net.core.rmem_max. */
    RCVBUF(SocketOption.SOL_SOCKET, 8),
    /** Bytes of the receive buffer, unbounded; needs CAP_NET_ADMIN. */
    RCVBUFFORCE(SocketOption.SOL_SOCKET, 33),
    /** Bytes of the send buffer, bounded by net.core.wmem_max: the longest datagram. */
    SNDBUF(SocketOption.SOL_SOCKET, 7);

    static final int SOL_SOCKET = 1;
    static final int SOL_NETLINK = 270;

    private final int level;
    private final int number;

    SocketOption(int level, int number) {
        this.level = level;
        this.number = number;
    }

    int level() {
        return level;
    }

    int number() {
        return number;
    }
}
