package io.odp4j.flowcache.policy.table;

import java.util.Arrays;

/**
 * Prefixes of one field, and what they allow, as a list of ranges in rising order: a value is in
 * one range, found by its first bits, and there is all that it is asked for. It is a picture of a
 * {@link PrefixTrie} and its rows as they were: made when as many walks were taken since the last
 * change as it costs, given up at the next change.
 *
 * <p>A range begins where a prefix begins, or where one within another ends. All of its values have
 * the same prefixes, of which the longest is noted. How many bits show that a value has no longer
 * one is to be seen from the range's ends alone: no prefix has more bits alike with it than one at
 * an end.
 *
 * <pre>
 *  slot, per value of the first bits   first range that begins there (32 bits)
 *                                      where its finer slots begin, 0 if it has none (32 bits)
 *  finer slots, of a crowded slot      how many of the next bits tell them apart; the first range
 *                                      that begins in each; the first one that begins behind them
 * </pre>
 */
final class PrefixImage {
    private static final int MIN_NODES = 16;
    private static final int MAX_BITS = 16;

    /** How many nodes are drawn in the time of a walk, as a power of two. */
    private static final int NODES_PER_WALK = 2;

    /** More ranges in a slot than this, and it gets finer slots. */
    private static final int CROWD = 6;

    private static final int LENGTH_BITS = 8;

    private final PrefixTrie trie;
    private final RowStore rows;

    /** Where ranges begin, the field's topmost bit in the word's. */
    private long[] starts = new long[64];

    /** The further 64 bits of a field that has them, or null. */
    private long[] lows;

    /** Per range: number of its row, above the length of its longest prefix. */
    private int[] ranges = new int[64];

    private int count;
    private long[] slots = new long[0];
    private int[] finer = new int[64];
    private int finerEnd;
    private int bits;
    private boolean isReady;
    private int walks;

    private int row;
    private int bitsNeeded;

    PrefixImage(PrefixTrie trie, int rowWords) {
        this.trie = trie;
        rows = new RowStore(rowWords);
        lows = trie.bits() > Long.SIZE ? new long[64] : null;
    }

    /** The trie or a row is no longer as it was. */
    void changed() {
        isReady = false;
        walks = 0;
    }

    /** Whether it can be used; makes it if it is time to. */
    boolean isReady(PrefixRows of) {
        if (!isReady && trie.nodes() >= MIN_NODES && ++walks >= trie.nodes() >> NODES_PER_WALK) {
            make(of);
        }
        return isReady;
    }

    private void make(PrefixRows of) {
        count = 0;
        rows.clear();
        long[] own = rows.scratch(0);
        of.openTo(own);
        draw(of, PrefixTrie.ROOT, rows.number(own) << LENGTH_BITS, 0);
        int log = Integer.SIZE - Integer.numberOfLeadingZeros(count);
        bits = Math.min(Math.min(MAX_BITS, log), trie.bits());
        if (slots.length != (1 << bits) + 1) {
            slots = new long[(1 << bits) + 1];
        }
        finerEnd = 1;
        int at = 0;
        for (int slot = 0; slot < slots.length; slot++) {
            int first = at;
            while (at < count && starts[at] >>> Long.SIZE - bits == slot) {
                at++;
            }
            slots[slot] = (long) refine(first, at) << 32 | first;
        }
        isReady = true;
    }

    /** Draws the ranges of a node's values, within a prefix whose range is given. */
    private void draw(PrefixRows of, int node, int outer, int nested) {
        int depth = trie.depth(node);
        int range = outer;
        int level = nested;
        if (trie.count(node) > 0 || node == PrefixTrie.ROOT) {
            long[] own = rows.scratch(++level);
            rows.copy(outer >>> LENGTH_BITS, own);
            of.addTo(own, node, depth);
            range = rows.number(own) << LENGTH_BITS | depth;
            begin(trie.top(node), trie.bottom(node), range);
        }
        for (int bit = 0; bit <= 1; bit++) {
            int child = trie.child(node, bit);
            if (child != 0) {
                draw(of, child, range, level);
            }
        }
        if (range != outer && depth > 0) {
            end(trie.top(node), trie.bottom(node), depth, outer);
        }
    }

    private void begin(long high, long low, int range) {
        if (count > 0 && starts[count - 1] == high && (lows == null || lows[count - 1] == low)) {
            ranges[count - 1] = range;
            return;
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ranges = Arrays.copyOf(ranges, 2 * count);
            lows = lows == null ? null : Arrays.copyOf(lows, 2 * count);
        }
        starts[count] = high;
        if (lows != null) {
            lows[count] = low;
        }
        ranges[count++] = range;
    }

    /** After the last value of a prefix, if any is left there, begins what is around it. */
    private void end(long high, long low, int length, int outer) {
        if (length <= Long.SIZE) {
            long next = high + (1L << Long.SIZE - length);
            if (next != 0) {
                begin(next, 0, outer);
            }
            return;
        }
        long nextLow = low + (1L << 2 * Long.SIZE - length);
        long next = nextLow == 0 ? high + 1 : high;
        if (next != 0 || nextLow != 0) {
            begin(next, nextLow, outer);
        }
    }

    /** Makes finer slots for the ranges that begin in a slot; where they are, 0 for none. */
    private int refine(int first, int end) {
        if (end - first <= CROWD || bits == trie.bits()) {
            return 0;
        }
        int log = Integer.SIZE - Integer.numberOfLeadingZeros(end - first);
        int more = Math.min(log, Math.min(trie.bits(), Long.SIZE) - bits);
        int at = finerEnd;
        finerEnd += 2 + (1 << more);
        if (finerEnd > finer.length) {
            finer = Arrays.copyOf(finer, Math.max(finerEnd, 2 * finer.length));
        }
        finer[at] = more;
        int next = first;
        for (int i = 0; i < 1 << more; i++) {
            finer[at + 1 + i] = next;
            while (next < end && starts[next] << bits >>> Long.SIZE - more == i) {
                next++;
            }
        }
        finer[finerEnd - 1] = end;
        return at;
    }

    /** Finds the range of a value, given as its first 64 bits and the others. */
    void find(long high, long low) {
        int slot = (int) (high >>> Long.SIZE - bits);
        long entry = slots[slot];
        int from = (int) entry;
        int to = (int) slots[slot + 1];
        int fine = (int) (entry >>> 32);
        if (fine != 0) {
            fine += 1 + (int) (high << bits >>> Long.SIZE - finer[fine]);
            from = finer[fine];
            to = finer[fine + 1];
        }
        while (to - from > CROWD) {
            int middle = from + to >>> 1;
            if (isBehind(middle, high, low)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        while (from < to && !isBehind(from, high, low)) {
            from++;
        }
        int range = from - 1;
        row = ranges[range] >>> LENGTH_BITS;
        int alike = -1;
        if (range > 0) {
            boolean borrow = lows == null || lows[range] == 0;
            long before = borrow ? starts[range] - 1 : starts[range];
            alike = alike(before, lows == null ? 0 : lows[range] - 1, high, low);
        }
        if (from < count) {
            alike = Math.max(alike, alike(starts[from], lows == null ? 0 : lows[from], high, low));
        }
        bitsNeeded = Math.max(ranges[range] & (1 << LENGTH_BITS) - 1, alike + 1);
    }

    private boolean isBehind(int range, long high, long low) {
        int order = Long.compareUnsigned(starts[range], high);
        return order > 0
                || order == 0 && lows != null && Long.compareUnsigned(lows[range], low) > 0;
    }

    private static int alike(long high, long low, long otherHigh, long otherLow) {
        long differ = high ^ otherHigh;
        return differ != 0
                ? Long.numberOfLeadingZeros(differ)
                : Long.SIZE + Long.numberOfLeadingZeros(low ^ otherLow);
    }

    /** A word of the row of the value that was found last: the masks that may match it. */
    long word(int w) {
        return rows.word(row, w);
    }

    /** How many leading bits of the value it took to know its prefixes. */
    int bitsNeeded() {
        return bitsNeeded;
    }
}
