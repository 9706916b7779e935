package io.odp4j.flowcache.policy;

import java.util.Arrays;

/**
 * The masks of a table in the order of their highest priority, and which of them the prefix tries
 * leave: a row of bits per trie and prefix length, a bit per mask.
 */
final class TupleRanking {
    final Tuple[] ranked;
    private final int words;

    /** Per trie: the masks that do not ask it, and per length those that ask for that. */
    private final long[][] open;

    private final long[][][] byLength;
    private final boolean[] used;
    private final long[] left;
    private final long[] row;

    TupleRanking(Tuple[] ranked, PrefixTrie[] tries) {
        this.ranked = ranked;
        words = (ranked.length + 63) / 64;
        open = new long[tries.length][words];
        byLength = new long[tries.length][][];
        used = new boolean[tries.length];
        left = new long[words];
        row = new long[words];
        for (int t = 0; t < tries.length; t++) {
            byLength[t] = new long[tries[t].field().bits() + 1][];
            for (int i = 0; i < ranked.length; i++) {
                int length = ranked[i].prefixLengths[t];
                used[t] |= length > 0;
                long[] to = open[t];
                if (length > 0) {
                    if (byLength[t][length] == null) {
                        byLength[t][length] = new long[words];
                    }
                    to = byLength[t][length];
                }
                to[i >> 6] |= 1L << i;
            }
        }
    }

    /** The masks that no trie rules out for a key: good until the next call. */
    long[] candidates(PrefixTrie[] tries, PrefixTrie.Walk[] walks, long[] key) {
        Arrays.fill(left, -1L);
        if (words > 0 && (ranked.length & 63) != 0) {
            left[words - 1] = (1L << ranked.length) - 1;
        }
        for (int t = 0; t < tries.length; t++) {
            if (!used[t]) {
                continue;
            }
            tries[t].walk(key, walks[t]);
            System.arraycopy(open[t], 0, row, 0, words);
            for (int length = walks[t].next(0); length > 0; length = walks[t].next(length)) {
                long[] with = byLength[t][length];
                if (with != null) {
                    for (int w = 0; w < words; w++) {
                        row[w] |= with[w];
                    }
                }
            }
            for (int w = 0; w < words; w++) {
                left[w] &= row[w];
            }
        }
        return left;
    }
}
