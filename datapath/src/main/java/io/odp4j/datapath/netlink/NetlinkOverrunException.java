package io.odp4j.datapath.netlink;

/** Messages were lost: the receive buffer was full, or a message was longer than its target. */
public final class NetlinkOverrunException extends NetlinkException {
    private static final long serialVersionUID = 1;

    private final boolean truncated;

    private NetlinkOverrunException(String operation, Errno errno, boolean truncated) {
        super(operation, errno.number());
        this.truncated = truncated;
    }

    /** The socket's receive buffer was full, and the kernel dropped messages. */
    static NetlinkOverrunException overrun(String operation) {
        return new NetlinkOverrunException(operation, Errno.ENOBUFS, false);
    }

    /** A message was cut off. */
    static NetlinkOverrunException truncated(String operation, int length, int capacity) {
        return new NetlinkOverrunException(
                operation + ": a message of " + length + " bytes for a buffer of " + capacity,
                Errno.EMSGSIZE,
                true);
    }

    /** Whether one message was cut off, rather than many dropped. */
    public boolean isTruncated() {
        return truncated;
    }
}
