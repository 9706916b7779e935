package io.odp4j.flowcache;

import io.odp4j.datapath.flow.FlowKey;

/**
 * How keys are looked up in a megaflow cache: by the signature of the packet first, then under all
 * masks that may match. Any thread may, while one writes; nothing is allocated.
 */
final class MegaflowSearch {
    private static final int FIRST_ENTRIES = 1 << 10;

    private final EntryStore store;
    private final MaskSet masks;
    private final SignatureCache signatures;
    private volatile BucketIndex index = new BucketIndex(FIRST_ENTRIES);

    MegaflowSearch(EntryStore store, MaskSet masks, SignatureCache signatures) {
        this.store = store;
        this.masks = masks;
        this.signatures = signatures;
    }

    BucketIndex index() {
        return index;
    }

    /** Has all lookups from now on go by another index, in which every entry must be. */
    void setIndex(BucketIndex larger) {
        index = larger;
    }

    /** The hash of the bits that any mask looks at: keys equal in these have the same entry. */
    long hash(long[] key) {
        return masks.significant().hash(key);
    }

    /** The entry that a key with that hash matched last time, if it matches this one. */
    long guess(long[] key, long hash) {
        int ref = signatures.find(hash);
        return ref == SignatureCache.NONE ? MegaflowCache.MISS : confirm(null, ref, key);
    }

    /**
     * The same for many keys: first where each entry probably is, then the entries' headers, then
     * what is left of them.
     */
    void guess(FlowKey[] keys, int n, long[] handles) {
        for (int i = 0; i < n; i++) {
            handles[i] = signatures.find(hash(keys[i].words()));
        }
        for (int i = 0; i < n; i++) {
            handles[i] = store.liveAt((int) handles[i]);
        }
        for (int i = 0; i < n; i++) {
            if (handles[i] != MegaflowCache.MISS) {
                handles[i] = confirm(null, EntryStore.refOf(handles[i]), keys[i].words());
            }
        }
    }

    /** The entry that matches a key, looked for under all masks, and learned for the next time. */
    long search(long[] key, long hash) {
        MaskTree tree = masks.tree();
        long common = tree.common.sum(key);
        if (!tree.mayMatch(common)) {
            return MegaflowCache.MISS;
        }
        // The index after the tree: one that is as new, so that what the tree leads to is in it.
        long handle = walk(tree.root, tree.filter, key, common, index);
        if (handle != MegaflowCache.MISS) {
            signatures.learn(hash, EntryStore.refOf(handle));
        }
        return handle;
    }

    private long walk(
            MaskNode from, PresenceFilter filter, long[] key, long common, BucketIndex buckets) {
        MaskNode node = from;
        while (node != null) {
            MegaflowMask mask = node.mask;
            if (mask != null) {
                long handle = probe(mask, key, node.words.hash(key, common), buckets);
                if (handle != MegaflowCache.MISS) {
                    mask.hits++;
                    return handle;
                }
                node = node.rest;
                continue;
            }
            long found = node.present(filter, key);
            if (found != 0 && node.rest == null && (found & found - 1) == 0) {
                node = node.kid(found);
                continue;
            }
            while (found != 0) {
                long bit = found & -found;
                long handle = walk(node.kid(bit), filter, key, common, buckets);
                if (handle != MegaflowCache.MISS) {
                    return handle;
                }
                found ^= bit;
            }
            node = node.rest;
        }
        return MegaflowCache.MISS;
    }

    /** The entry under that mask that matches a key, for the writer. */
    long find(MegaflowMask mask, long[] key) {
        return probe(mask, key, mask.words.hash(key), index);
    }

    private long probe(MegaflowMask mask, long[] key, long hash, BucketIndex buckets) {
        int bucket = buckets.bucket(hash);
        while (true) {
            long tags = buckets.tags(bucket);
            long lanes = BucketIndex.candidates(tags, hash);
            while (lanes != 0) {
                long handle = confirm(mask, buckets.ref(bucket, BucketIndex.lane(lanes)), key);
                if (handle != MegaflowCache.MISS) {
                    return handle;
                }
                lanes &= lanes - 1;
            }
            if (!BucketIndex.overflowed(tags)) {
                return MegaflowCache.MISS;
            }
            bucket = buckets.next(bucket);
        }
    }

    /**
     * The handle of the entry at a reference, if there is one and it matches a key.
     *
     * @param expected the mask that it must have, null for whichever it has
     */
    private long confirm(MegaflowMask expected, int ref, long[] key) {
        long[] chunk = store.chunk(ref);
        if (chunk == null) {
            return MegaflowCache.MISS;
        }
        int offset = EntryStore.offset(ref);
        long header = EntryStore.header(chunk, offset);
        int id = EntryStore.maskId(header);
        MegaflowMask mask = expected == null ? masks.byId(id) : expected;
        boolean same =
                mask != null
                        && mask.id == id
                        && mask.words.size() == EntryStore.pool(ref)
                        && EntryStore.headerLive(header)
                        && mask.words.matches(key, chunk, offset + EntryStore.HEADER)
                        && EntryStore.unchanged(chunk, offset, header)
                        && !mask.dead;
        return same ? EntryStore.handle(header, ref) : MegaflowCache.MISS;
    }

    /** Bytes of what packets are remembered in. */
    long signatureMemory() {
        return signatures.memory();
    }
}
