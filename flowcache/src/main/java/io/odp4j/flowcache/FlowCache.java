package io.odp4j.flowcache;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;

/**
 * The flow cache of one shard: a megaflow cache, and what became of every lookup.
 *
 * <p>One thread owns it. Others may look into {@link #megaflows()}, within what that allows.
 */
public final class FlowCache {
    private final MegaflowCache megaflows;
    private final MegaflowSearch search;
    private long signatureHits;
    private long megaflowHits;
    private long misses;

    /** A cache for that many megaflows. */
    public FlowCache(int capacity) {
        this(new MegaflowCache(capacity));
    }

    /** Counts the lookups in a megaflow cache. */
    public FlowCache(MegaflowCache megaflows) {
        this.megaflows = megaflows;
        this.search = megaflows.search();
    }

    /** The handle of the megaflow that matches a key, or {@link MegaflowCache#MISS}. */
    public long lookup(FlowKey key) {
        long[] words = key.words();
        long hash = search.hash(words);
        long handle = search.guess(words, hash);
        if (handle != MegaflowCache.MISS) {
            signatureHits++;
            return handle;
        }
        return search(words, hash);
    }

    private long search(long[] words, long hash) {
        long handle = search.search(words, hash);
        if (handle != MegaflowCache.MISS) {
            megaflowHits++;
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
        search.guess(keys, n, handles);
        for (int i = 0; i < n; i++) {
            if (handles[i] != MegaflowCache.MISS) {
                signatureHits++;
            } else {
                long[] words = keys[i].words();
                handles[i] = search(words, search.hash(words));
            }
        }
    }

    /** The hash of the bits of a key that any mask looks at. */
    public long hash(FlowKey key) {
        return search.hash(key.words());
    }

    /** As {@link MegaflowCache#insert}. */
    public long insert(FlowKey key, FlowMask mask, long userData, long now) {
        return megaflows.insert(key, mask, userData, now);
    }

    /** The megaflows themselves: deletion, statistics, iteration. */
    public MegaflowCache megaflows() {
        return megaflows;
    }

    /** Lookups answered without trying masks, by what a packet of the same kind found before. */
    public long signatureHits() {
        return signatureHits;
    }

    public long megaflowHits() {
        return megaflowHits;
    }

    public long misses() {
        return misses;
    }

    /** Bytes of {@link MegaflowCache#memory()} and of what packets are remembered in. */
    public long memory() {
        return search.signatureMemory() + megaflows.memory();
    }
}
