package io.odp4j.flowcache.policy.table;

import java.util.Arrays;

/** Rows of bits, each kept once, by number. */
final class RowStore {
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private final int words;
    private long[] rows;
    private int count;

    /** By hash: one more than the number of a row, 0 for none; half of it is free. */
    private int[] index = new int[64];

    private long[][] scratch = new long[8][];

    RowStore(int words) {
        this.words = words;
        rows = new long[16 * words];
    }

    void clear() {
        count = 0;
        Arrays.fill(index, 0);
    }

    /** A row to work in, one for each level of nesting. */
    long[] scratch(int level) {
        if (level >= scratch.length) {
            scratch = Arrays.copyOf(scratch, 2 * level);
        }
        if (scratch[level] == null) {
            scratch[level] = new long[words];
        }
        return scratch[level];
    }

    /** The number of a row, which is kept if it is new. */
    int number(long[] row) {
        int at = place(row);
        while (index[at] != 0) {
            int known = (index[at] - 1) * words;
            if (Arrays.equals(rows, known, known + words, row, 0, words)) {
                return index[at] - 1;
            }
            at = at + 1 & index.length - 1;
        }
        if (2 * count >= index.length) {
            grow();
            return number(row);
        }
        if ((count + 1) * words > rows.length) {
            rows = Arrays.copyOf(rows, 2 * rows.length);
        }
        System.arraycopy(row, 0, rows, count * words, words);
        index[at] = ++count;
        return count - 1;
    }

    private int place(long[] row) {
        long h = 0;
        for (long word : row) {
            h = (h ^ word) * MULTIPLIER;
            h ^= h >>> 29;
        }
        return (int) (h >>> 32) & index.length - 1;
    }

    private void grow() {
        index = new int[2 * index.length];
        long[] row = new long[words];
        for (int n = 0; n < count; n++) {
            copy(n, row);
            int at = place(row);
            while (index[at] != 0) {
                at = at + 1 & index.length - 1;
            }
            index[at] = n + 1;
        }
    }

    void copy(int number, long[] to) {
        System.arraycopy(rows, number * words, to, 0, words);
    }

    long word(int number, int w) {
        return rows[number * words + w];
    }
}
