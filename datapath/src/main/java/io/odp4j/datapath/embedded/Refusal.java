package io.odp4j.datapath.embedded;

import io.odp4j.datapath.netlink.Errno;

/** A request that is answered with an error number; it has no stack trace and is cheap. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    Refusal(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }

    /** Throws EINVAL unless it holds. */
    static void require(boolean holds) throws Refusal {
        require(holds, Errno.EINVAL);
    }

    static void require(boolean holds, Errno otherwise) throws Refusal {
        if (!holds) {
            throw new Refusal(otherwise);
        }
    }
}
