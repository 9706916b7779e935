package io.odp4j.flowcache;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;

/**
 * The flow cache of one shard: the exact-match front before a megaflow cache, and what became of
 * every lookup.
 *
 * <p>One thread owns it. Others may look into {@link #megaflows()}, within what that allows.
 */
public final class FlowCache {
    private static final int DEFAULT_FRONT = 1 << 17;
    private static final int DEFAULT_INVERSE = 16;

    private final MegaflowCache megaflows;
    private final ExactFront front;
    private final FlowBatch batch;
    private long[] packed = new long[8];
    private long frontHits;
    private long megaflowHits;
    private long misses;

    /** A cache for that many megaflows, with a front of 131,072 flows (5 MiB for those of IPv4). */
    public FlowCache(int capacity) {
        this(new MegaflowCache(capacity), DEFAULT_FRONT, DEFAULT_INVERSE);
    }

    /**
     * A front over a megaflow cache.
     *
     * @param frontFlows how many flows the front holds, rounded up to a power of two: 10 bytes each
     *     and 8 for each word that the bits take which masks look at; no more where they take over
     *     8
     * @param insertInverse where the front is full, one of that many new flows gets in
     * @throws IllegalArgumentException if either is not positive
     */
    public FlowCache(MegaflowCache megaflows, int frontFlows, int insertInverse) {
        if (frontFlows < 1 || frontFlows > 1 << 28 || insertInverse < 1) {
            throw new IllegalArgumentException(frontFlows + " flows, 1 in " + insertInverse);
        }
        this.megaflows = megaflows;
        this.front = new ExactFront(megaflows, frontFlows, insertInverse);
        this.batch = new FlowBatch(megaflows, front);
    }

    /** The handle of the megaflow that matches a key, or {@link MegaflowCache#MISS}. */
    public long lookup(FlowKey key) {
        long hash = hash(key);
        long handle = front.lookup(key, packed, hash);
        if (handle != MegaflowCache.MISS) {
            frontHits++;
            return handle;
        }
        handle = megaflows.lookup(key);
        if (handle != MegaflowCache.MISS) {
            megaflowHits++;
            front.learn(packed, hash, handle);
        } else {
            misses++;
        }
        return handle;
    }

    /**
     * Looks up many keys at once: as {@link #lookup(FlowKey)}, but the waits for memory of one go
     * on during those of others. Worth it from about eight keys on.
     *
     * @param keys looked up, the first {@code n}
     * @param handles gets the handle of each, or {@link MegaflowCache#MISS}
     */
    public void lookup(FlowKey[] keys, int n, long[] handles) {
        for (int from = 0; from < n; from += FlowBatch.SIZE) {
            int count = Math.min(FlowBatch.SIZE, n - from);
            int hits = batch.front(keys, from, count, handles);
            frontHits += hits;
            if (hits < count) {
                int found = batch.megaflows(keys, from, count, handles);
                megaflowHits += found;
                misses += count - hits - found;
            }
        }
    }

    /** What the front knows a key by: the hash of the bits that any mask looks at. */
    public long hash(FlowKey key) {
        if (front.words() > packed.length) {
            packed = new long[front.words()];
        }
        return front.pack(key, packed);
    }

    /** As {@link MegaflowCache#insert}. */
    public long insert(FlowKey key, FlowMask mask, long userData, long now) {
        return megaflows.insert(key, mask, userData, now);
    }

    /** The megaflows themselves: deletion, statistics, iteration. */
    public MegaflowCache megaflows() {
        return megaflows;
    }

    public long frontHits() {
        return frontHits;
    }

    public long megaflowHits() {
        return megaflowHits;
    }

    public long misses() {
        return misses;
    }

    /** Bytes of the front and of {@link MegaflowCache#memory()}. */
    public long memory() {
        return front.memory() + megaflows.memory();
    }
}
