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

    private final int capacity;
    private final EntryStore store;
    private final MaskSet masks;
    private final EvictionClock clock;
    private final MegaflowSearch search;

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
        this.search = new MegaflowSearch(store, masks, signatures);
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
        long hash = search.hash(words);
        long handle = search.guess(words, hash);
        return handle != MISS ? handle : search.search(words, hash);
    }

    /**
     * Looks up many keys at once, so that the waits for memory of one go on during those of others.
     *
     * @param keys looked up, the first {@code n}
     * @param handles gets what {@link #lookup(FlowKey)} would return for each
     */
    public void lookup(FlowKey[] keys, int n, long[] handles) {
        search.guess(keys, n, handles);
        for (int i = 0; i < n; i++) {
            if (handles[i] == MISS) {
                long[] words = keys[i].words();
                handles[i] = search.search(words, search.hash(words));
            }
        }
    }

    /** How keys are looked up, step by step. */
    MegaflowSearch search() {
        return search;
    }

    /**
     * Takes in an entry, or gives the one with the same mask and masked key new user data.
     *
     * @return its handle, or {@link #MISS} if the mask is one too many
     */
    public long insert(FlowKey key, FlowMask mask, long userData, long now) {
        MegaflowMask known = masks.find(mask.words());
        if (known != null) {
            long present = search.find(known, key.words());
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
        if (size + 1 > search.index().limit()) {
            grow();
        }
        long handle = store.allocate(known.words, known.id, key.words(), userData, now);
        known.entries++;
        size++;
        masks.record(known, key.words());
        search.index().add(known.words.hash(key.words()), EntryStore.refOf(handle));
        return handle;
    }

    private void grow() {
        BucketIndex larger = new BucketIndex(2 * search.index().limit());
        store.forEach(
                ref -> {
                    MegaflowMask mask = masks.byId(store.maskId(ref));
                    larger.add(hash(mask, ref), ref);
                });
        search.setIndex(larger);
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
        search.index().remove(hash, ref);
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
        return store.memory() + search.index().memory() + masks.memory();
    }
}
