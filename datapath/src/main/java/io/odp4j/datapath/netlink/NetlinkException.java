package io.odp4j.datapath.netlink;

import java.io.IOException;

/**
 * A request that failed: which operation on which object, the error number, and what the kernel
 * added to it (its extended acknowledgement).
 *
 * <p>The message reads {@code flow put on ovs0 failed: EINVAL (Invalid argument): "Unknown key
 * attributes" at byte 44}.
 */
public class NetlinkException extends IOException {
    private static final long serialVersionUID = 1;

    private final String operation;
    private final int errno;
    private final transient ExtendedAck extendedAck;

    public NetlinkException(String operation, int errno) {
        this(operation, errno, ExtendedAck.NONE);
    }

    public NetlinkException(String operation, int errno, ExtendedAck extendedAck) {
        super(describe(operation, errno, extendedAck));
        this.operation = operation;
        this.errno = errno;
        this.extendedAck = extendedAck;
    }

    private static String describe(String operation, int errno, ExtendedAck extendedAck) {
        Errno known = Errno.of(errno);
        return operation
                + " failed: "
                + Errno.nameOf(errno)
                + (known == null ? "" : " (" + known.text() + ")")
                + extendedAck.describe();
    }

    /** What was asked for, with its object. */
    public String operation() {
        return operation;
    }

    /** The error number, positive. */
    public int errno() {
        return errno;
    }

    public boolean is(Errno other) {
        return errno == other.number();
    }

    /** What the kernel said beyond the number; {@link ExtendedAck#NONE} if nothing. */
    public ExtendedAck extendedAck() {
        return extendedAck == null ? ExtendedAck.NONE : extendedAck;
    }
}
