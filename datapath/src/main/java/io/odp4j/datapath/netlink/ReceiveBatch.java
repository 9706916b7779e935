package io.odp4j.datapath.netlink;

import static io.odp4j.datapath.netlink.LibC.C;

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
    private final MessageVector messages;

    public ReceiveBatch(int most) {
        messages = new MessageVector(most, 1);
    }

    /** The most datagrams of one call. */
    public int capacity() {
        return messages.count();
    }

    /** Where datagram {@code index} is to be written. The caller keeps the memory alive. */
    public void setTarget(int index, long address, int length) {
        messages.setVector(index, 0, address, length);
    }

    /**
     * Receives what is there, without waiting.
     *
     * @return how many datagrams came; 0 if none is there; the negative error number otherwise
     *     (-ENOBUFS: the kernel dropped some, and more may be read at once)
     */
    public int receive(NetlinkSocket socket, int count) {
        for (int i = 0; i < count; i++) {
            messages.resetName(i);
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
}
