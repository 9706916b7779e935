package io.odp4j.flowcache.policy.table;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.Arrays;

/**
 * Masks that are alike up to the end of a stage, and which of them have a rule that a key's values
 * so far allow: one look for all of them. A mask is a bit of a row, by its number.
 */
final class TupleGroup {
    private final Tuple like;
    private final int stage;

    /** The group, of an earlier stage, of all that are in this one, or null. */
    private final TupleGroup before;

    private final Long2ObjectOpenHashMap<long[]> rows = new Long2ObjectOpenHashMap<>();
    private final long[] members;
    private int size;
    private long hash;

    TupleGroup(Tuple like, int stage, int rowWords) {
        this.like = like;
        this.stage = stage;
        before = like.group;
        members = new long[rowWords];
    }

    /** Whether a mask is alike. */
    boolean takes(Tuple tuple) {
        for (int s = 0; s <= stage; s++) {
            if (!like.isAlike(tuple, s)) {
                return false;
            }
        }
        return true;
    }

    void join(Tuple tuple) {
        members[tuple.number >> 6] |= 1L << tuple.number;
        size++;
    }

    /** Takes a mask without rules out; whether none is left. */
    boolean leave(Tuple tuple) {
        members[tuple.number >> 6] &= ~(1L << tuple.number);
        return --size == 0;
    }

    /** Notes that a mask now has a rule with a hash so far, or has none any more. */
    void set(Tuple tuple, long hash, boolean has) {
        long[] row = rows.get(hash);
        if (row == null) {
            row = new long[members.length];
            rows.put(hash, row);
        }
        if (has) {
            row[tuple.number >> 6] |= 1L << tuple.number;
            return;
        }
        row[tuple.number >> 6] &= ~(1L << tuple.number);
        if (Arrays.stream(row).allMatch(word -> word == 0)) {
            rows.remove(hash);
        }
    }

    /** Of the key that was asked for last, up to the end of the stage. */
    long hash() {
        return hash;
    }

    /** Takes those masks out of a row that no rule lets go on. */
    void exclude(long[] key, long[] left) {
        hash = like.hash(stage, key, before == null ? 0 : before.hash);
        long[] row = rows.get(hash);
        for (int w = 0; w < left.length; w++) {
            left[w] &= ~members[w] | (row == null ? 0 : row[w]);
        }
    }

    /** Makes the bits of the stage significant, if one of the masks in a row looked at them. */
    void unwildcard(long[] asked, long[] wildcards) {
        long any = 0;
        for (int w = 0; w < asked.length; w++) {
            any |= asked[w] & members[w];
        }
        if (any != 0) {
            like.unwildcard(stage, wildcards);
        }
    }
}
