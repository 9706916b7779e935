package io.odp4j.datapath.embedded.message;

import io.odp4j.datapath.netlink.Errno;

/** A request that is answered with an error number; it has no stack trace and is cheap. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    public Refusal(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }

    /** Throws EINVAL unless it holds. */
    public static void require(boolean holds) throws Refusal {
        require(holds, Errno.EINVAL);
    }

    public static void require(boolean holds, Errno otherwise) throws Refusal {
        if (!holds) {
            throw new Refusal(otherwise);
        }
    }
}
