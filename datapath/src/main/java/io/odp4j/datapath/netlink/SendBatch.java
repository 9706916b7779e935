package io.odp4j.datapath.netlink;

import static io.odp4j.datapath.netlink.LibC.C;

import java.util.Objects;

/**
 * Sends many pieces of memory in one system call: sendmsg(2) gathers the pieces into one datagram
 * of several netlink messages, sendmmsg(2) sends several such datagrams. Filled in order, used for
 * ever; nothing is allocated.
 */
public final class SendBatch {
    private final MessageVector messages;
    private final int piecesPerDatagram;
    private int datagrams;
    private int pieces;
    private long bytes;

    /**
     * @param datagrams the most datagrams of one call
     * @param piecesPerDatagram the most pieces gathered into one
     */
    public SendBatch(int datagrams, int piecesPerDatagram) {
        this.messages = new MessageVector(datagrams, piecesPerDatagram, 0);
        this.piecesPerDatagram = piecesPerDatagram;
        for (int i = 0; i < datagrams; i++) {
            messages.noName(i);
        }
    }

    /** Starts over. */
    public void clear() {
        datagrams = 0;
        pieces = 0;
        bytes = 0;
    }

    public boolean isEmpty() {
        return datagrams == 0 && pieces == 0;
    }

    /** Whether the open datagram has no room for {@code more} pieces. */
    public boolean isFull(int more) {
        return datagrams == messages.count() || pieces + more > piecesPerDatagram;
    }

    /** Bytes of the open datagram. */
    public long bytes() {
        return bytes;
    }

    /** Adds a piece to the open datagram. The caller keeps the memory alive until it is sent. */
    public void add(long address, int length) {
        if (isFull(1)) {
            throw new IllegalStateException("the batch is full");
        }
        messages.setVector(datagrams, pieces++, address, length);
        bytes += length;
    }

    /** Closes the open datagram; the next piece starts another. */
    public void endDatagram() {
        if (pieces > 0) {
            messages.setVectorCount(datagrams, pieces);
            datagrams++;
            pieces = 0;
            bytes = 0;
        }
    }

    /** Datagrams closed so far. */
    public int datagrams() {
        return datagrams;
    }

    /**
     * Sends the closed datagrams from {@code first} on, without waiting.
     *
     * @return how many were sent, or the negative error number if not even the first could be
     */
    public int send(NetlinkSocket socket, int first) {
        return send(socket, first, LibC.MSG_DONTWAIT);
    }

    /**
     * As {@link #send}, but waits for room in the receiver's queue, as {@link
     * NetlinkSocket#setSendTimeout} bounds it. Polling a netlink socket tells of room on the
     * sender's side alone; this is the only way to wait for a userspace receiver. The socket must
     * not be one of those that never wait.
     */
    public int sendWaiting(NetlinkSocket socket, int first) {
        return send(socket, first, 0);
    }

    private int send(NetlinkSocket socket, int first, int flags) {
        Objects.checkFromToIndex(first, datagrams, messages.count());
        int sent = C.sendmmsg(socket.fd(), messages.address(first), datagrams - first, flags);
        return sent < 0 ? -LibC.errno() : sent;
    }

    /**
     * Sends datagram {@code index} to a port id of its own from now on; needed where the socket is
     * not connected.
     */
    public void setDestination(int index, int portId) {
        Objects.checkIndex(index, messages.count());
        messages.setDestination(index, portId, 0);
    }

    /**
     * Sends datagram {@code index} to a multicast group from now on. Where no kernel socket is on
     * the protocol, such as USERSOCK, the send then ends in -ECONNREFUSED although every member has
     * got the datagram: the system call goes on to port id 0.
     *
     * @param group 1 to 32: the groups that an address has a bit for
     */
    public void setGroup(int index, int group) {
        Objects.checkIndex(index, messages.count());
        Objects.checkIndex(group - 1, Integer.SIZE);
        messages.setDestination(index, 0, 1 << group - 1);
    }
}
