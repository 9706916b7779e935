package io.odp4j.flowcache;

/**
 * An entry that a key may match, on its way through a batch: a number, so that a batch needs no
 * memory but that of its results.
 *
 * <pre>
 *  bits 32..63   the mask's id
 *        0..31   1 + a place in the index, then 1 + a reference; all ones: not what was looked for
 * </pre>
 *
 * Zero is {@link MegaflowCache#MISS}.
 */
final class Candidate {
    private static final long LOW = 0xffff_ffffL;

    private Candidate() {}

    static long of(int maskId, int place) {
        return (long) maskId << 32 | place + 1L;
    }

    static int maskId(long candidate) {
        return (int) (candidate >>> 32);
    }

    /** The place or the reference. */
    static int place(long candidate) {
        return (int) candidate - 1;
    }

    static boolean isWrong(long candidate) {
        return (candidate & LOW) == LOW;
    }

    /** Takes the reference that stands at the place in the index. */
    static long withRef(long candidate, BucketIndex buckets) {
        return candidate == MegaflowCache.MISS
                ? candidate
                : of(maskId(candidate), buckets.refAt(place(candidate)));
    }

    /** The same, known to be wrong if the entry has another mask. */
    static long ifItsMask(long candidate, EntryStore store) {
        if (candidate == MegaflowCache.MISS) {
            return candidate;
        }
        int ref = place(candidate);
        long[] chunk = store.chunk(ref);
        boolean its =
                chunk != null
                        && EntryStore.maskId(EntryStore.header(chunk, EntryStore.offset(ref)))
                                == maskId(candidate);
        return its ? candidate : candidate | LOW;
    }
}
