package io.odp4j.datapath.netlink;

/** A point of the monotonic clock until which something may take. */
final class Deadline {
    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    static Deadline in(int millis) {
        return new Deadline(System.nanoTime() + millis * 1_000_000L);
    }

    boolean isOver() {
        return nanos - System.nanoTime() <= 0;
    }

    /** Milliseconds left, rounded up so that a wait of them does not end before the deadline. */
    int leftMillis() {
        return (int) Math.max(0, (nanos - System.nanoTime() + 999_999) / 1_000_000L);
    }

    void check(String operation) throws NetlinkTimeoutException {
        if (isOver()) {
            throw new NetlinkTimeoutException(operation);
        }
    }
}
