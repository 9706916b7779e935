package io.odp4j.flowcache.policy.table;

import io.odp4j.datapath.flow.FlowField;
import java.util.Arrays;

/**
 * The prefixes of one field that the rules of a table ask for, bit by bit: which lengths match a
 * value, and how many of its bits it takes to know.
 *
 * <pre>
 *  node n: child for bit 0 at 2n, for bit 1 at 2n+1 (0: none); count[n] rules end there
 * </pre>
 */
final class PrefixTrie {
    private static final int ROOT = 0;

    private final FlowField field;
    private int[] child = new int[64];
    private int[] count = new int[32];
    private int[] free = new int[16];
    private int freeCount;
    private int nodes = 1;

    PrefixTrie(FlowField field) {
        this.field = field;
    }

    int bits() {
        return field.bits();
    }

    /** Makes the leading bits of the field significant. */
    void unwildcard(int length, long[] wildcards) {
        if (field.bits() < 64) {
            long ones = length == 0 ? 0 : -1L << field.bits() - length;
            wildcards[field.word()] |= ones << field.shift() & field.wordMask();
            return;
        }
        for (int w = 0; w * 64 < length; w++) {
            wildcards[field.word() + w] |= -1L << 64 - Math.min(64, length - w * 64);
        }
    }

    /** The field's prefix length in a mask, 0 if it is not there, -1 if it is no prefix. */
    int lengthIn(long[] mask) {
        int length = 0;
        boolean ended = false;
        for (int i = 0; i < field.words(); i++) {
            long bits = mask[field.word() + i] & field.wordMask();
            int ones = Long.bitCount(bits);
            int width = Math.min(64, field.bits());
            long low = field.wordMask() & -field.wordMask();
            long missing = field.wordMask() & ~bits;
            if ((missing + low & missing) != 0 || ended && ones != 0) {
                return -1;
            }
            length += ones;
            ended = ones < width;
        }
        return length;
    }

    private int bit(long[] words, int index) {
        return field.bits() <= 64
                ? (int) (words[field.word()] >>> field.shift() + field.bits() - 1 - index) & 1
                : (int) (words[field.word() + (index >> 6)] >>> 63 - (index & 63)) & 1;
    }

    void add(long[] value, int length) {
        int node = ROOT;
        for (int i = 0; i < length; i++) {
            int at = 2 * node + bit(value, i);
            if (child[at] == 0) {
                int fresh = allocate();
                child[at] = fresh;
            }
            node = child[at];
        }
        count[node]++;
    }

    void remove(long[] value, int length) {
        remove(ROOT, value, 0, length);
    }

    /** Whether the node is of no more use. */
    private boolean remove(int node, long[] value, int depth, int length) {
        if (depth == length) {
            count[node]--;
        } else {
            int at = 2 * node + bit(value, depth);
            int next = child[at];
            if (remove(next, value, depth + 1, length)) {
                child[at] = 0;
                release(next);
            }
        }
        return node != ROOT && count[node] == 0 && child[2 * node] == 0 && child[2 * node + 1] == 0;
    }

    private int allocate() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (nodes == count.length) {
            count = Arrays.copyOf(count, 2 * nodes);
            child = Arrays.copyOf(child, 4 * nodes);
        }
        return nodes++;
    }

    private void release(int node) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = node;
    }

    /** What a walk with one value found. */
    static final class Walk {
        private long lengthsHigh;
        private long lengthsLow;
        private int bitsNeeded;
        private boolean done;

        void reset() {
            done = false;
        }

        boolean isDone() {
            return done;
        }

        /** Whether a prefix of that length, 1 or more, is the value's. */
        boolean matches(int length) {
            return ((length > 64 ? lengthsHigh >>> length - 65 : lengthsLow >>> length - 1) & 1)
                    != 0;
        }

        /** The next longer length that matches, or 0. */
        int next(int length) {
            if (length < 64) {
                long more = lengthsLow >>> length;
                if (more != 0) {
                    return length + 1 + Long.numberOfTrailingZeros(more);
                }
            }
            int from = Math.max(0, length - 64);
            long more = from == 64 ? 0 : lengthsHigh >>> from;
            return more == 0 ? 0 : 64 + from + 1 + Long.numberOfTrailingZeros(more);
        }

        /** How many leading bits show that no prefix of a length matches. */
        int bitsToExclude(int length) {
            return Math.min(length, bitsNeeded);
        }
    }

    void walk(long[] value, Walk walk) {
        walk.done = true;
        walk.lengthsLow = 0;
        walk.lengthsHigh = 0;
        int node = ROOT;
        int depth = 0;
        int width = field.bits();
        boolean narrow = width <= 64;
        long bits = narrow ? value[field.word()] << 64 - field.shift() - width : 0;
        while (depth < width) {
            int bit = narrow ? (int) (bits >>> 63 - depth) & 1 : bit(value, depth);
            int next = child[2 * node + bit];
            if (next == 0) {
                // Where nothing lies below on either side, there is nothing to look for.
                boolean leaf = child[2 * node] == 0 && child[2 * node + 1] == 0;
                walk.bitsNeeded = leaf ? depth : depth + 1;
                return;
            }
            node = next;
            depth++;
            if (count[node] > 0) {
                if (depth > 64) {
                    walk.lengthsHigh |= 1L << depth - 65;
                } else {
                    walk.lengthsLow |= 1L << depth - 1;
                }
            }
        }
        walk.bitsNeeded = depth;
    }
}
