package io.odp4j.flowcache;

import io.odp4j.datapath.flow.FlowKey;

/**
 * Lookups of many keys, step by step for all of them: where each may be, then all slots of the
 * front, then all generations, and what is left in the megaflow cache the same way. A step's loads
 * do not wait for one another. One thread's, as the front is.
 */
final class FlowBatch {
    /** Keys that are looked up together: more loads than a processor can have under way. */
    static final int SIZE = 32;

    private final MegaflowCache megaflows;
    private final ExactFront front;
    private long[] packed = new long[0];
    private long[] one = new long[0];
    private final long[] hashes = new long[SIZE];
    private final int[] slots = new int[SIZE];
    private final int[] missed = new int[SIZE];
    private final FlowKey[] missedKeys = new FlowKey[SIZE];
    private final long[] found = new long[SIZE];

    FlowBatch(MegaflowCache megaflows, ExactFront front) {
        this.megaflows = megaflows;
        this.front = front;
    }

    /**
     * Asks the front for up to {@link #SIZE} keys.
     *
     * @return how many it knew
     */
    int front(FlowKey[] keys, int from, int n, long[] handles) {
        int words = front.words();
        if (one.length < words) {
            one = new long[words];
            packed = new long[words * SIZE];
        }
        for (int i = 0; i < n; i++) {
            hashes[i] = front.pack(keys[from + i], one);
            for (int w = 0; w < words; w++) {
                packed[i * words + w] = one[w];
            }
        }
        for (int i = 0; i < n; i++) {
            slots[i] = front.slot(hashes[i]);
        }
        for (int i = 0; i < n; i++) {
            handles[from + i] = front.handleAt(slots[i], packed, i * words);
        }
        int hits = 0;
        for (int i = 0; i < n; i++) {
            long handle = handles[from + i];
            if (handle == MegaflowCache.MISS || !megaflows.isLiveForWriter(handle)) {
                System.arraycopy(packed, i * words, one, 0, words);
                handle = front.lookup(keys[from + i], one, hashes[i]);
                handles[from + i] = handle;
            }
            hits += handle == MegaflowCache.MISS ? 0 : 1;
        }
        return hits;
    }

    /**
     * Asks the megaflow cache for those that the front did not know.
     *
     * @return how many it found
     */
    int megaflows(FlowKey[] keys, int from, int n, long[] handles) {
        int words = front.words();
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (handles[from + i] == MegaflowCache.MISS) {
                missed[count] = i;
                missedKeys[count++] = keys[from + i];
            }
        }
        megaflows.lookup(missedKeys, count, found);
        int hits = 0;
        for (int i = 0; i < count; i++) {
            if (found[i] != MegaflowCache.MISS) {
                hits++;
                handles[from + missed[i]] = found[i];
                System.arraycopy(packed, missed[i] * words, one, 0, words);
                front.learn(one, hashes[missed[i]], found[i]);
            }
        }
        return hits;
    }
}
