package io.odp4j.flowcache;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.search.KeyPacker;
import java.util.Arrays;

/**
 * The exact-match front of a megaflow cache: the bits of a key that any mask looks at, packed, to
 * the entry that matched last time.
 *
 * <pre>
 *  tags[b]                       four signatures of 16 bits; 0: empty
 *  slots[stride * (4b + lane)]   [0] the entry's handle
 *                                [1..] the packed bits; none where they take more than eight words
 * </pre>
 *
 * A flow may be in either of two buckets, so that one in four is full before any flow finds no
 * room. What is found is equal in all bits that matter; whether its entry is still there is asked
 * of the generations, which lie closer together than the entries do. Without packed bits the entry
 * itself is compared. The front is emptied when masks begin to look at more bits. One thread's
 * alone, the cache's writer; size fixed.
 */
final class ExactFront {
    private static final int LANES = 4;
    private static final int MAX_WORDS = 8;
    private static final long LOW = 0x0001_0001_0001_0001L;
    private static final long HIGH = 0x8000_8000_8000_8000L;

    private final MegaflowCache cache;
    private final long[] tags;
    private final int mask;
    private final int inverse;
    private final long[] secrets = new long[KeyUnits.MATCHABLE.length];
    private MaskWords significant;
    private KeyPacker packer;
    private int stored;
    private long[] slots = new long[0];
    private int draw = 1;

    /**
     * A front over a cache.
     *
     * @param entries how many flows it can hold; rounded up to a power of two
     * @param inverse where both buckets are full, one of that many new flows gets in
     */
    ExactFront(MegaflowCache cache, int entries, int inverse) {
        this.cache = cache;
        int buckets = Integer.highestOneBit(Math.max(1, (entries + LANES - 1) / LANES) * 2 - 1);
        tags = new long[buckets];
        mask = buckets - 1;
        this.inverse = inverse;
        Arrays.setAll(secrets, i -> KeyHash.secret());
        follow(cache.significant());
    }

    /** Packs by other bits from now on, and forgets what was packed by others. */
    private void follow(MaskWords now) {
        significant = now;
        long[] union = new long[FlowKey.WORDS];
        now.unpackBits(union);
        packer = new KeyPacker(union);
        stored = packer.words() <= MAX_WORDS ? packer.words() : 0;
        Arrays.fill(tags, 0);
        int length = tags.length * LANES * (1 + stored);
        if (slots.length != length) {
            slots = new long[length];
        }
    }

    /** Words of a packed key as they are now. */
    int words() {
        if (significant != cache.significant()) {
            follow(cache.significant());
        }
        return packer.words();
    }

    /**
     * Packs the bits that matter, {@link #words()} words.
     *
     * @return their hash
     */
    long pack(FlowKey key, long[] packed) {
        packer.pack(key.words(), packed);
        long sum = 0;
        for (int i = 0; i < packer.words(); i++) {
            sum += KeyHash.term(packed[i], secrets[i]);
        }
        return KeyHash.finish(sum);
    }

    /** The entry of a key that has those packed bits and that hash, if it is remembered. */
    long lookup(FlowKey key, long[] packed, long hash) {
        int bucket = bucket(hash);
        long handle = lookup(bucket, key, packed, hash);
        return handle != MegaflowCache.MISS
                ? handle
                : lookup(other(bucket, hash), key, packed, hash);
    }

    private long lookup(int bucket, FlowKey key, long[] packed, long hash) {
        long lanes = candidates(bucket, hash);
        while (lanes != 0) {
            int lane = lane(lanes);
            int at = at(bucket, lane);
            if (equal(at, packed, 0)) {
                long handle = slots[at];
                if (!cache.isLiveForWriter(handle)) {
                    tags[bucket] &= ~(0xffffL << 16 * lane);
                } else if (stored != 0
                        || cache.confirm(EntryStore.refOf(handle), key) != MegaflowCache.MISS) {
                    return handle;
                }
            }
            lanes &= lanes - 1;
        }
        return MegaflowCache.MISS;
    }

    /** Where in the slots an entry of that hash may be, -1 if nowhere. */
    int slot(long hash) {
        int bucket = bucket(hash);
        long lanes = candidates(bucket, hash);
        if (lanes == 0) {
            bucket = other(bucket, hash);
            lanes = candidates(bucket, hash);
        }
        return lanes == 0 ? -1 : at(bucket, lane(lanes));
    }

    /** The handle in a slot if the packed bits there are those, whether it is live or not. */
    long handleAt(int slot, long[] packed, int from) {
        return slot >= 0 && stored != 0 && equal(slot, packed, from)
                ? slots[slot]
                : MegaflowCache.MISS;
    }

    private boolean equal(int at, long[] packed, int from) {
        long differ = 0;
        for (int i = 0; i < stored; i++) {
            differ |= slots[at + 1 + i] ^ packed[from + i];
        }
        return differ == 0;
    }

    /** Remembers which entry packed bits lead to: always where there is room, else now and then. */
    void learn(long[] packed, long hash, long handle) {
        int bucket = bucket(hash);
        int lane = empty(bucket);
        if (lane < 0) {
            bucket = other(bucket, hash);
            lane = empty(bucket);
        }
        if (lane < 0) {
            draw ^= draw << 13;
            draw ^= draw >>> 17;
            draw ^= draw << 5;
            if (Integer.remainderUnsigned(draw, inverse) != 0) {
                return;
            }
            lane = draw >>> 30;
        }
        tags[bucket] = tags[bucket] & ~(0xffffL << 16 * lane) | signature(hash) << 16 * lane;
        int at = at(bucket, lane);
        slots[at] = handle;
        System.arraycopy(packed, 0, slots, at + 1, stored);
    }

    /** The first empty lane of a bucket, -1 if it is full. */
    private int empty(int bucket) {
        long lanes = zeros(tags[bucket]);
        return lanes == 0 ? -1 : lane(lanes);
    }

    /**
     * The lanes with a hash's signature: the top bit of each. A lane above one that has it may be
     * named wrongly; what lies in the slot decides.
     */
    private long candidates(int bucket, long hash) {
        return zeros(tags[bucket] ^ signature(hash) * LOW);
    }

    private static long zeros(long word) {
        return word - LOW & ~word & HIGH;
    }

    private static int lane(long lanes) {
        return Long.numberOfTrailingZeros(lanes) >>> 4;
    }

    /** Where a lane's slot begins. */
    private int at(int bucket, int lane) {
        return (bucket * LANES + lane) * (1 + stored);
    }

    private int bucket(long hash) {
        return (int) (hash >>> 32) & mask;
    }

    private int other(int bucket, long hash) {
        return bucket ^ (int) (hash >>> 16 & 0xffff | 1) & mask;
    }

    private static long signature(long hash) {
        long signature = hash & 0xffff;
        return signature == 0 ? 1 : signature;
    }

    long memory() {
        return 8L * (tags.length + slots.length);
    }
}
