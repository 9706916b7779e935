package io.odp4j.flowcache.policy.table;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;

/**
 * Which masks have a rule with which prefix of a field: a row of bits, one for each mask, at every
 * node of a {@link PrefixTrie}. What a packet's address allows is the rows on its way put together.
 *
 * <p>A row has 512 bits at most. Beyond so many masks some share a bit, and are told apart by the
 * length that they ask for alone; then a mask may pass that could have been ruled out. While no
 * rule changes, a {@link PrefixImage} has all of it ready.
 */
final class PrefixRows {
    private static final int MAX_ROW = 8;
    private static final int BITS_SHIFT = 9;

    private final PrefixTrie trie;
    private final PrefixTrie.Walk walk = new PrefixTrie.Walk();
    private final PrefixImage image;
    private final int words;

    /** Words of a row at a node. */
    private final int row;

    /** The masks that do not ask. */
    private final long[] open;

    /** Per length: the masks that ask for it. */
    private final long[][] byLength;

    /** The lengths that masks ask for, the longest first. */
    private int[] lengths = new int[0];

    private long[] rows;

    /** By node and bit of its row: rules because of which the bit is set. */
    private final Long2IntOpenHashMap uses = new Long2IntOpenHashMap();

    /** Whether the key was asked for, and if so, whether the image answered. */
    private boolean isAsked;

    private boolean isPictured;

    PrefixRows(PrefixTrie trie, int words) {
        this.trie = trie;
        image = new PrefixImage(trie, words);
        this.words = words;
        row = Math.min(words, MAX_ROW);
        rows = new long[16 * row];
        open = new long[words];
        byLength = new long[trie.bits() + 1][];
    }

    /** Takes in a mask, without its rules. */
    void join(int number, int length) {
        image.changed();
        ofLength(length)[number >> 6] |= 1L << number;
    }

    /** Takes out a mask that has no rules. */
    void leave(int number, int length) {
        image.changed();
        ofLength(length)[number >> 6] &= ~(1L << number);
    }

    private long[] ofLength(int length) {
        if (length <= 0) {
            return open;
        }
        if (byLength[length] == null) {
            byLength[length] = new long[words];
            int[] longer = Arrays.copyOf(lengths, lengths.length + 1);
            int at = longer.length - 1;
            while (at > 0 && longer[at - 1] < length) {
                longer[at] = longer[at - 1];
                at--;
            }
            longer[at] = length;
            lengths = longer;
        }
        return byLength[length];
    }

    private int bit(int number) {
        return number & (row << 6) - 1;
    }

    /** Notes that a rule of a mask has the prefix of a node. */
    void add(int number, int node) {
        int bit = bit(number);
        if (uses.addTo((long) node << BITS_SHIFT | bit, 1) == 0) {
            int at = node * row + (bit >> 6);
            if (at >= rows.length) {
                rows = Arrays.copyOf(rows, Math.max(2 * rows.length, at + row));
            }
            rows[at] |= 1L << bit;
            image.changed();
        }
    }

    /** Notes that a rule that had the prefix is gone. */
    void remove(int number, int node) {
        int bit = bit(number);
        long use = (long) node << BITS_SHIFT | bit;
        if (uses.addTo(use, -1) == 1) {
            uses.remove(use);
            rows[node * row + (bit >> 6)] &= ~(1L << bit);
            image.changed();
        }
    }

    /** The next question is about another key. */
    void reset() {
        isAsked = false;
    }

    /** Finds out which prefixes a key has, once. */
    void ask(long[] key) {
        if (isAsked) {
            return;
        }
        isAsked = true;
        isPictured = image.isReady(this);
        if (isPictured) {
            image.find(trie.high(key), trie.low(key));
        } else {
            trie.walk(key, walk);
        }
    }

    boolean isPictured() {
        return isPictured;
    }

    /** Whether a mask that asks for a length may have a rule with a prefix of the key's. */
    boolean passes(int number, int length) {
        if (isPictured) {
            return (image.word(number >> 6) >>> number & 1) != 0;
        }
        return walk.matches(length) && has(number, walk.node(length));
    }

    private boolean has(int number, int node) {
        int bit = bit(number);
        return (rows[node * row + (bit >> 6)] >>> bit & 1) != 0;
    }

    /** Makes significant what shows whether the key has a prefix of a length. */
    void unwildcard(int length, long[] wildcards) {
        int needed = isPictured ? image.bitsNeeded() : walk.bitsNeeded();
        trie.unwildcard(Math.min(length, needed), wildcards);
    }

    /** Copies the row of the masks that do not ask. */
    void openTo(long[] to) {
        System.arraycopy(open, 0, to, 0, words);
    }

    /** Adds, to a row, the masks that a node lets pass. */
    void addTo(long[] to, int node, int depth) {
        long[] asking = byLength[depth];
        for (int w = 0; asking != null && w < words; w++) {
            int at = node * row + (w & MAX_ROW - 1);
            to[w] |= at < rows.length ? rows[at] & asking[w] : 0;
        }
    }

    /** Takes those masks out of a row that have no rule with a prefix of the packet's. */
    void exclude(long[] key, long[] left) {
        long asking = 0;
        for (int w = 0; w < words; w++) {
            asking |= left[w] & ~open[w];
        }
        if (asking == 0) {
            return;
        }
        ask(key);
        for (int w = 0; w < words; w++) {
            if ((left[w] & ~open[w]) != 0) {
                left[w] &= isPictured ? image.word(w) : open[w] | met(w);
            }
        }
    }

    private long met(int w) {
        long met = 0;
        int in = w & MAX_ROW - 1;
        for (int i = 0; i < walk.found(); i++) {
            int length = walk.length(i);
            long[] asking = byLength[length];
            if (asking != null) {
                met |= rows[walk.node(length) * row + in] & asking[w];
            }
        }
        return met;
    }

    /** Makes significant what it took to rule masks out; the key must be the last one. */
    void unwildcard(long[] asked, long[] wildcards) {
        for (int length : lengths) {
            long[] asking = byLength[length];
            long any = 0;
            for (int w = 0; w < words; w++) {
                any |= asking[w] & asked[w];
            }
            if (any != 0) {
                unwildcard(length, wildcards);
                return;
            }
        }
    }
}
