package io.odp4j.datapath.netlink;

import static io.odp4j.datapath.netlink.LibC.C;

import java.util.Objects;

/**
 * Receives many datagrams in one system call, each into memory that the caller chose: recvmmsg(2)
 * on structures that are filled once and used for ever. Nothing is allocated.
 *
 * <pre>{@code
 * batch.setTarget(i, slot.address(), slot.capacity());   // for each i
 * int n = batch.receive(socket, count);                  // n datagrams, or -errno
 * batch.length(i), batch.truncated(i), batch.senderPortId(i)
 * }</pre>
 */
public final class ReceiveBatch {
    // Group and namespace: a control message of 16 + 4 bytes each, padded to eight.
    private static final int CONTROL_BYTES = 48;

    private final MessageVector messages;

    private ReceiveBatch(int most, int controlBytes) {
        messages = new MessageVector(most, 1, controlBytes);
    }

    /**
     * @param most the most datagrams of one call
     */
    public ReceiveBatch(int most) {
        this(most, 0);
    }

    /**
     * A batch that also tells the multicast group and the network namespace of each datagram, if
     * the socket has the options {@link SocketOption#PKTINFO} and {@link
     * SocketOption#LISTEN_ALL_NSID} on.
     */
    public static ReceiveBatch withOrigin(int most) {
        return new ReceiveBatch(most, CONTROL_BYTES);
    }

    /** The most datagrams of one call. */
    public int capacity() {
        return messages.count();
    }

    /** Where datagram {@code index} is to be written. The caller keeps the memory alive. */
    public void setTarget(int index, long address, int length) {
        Objects.checkIndex(index, messages.count());
        messages.setVector(index, 0, address, length);
    }

    /**
     * Receives what is there, without waiting.
     *
     * @param count how many datagrams at most: the targets 0 to count - 1 are written to
     * @return how many datagrams came; 0 if none is there; the negative error number otherwise
     *     (-ENOBUFS: the kernel dropped some, and more may be read at once)
     */
    public int receive(NetlinkSocket socket, int count) {
        // The kernel would follow whatever stands behind the last header.
        Objects.checkFromToIndex(0, count, messages.count());
        for (int i = 0; i < count; i++) {
            messages.reset(i);
        }
        int received =
                C.recvmmsg(
                        socket.fd(),
                        messages.address(0),
                        count,
                        LibC.MSG_DONTWAIT | LibC.MSG_TRUNC,
                        0);
        if (received < 0) {
            int errno = LibC.errno();
            boolean none = errno == Errno.EAGAIN.number() || errno == Errno.EINTR.number();
            return none ? 0 : -errno;
        }
        return received;
    }

    /** The datagram's real length, which exceeds the target's if it was truncated. */
    public int length(int index) {
        return messages.length(index);
    }

    public boolean truncated(int index) {
        return (messages.flags(index) & LibC.MSG_TRUNC) != 0;
    }

    /** Who sent it: 0 for the kernel. Nobody else may be believed on a kernel family's socket. */
    public int senderPortId(int index) {
        return messages.senderPortId(index);
    }

    /** The multicast group that it came through; 0 for none, or if that was not asked for. */
    public int group(int index) {
        return messages.controlWord(
                index, SocketOption.SOL_NETLINK, SocketOption.PKTINFO.number(), 0, 0);
    }

    /**
     * The id, in this network namespace, of the one that it came from; -1 for this one itself, or
     * if that was not asked for.
     */
    public int namespaceId(int index) {
        return messages.controlWord(
                index, SocketOption.SOL_NETLINK, SocketOption.LISTEN_ALL_NSID.number(), 0, -1);
    }
}
