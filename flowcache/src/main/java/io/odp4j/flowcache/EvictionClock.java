package io.odp4j.flowcache;

/** Chooses who goes when the cache is full: the idlest of the next few round the clock. */
final class EvictionClock {
    static final int SAMPLE = 16;

    private final EntryStore store;
    private int pool;
    private int position;

    EvictionClock(EntryStore store) {
        this.store = store;
    }

    /** The handle of the entry to go; there must be one. */
    long next() {
        int victim = -1;
        for (int seen = 0; seen < SAMPLE; seen++) {
            int ref = nextLive();
            if (victim < 0 || store.used(ref) < store.used(victim)) {
                victim = ref;
            }
        }
        return store.handle(victim);
    }

    private int nextLive() {
        while (true) {
            if (position >= store.allocated(pool)) {
                position = 0;
                pool = (pool + 1) % store.pools();
                continue;
            }
            int ref = EntryStore.ref(pool, position++);
            if (store.isLive(ref)) {
                return ref;
            }
        }
    }
}
