package io.odp4j.flowcache;

/**
 * A signature match cache: from the hash of all bits that any mask looks at to the entry that such
 * a packet matched last time.
 *
 * <pre>
 *  bucket  word 0      four signatures of 16 bits; 0: empty
 *               1, 2   four references to entries of 32 bits
 * </pre>
 *
 * A packet may be in either of two neighbouring buckets. What is found is a guess, to be confirmed
 * with the entry itself: nothing has to be taken out when entries or masks go. So any number of
 * threads may look and learn; one that meets another's write gets a wrong guess at worst. The
 * hashes are keyed by secrets of the process, so that nobody outside can choose packets that drive
 * each other out.
 */
final class SignatureCache {
    /** What {@link #find} says if it knows nothing. */
    static final int NONE = -1;

    private static final int LANES = 4;
    private static final int STRIDE = 3;
    private static final long LOW = 0x0001_0001_0001_0001L;
    private static final long HIGH = 0x8000_8000_8000_8000L;
    private static final long REF = 0xffff_ffffL;

    /** Packets per entry that room is made for, up to so many that a CPU's cache may keep them. */
    private static final int PER_ENTRY = 16;

    private static final int MAX_PACKETS = 1 << 17;
    private static final int INVERSE = 4;

    private final long[] words;
    private final int mask;
    private final int inverse;
    private int draw = 1;

    /** One for a megaflow cache of that many entries, 768 KiB at most. */
    static SignatureCache forEntries(int capacity) {
        int packets = (int) Math.min(MAX_PACKETS, (long) PER_ENTRY * capacity);
        return new SignatureCache(packets, INVERSE);
    }

    /**
     * A cache that is empty.
     *
     * @param packets how many it can hold; rounded up to a power of two
     * @param inverse where both buckets are full, one of that many new packets gets in
     */
    SignatureCache(int packets, int inverse) {
        int buckets = Integer.highestOneBit(Math.max(2, packets / LANES) * 2 - 1);
        words = new long[buckets * STRIDE];
        mask = buckets - 1;
        this.inverse = inverse;
    }

    /** The reference learned for a hash, probably, or {@link #NONE}. */
    int find(long hash) {
        int bucket = bucket(hash);
        int at = bucket * STRIDE;
        long lanes = zeros(words[at] ^ signature(hash) * LOW);
        if (lanes == 0) {
            at = (bucket ^ 1) * STRIDE;
            lanes = zeros(words[at] ^ signature(hash) * LOW);
            if (lanes == 0) {
                return NONE;
            }
        }
        return ref(at, lane(lanes));
    }

    private int ref(int at, int lane) {
        return (int) (words[at + 1 + (lane >>> 1)] >>> 32 * (lane & 1));
    }

    /**
     * Learns a reference: instead of one learned before, where there is room, else now and then.
     */
    void learn(long hash, int ref) {
        int bucket = bucket(hash);
        long wanted = signature(hash) * LOW;
        if (!put(bucket, wanted, hash, ref)
                && !put(bucket ^ 1, wanted, hash, ref)
                && !put(bucket, 0, hash, ref)
                && !put(bucket ^ 1, 0, hash, ref)) {
            draw ^= draw << 13;
            draw ^= draw >>> 17;
            draw ^= draw << 5;
            if (Integer.remainderUnsigned(draw, inverse) == 0) {
                set((bucket ^ draw >>> 29 & 1) * STRIDE, draw >>> 30, hash, ref);
            }
        }
    }

    /** Puts a reference into the first lane that has the signatures wanted. */
    private boolean put(int bucket, long wanted, long hash, int ref) {
        int at = bucket * STRIDE;
        long lanes = zeros(words[at] ^ wanted);
        if (lanes == 0) {
            return false;
        }
        set(at, lane(lanes), hash, ref);
        return true;
    }

    private void set(int at, int lane, long hash, int ref) {
        int shift = 16 * lane;
        words[at] = words[at] & ~(0xffffL << shift) | signature(hash) << shift;
        int half = 32 * (lane & 1);
        int to = at + 1 + (lane >>> 1);
        words[to] = words[to] & ~(REF << half) | (ref & REF) << half;
    }

    private static long zeros(long word) {
        return word - LOW & ~word & HIGH;
    }

    private static int lane(long lanes) {
        return Long.numberOfTrailingZeros(lanes) >>> 4;
    }

    private int bucket(long hash) {
        return (int) (hash >>> 32) & mask;
    }

    private static long signature(long hash) {
        long signature = hash & 0xffff;
        return signature == 0 ? 1 : signature;
    }

    long memory() {
        return 8L * words.length;
    }
}
