package io.odp4j.flowcache;

import io.odp4j.datapath.flow.FlowKey;

/**
 * The exact-match front of a megaflow cache: the hash of the bits of a key that any mask looks at,
 * to the entry that matched last time.
 *
 * <pre>
 *  bucket of four, 4 words   [0] signatures, 16 bits each
 *                            [1] references of lanes 0 and 1 (+1; 0: empty)
 *                            [2] references of lanes 2 and 3
 *                            [3] unused
 * </pre>
 *
 * It holds no keys: the entry found is checked against the key, so that an entry that was deleted
 * or made anew since is seen without anybody telling the front. One thread's alone; size fixed.
 */
final class ExactFront {
    private static final int LANES = 4;
    private static final int STRIDE = 4;
    private static final long LOW = 0x0001_0001_0001_0001L;
    private static final long HIGH = 0x8000_8000_8000_8000L;

    private final MegaflowCache cache;
    private final long[] slots;
    private final int mask;
    private final int inverse;
    private int draw = 1;

    /**
     * A front over a cache.
     *
     * @param entries how many flows it can hold; rounded up to a power of two
     * @param inverse where the bucket is full, one of that many new flows gets in
     */
    ExactFront(MegaflowCache cache, int entries, int inverse) {
        this.cache = cache;
        int buckets = Integer.highestOneBit(Math.max(1, (entries + LANES - 1) / LANES) * 2 - 1);
        slots = new long[buckets * STRIDE];
        mask = buckets - 1;
        this.inverse = inverse;
    }

    long hash(FlowKey key) {
        return cache.significant().hash(key.words());
    }

    /** The entry that a key with that hash has, if it is remembered. */
    long lookup(FlowKey key, long hash) {
        int base = base(hash);
        long x = slots[base] ^ signature(hash) * LOW;
        long lanes = x - LOW & ~x & HIGH;
        while (lanes != 0) {
            int lane = Long.numberOfTrailingZeros(lanes) >>> 4;
            int ref = ref(base, lane);
            if (ref >= 0) {
                long handle = cache.confirm(ref, key);
                if (handle != MegaflowCache.MISS) {
                    return handle;
                }
            }
            lanes &= lanes - 1;
        }
        return MegaflowCache.MISS;
    }

    /** Remembers which entry a hash leads to: always where there is room, else now and then. */
    void learn(long hash, long handle) {
        int base = base(hash);
        long signature = signature(hash);
        int lane = -1;
        for (int i = 0; i < LANES && lane < 0; i++) {
            if (ref(base, i) < 0 || (slots[base] >>> 16 * i & 0xffff) == signature) {
                lane = i;
            }
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
        slots[base] = slots[base] & ~(0xffffL << 16 * lane) | signature << 16 * lane;
        int word = base + 1 + (lane >> 1);
        int shift = 32 * (lane & 1);
        long ref = EntryStore.refOf(handle) + 1L;
        slots[word] = slots[word] & ~(0xffff_ffffL << shift) | ref << shift;
    }

    private int base(long hash) {
        return ((int) (hash >>> 32) & mask) * STRIDE;
    }

    private static long signature(long hash) {
        return hash & 0xffff;
    }

    /** A lane's reference, -1 if it is empty. */
    private int ref(int base, int lane) {
        return (int) (slots[base + 1 + (lane >> 1)] >>> 32 * (lane & 1)) - 1;
    }

    long memory() {
        return 8L * slots.length;
    }
}
