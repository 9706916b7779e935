package io.odp4j.datapath.netlink.peer;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.ExtendedAck;

/** A request that is answered with an error number; it has no stack trace and is cheap. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Errno errno;
    private final transient ExtendedAck more;

    public RefusedException(Errno errno) {
        this(errno, ExtendedAck.NONE);
    }

    /**
     * @param more what the requester gets to read beside the number
     */
    public RefusedException(Errno errno, ExtendedAck more) {
        super(errno.name(), null, false, false);
        this.errno = errno;
        this.more = more;
    }

    public Errno errno() {
        return errno;
    }

    public ExtendedAck more() {
        return more == null ? ExtendedAck.NONE : more;
    }
}
