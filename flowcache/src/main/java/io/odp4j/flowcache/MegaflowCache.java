package io.odp4j.flowcache;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The megaflow cache: masked entries that do not overlap, each with a number of the user's and its
 * statistics.
 *
 * <p>An entry is named by a <em>handle</em>, a {@code long} that is never {@link #MISS} and is
 * never given to another entry; one whose entry is gone is told by every method. What a key is
 * matched on is all of {@link FlowKey} but the words that say which attributes it carried.
 *
 * <p>That entries do not overlap is the caller's to see to; where they do, a lookup finds any one
 * of those that match. Time is in whatever unit the caller counts, milliseconds say.
 *
 * <p><b>Threads.</b> One thread writes. Any thread may call {@link #lookup}, {@link #isLive} and
 * {@link #userData}: it finds every entry that was there when it began and still is when it ends,
 * and what it gets is of one entry. Lookups allocate nothing. What a lookup found is remembered in
 * a {@link SignatureCache}, so that the next packet of the same kind need not try masks.
 *
 * <p><b>Bounds.</b> At most {@code capacity} entries: one more pushes out, of the next {@value
 * EvictionClock#SAMPLE} round the clock, the one used longest ago. At most {@code maxMasks} masks:
 * an entry with one more is not taken in. Memory is given in chunks of 1,024 entries and stays.
 */
public final class MegaflowCache {
    /** No handle: nothing matched, or nothing was inserted. */
    public static final long MISS = 0;

    /** What {@link #userData} says of a handle whose entry is gone. */
    public static final long GONE = Long.MIN_VALUE;

    private static final int DEFAULT_MAX_MASKS = 1 << 14;
    private static final int FIRST_ENTRIES = 1 << 10;

    private final int capacity;
    private final EntryStore store;
    private final MaskSet masks;
    private final EvictionClock clock;
    private final SignatureCache signatures;

    private volatile BucketIndex index = new BucketIndex(FIRST_ENTRIES);
    private EvictionListener listener = handle -> {};
    private int size;
    private long evicted;
    private long refused;

    /** A cache for that many entries and {@value #DEFAULT_MAX_MASKS} masks. */
    public MegaflowCache(int capacity) {
        this(capacity, DEFAULT_MAX_MASKS);
    }

    /**
     * A cache for that many entries and masks.
     *
     * @throws IllegalArgumentException if either is not positive, or there are more than 2^24
     *     entries
     */
    public MegaflowCache(int capacity, int maxMasks) {
        this(capacity, maxMasks, SignatureCache.forEntries(capacity));
    }

    MegaflowCache(int capacity, int maxMasks, SignatureCache signatures) {
        if (capacity < 1 || capacity > EntryStore.MAX_ENTRIES || maxMasks < 1) {
            throw new IllegalArgumentException(capacity + " entries, " + maxMasks + " masks");
        }
        this.capacity = capacity;
        this.store = new EntryStore(capacity);
        this.masks = new MaskSet(maxMasks, store);
        this.clock = new EvictionClock(store);
        this.signatures = signatures;
    }

    /** Told of each entry that has to go for want of room, just before it goes. */
    @FunctionalInterface
    public interface EvictionListener {
        void evicted(long handle);
    }

    /** Called for each entry of a scan; it may delete that entry. */
    @FunctionalInterface
    public interface Visitor {
        void visit(long handle);
    }

    /** The entry that matches a key, or {@link #MISS}. */
    public long lookup(FlowKey key) {
        long[] words = key.words();
        long hash = hash(words);
        long handle = guess(words, hash);
        return handle != MISS ? handle : search(words, hash);
    }

    /**
     * Looks up many keys at once, so that the waits for memory of one go on during those of others.
     *
     * @param keys looked up, the first {@code n}
     * @param handles gets what {@link #lookup(FlowKey)} would return for each
     */
    public void lookup(FlowKey[] keys, int n, long[] handles) {
        guess(keys, n, handles);
        for (int i = 0; i < n; i++) {
            if (handles[i] == MISS) {
                handles[i] = search(keys[i].words(), hash(keys[i].words()));
            }
        }
    }

    /** The hash of the bits that any mask looks at: keys equal in these have the same entry. */
    long hash(long[] key) {
        return masks.significant().hash(key);
    }

    /** The entry that a key with that hash matched last time, if it matches this one. */
    long guess(long[] key, long hash) {
        int ref = signatures.find(hash);
        return ref == SignatureCache.NONE ? MISS : confirm(null, ref, key);
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
            if (handles[i] != MISS) {
                handles[i] = confirm(null, EntryStore.refOf(handles[i]), keys[i].words());
            }
        }
    }

    /** The entry that matches a key, looked for under all masks, and learned for the next time. */
    long search(long[] key, long hash) {
        MaskTree tree = masks.tree();
        long common = tree.common.sum(key);
        if (!tree.mayMatch(common)) {
            return MISS;
        }
        // The index after the tree: one that is as new, so that what the tree leads to is in it.
        long handle = walk(tree.root, tree.filter, key, common, index);
        if (handle != MISS) {
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
                if (handle != MISS) {
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
                if (handle != MISS) {
                    return handle;
                }
                found ^= bit;
            }
            node = node.rest;
        }
        return MISS;
    }

    private long probe(MegaflowMask mask, long[] key, long hash, BucketIndex buckets) {
        int bucket = buckets.bucket(hash);
        while (true) {
            long tags = buckets.tags(bucket);
            long lanes = BucketIndex.candidates(tags, hash);
            while (lanes != 0) {
                long handle = confirm(mask, buckets.ref(bucket, BucketIndex.lane(lanes)), key);
                if (handle != MISS) {
                    return handle;
                }
                lanes &= lanes - 1;
            }
            if (!BucketIndex.overflowed(tags)) {
                return MISS;
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
            return MISS;
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
        return same ? EntryStore.handle(header, ref) : MISS;
    }

    /**
     * Takes in an entry, or gives the one with the same mask and masked key new user data.
     *
     * @return its handle, or {@link #MISS} if the mask is one too many
     */
    public long insert(FlowKey key, FlowMask mask, long userData, long now) {
        MegaflowMask known = masks.find(mask.words());
        if (known != null) {
            long present = probe(known, key.words(), known.words.hash(key.words()), index);
            if (present != MISS) {
                store.setUserData(EntryStore.refOf(present), userData);
                return present;
            }
        }
        if (size == capacity) {
            long victim = clock.next();
            evicted++;
            listener.evicted(victim);
            delete(victim);
            known = masks.find(mask.words());
        }
        if (known == null) {
            known = masks.add(mask.words(), size);
            if (known == null) {
                refused++;
                return MISS;
            }
        }
        if (size + 1 > index.limit()) {
            grow();
        }
        long handle = store.allocate(known.words, known.id, key.words(), userData, now);
        known.entries++;
        size++;
        masks.record(known, key.words());
        index.add(known.words.hash(key.words()), EntryStore.refOf(handle));
        return handle;
    }

    private void grow() {
        BucketIndex larger = new BucketIndex(2 * index.limit());
        store.forEach(
                ref -> {
                    MegaflowMask mask = masks.byId(store.maskId(ref));
                    larger.add(hash(mask, ref), ref);
                });
        index = larger;
    }

    private long hash(MegaflowMask mask, int ref) {
        int offset = EntryStore.offset(ref) + EntryStore.HEADER;
        return mask.words.hashPacked(store.chunk(ref), offset);
    }

    /** Removes an entry; false if it was gone. */
    public boolean delete(long handle) {
        if (!store.isLive(handle)) {
            return false;
        }
        int ref = EntryStore.refOf(handle);
        MegaflowMask mask = masks.byId(store.maskId(ref));
        long hash = hash(mask, ref);
        store.release(ref);
        index.remove(hash, ref);
        size--;
        mask.entries--;
        masks.deleted(mask, size);
        return true;
    }

    /** Removes every entry and every mask. */
    public void clear() {
        store.forEach(ref -> delete(store.handle(ref)));
    }

    public boolean isLive(long handle) {
        return store.isLive(handle);
    }

    /** The entry's user data, or {@link #GONE}. */
    public long userData(long handle) {
        if (!store.isLive(handle)) {
            return GONE;
        }
        long data = store.userData(EntryStore.refOf(handle));
        return store.isLive(handle) ? data : GONE;
    }

    /** Gives an entry other user data in one step; false if it is gone. */
    public boolean setUserData(long handle, long userData) {
        boolean live = store.isLive(handle);
        if (live) {
            store.setUserData(EntryStore.refOf(handle), userData);
        }
        return live;
    }

    /** Counts packets and bytes that an entry handled; false if it is gone. */
    public boolean addStatistics(long handle, long packets, long bytes, long now) {
        boolean live = store.isLive(handle);
        if (live) {
            store.add(EntryStore.refOf(handle), packets, bytes, now);
        }
        return live;
    }

    /** Sets an entry's statistics to what the datapath says of it; false if it is gone. */
    public boolean setStatistics(long handle, long packets, long bytes, long used) {
        boolean live = store.isLive(handle);
        if (live) {
            store.set(EntryStore.refOf(handle), packets, bytes, used);
        }
        return live;
    }

    /**
     * Packets that the entry handled.
     *
     * @throws IllegalArgumentException if it is gone, as for the other statistics
     */
    public long packets(long handle) {
        return store.packets(live(handle));
    }

    public long bytes(long handle) {
        return store.bytes(live(handle));
    }

    /** When the entry was last used, or made. */
    public long lastUsed(long handle) {
        return store.used(live(handle));
    }

    /** Writes the masked key of an entry, no attribute as carried. */
    public void readKey(long handle, FlowKey key) {
        int ref = live(handle);
        key.clear();
        MegaflowMask mask = masks.byId(store.maskId(ref));
        int offset = EntryStore.offset(ref) + EntryStore.HEADER;
        mask.words.unpack(store.chunk(ref), offset, key.words());
    }

    /** Writes the mask of an entry. */
    public void readMask(long handle, FlowMask mask) {
        MegaflowMask known = masks.byId(store.maskId(live(handle)));
        Arrays.fill(mask.words(), 0);
        known.words.unpackBits(mask.words());
    }

    private int live(long handle) {
        if (!store.isLive(handle)) {
            throw new IllegalArgumentException("no such entry: " + Long.toHexString(handle));
        }
        return EntryStore.refOf(handle);
    }

    /** Visits every entry; the visitor may delete the entry that it is shown, and no other. */
    public void forEach(Visitor visitor) {
        store.forEach(ref -> visitor.visit(store.handle(ref)));
    }

    /** Visits every entry last used before a time. */
    public void forEachIdle(long before, Visitor visitor) {
        store.forEach(
                ref -> {
                    if (store.used(ref) < before) {
                        visitor.visit(store.handle(ref));
                    }
                });
    }

    /** Puts the masks that served most lookups first; to be called now and then by the writer. */
    public void rankMasks() {
        masks.rank();
    }

    public void setEvictionListener(EvictionListener listener) {
        this.listener = listener;
    }

    public int size() {
        return size;
    }

    public int capacity() {
        return capacity;
    }

    public int maskCount() {
        return masks.size();
    }

    /** Whether an entry has that mask. */
    public boolean hasMask(FlowMask mask) {
        return masks.find(mask.words()) != null;
    }

    /**
     * Finds the mask that has all bits of another and the fewest more, among those that please.
     *
     * @param pleases asked for a few, the best first
     * @param found gets its bits
     */
    boolean findMaskWith(FlowMask bits, Predicate<FlowMask> pleases, FlowMask found) {
        return masks.findWith(bits, pleases, found);
    }

    /** Every mask there is, the caller's copies. */
    public List<FlowMask> masks() {
        return masks.all();
    }

    /** Entries pushed out for want of room. */
    public long evicted() {
        return evicted;
    }

    /** Entries not taken in because of one mask too many. */
    public long refused() {
        return refused;
    }

    /** Bytes that entries, index and field knowledge take. */
    public long memory() {
        return store.memory() + index.memory() + masks.memory();
    }

    /** Bytes of the {@link SignatureCache}. */
    long signatureMemory() {
        return signatures.memory();
    }
}
