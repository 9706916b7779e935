package io.odp4j.flowcache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A hash table from a 64-bit hash to entry references, in buckets of seven.
 *
 * <pre>
 *  tags[b]   one word per bucket: seven 8-bit tags (0: empty) and, in the top byte, how many
 *            entries at home in b had to go further, sticking at 255
 *  refs[8b+lane]
 * </pre>
 *
 * To find that nothing is there takes one load of one word. Nothing ever moves: an entry that is
 * there is found by every reader while the writer adds and removes others.
 */
final class BucketIndex {
    private static final VarHandle TAGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final long LOW = 0x0001_0101_0101_0101L;
    private static final long HIGH = 0x0080_8080_8080_8080L;
    private static final int LANES = 7;
    private static final int OVERFLOW_SHIFT = 56;
    private static final int MAX_OVERFLOW = 255;

    private final long[] tags;
    private final int[] refs;
    private final int mask;

    /** Makes room for that many entries at three quarters full. */
    BucketIndex(int entries) {
        long wanted = Math.max(8, ((long) entries * 4 + 3 * LANES - 1) / (3 * LANES));
        int buckets = Integer.highestOneBit((int) Math.min(1 << 28, 2 * wanted - 1));
        tags = new long[buckets];
        refs = new int[buckets * 8];
        mask = buckets - 1;
    }

    /** How many entries fit before the table should grow. */
    int limit() {
        return (int) ((long) tags.length * LANES * 3 / 4);
    }

    int bucket(long hash) {
        return (int) (hash >>> 32) & mask;
    }

    int next(int bucket) {
        return bucket + 1 & mask;
    }

    /** The tags of a bucket, to be read before its references. */
    long tags(int bucket) {
        return (long) TAGS.getAcquire(tags, bucket);
    }

    /**
     * The lanes whose tag is the hash's: the top bit of each lane's byte. A lane above one that
     * matches may be named wrongly; the entry itself decides.
     */
    static long candidates(long tags, long hash) {
        long x = tags ^ tag(hash) * LOW;
        return x - LOW & ~x & HIGH;
    }

    static int lane(long candidates) {
        return Long.numberOfTrailingZeros(candidates) >>> 3;
    }

    static boolean overflowed(long tags) {
        return tags >>> OVERFLOW_SHIFT != 0;
    }

    int ref(int bucket, int lane) {
        return refs[bucket * 8 + lane];
    }

    private static long tag(long hash) {
        long tag = hash & 0xff;
        return tag == 0 ? 0x80 : tag;
    }

    /** Adds an entry that is not there yet. */
    void add(long hash, int ref) {
        int bucket = bucket(hash);
        while (true) {
            long word = tags[bucket];
            long empty = word - LOW & ~word & HIGH;
            if (empty != 0) {
                int lane = lane(empty);
                refs[bucket * 8 + lane] = ref;
                TAGS.setRelease(tags, bucket, word | tag(hash) << 8 * lane);
                return;
            }
            if (word >>> OVERFLOW_SHIFT != MAX_OVERFLOW) {
                TAGS.setRelease(tags, bucket, word + (1L << OVERFLOW_SHIFT));
            }
            bucket = next(bucket);
        }
    }

    /** Removes an entry that is there. */
    void remove(long hash, int ref) {
        int home = bucket(hash);
        int bucket = home;
        int lane = laneOf(bucket, hash, ref);
        while (lane < 0) {
            bucket = next(bucket);
            lane = laneOf(bucket, hash, ref);
        }
        TAGS.setRelease(tags, bucket, tags[bucket] & ~(0xffL << 8 * lane));
        for (int b = home; b != bucket; b = next(b)) {
            if (tags[b] >>> OVERFLOW_SHIFT != MAX_OVERFLOW) {
                TAGS.setRelease(tags, b, tags[b] - (1L << OVERFLOW_SHIFT));
            }
        }
    }

    private int laneOf(int bucket, long hash, int ref) {
        long lanes = candidates(tags[bucket], hash);
        while (lanes != 0) {
            int lane = lane(lanes);
            if (refs[bucket * 8 + lane] == ref) {
                return lane;
            }
            lanes &= lanes - 1;
        }
        return -1;
    }

    long memory() {
        return 8L * tags.length + 4L * refs.length;
    }
}
