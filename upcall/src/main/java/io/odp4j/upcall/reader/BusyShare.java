package io.odp4j.upcall.reader;

import io.odp4j.upcall.ring.UpcallRing;

/**
 * How much of the ring busy sockets may have filled at a time: enough to keep the classifier at
 * work, two batches, and never more than half of it, so that there is room for the others and they
 * do not wait for long in it.
 */
final class BusyShare {
    private final UpcallRing ring;
    private final int batch;

    /**
     * @param most the most datagrams of a read
     */
    BusyShare(UpcallRing ring, int most) {
        this.ring = ring;
        this.batch = Math.max(1, Math.min(most, ring.slots() / 4));
    }

    /** How much to read of a busy socket at a time. */
    int batch() {
        return batch;
    }

    /** Whether so much may be read now. */
    boolean hasRoom() {
        return ring.used() <= batch && ring.free(batch) == batch;
    }
}
