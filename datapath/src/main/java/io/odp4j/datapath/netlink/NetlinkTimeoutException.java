package io.odp4j.datapath.netlink;

/** No answer came in time. */
public final class NetlinkTimeoutException extends NetlinkException {
    private static final long serialVersionUID = 1;

    public NetlinkTimeoutException(String operation) {
        super(operation, Errno.ETIMEDOUT.number());
    }
}
