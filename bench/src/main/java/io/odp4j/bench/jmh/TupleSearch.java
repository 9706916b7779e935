package io.odp4j.bench.jmh;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The baseline: naive tuple search as the kernel does it, one hash table per mask, every mask tried
 * in turn. Flat tables, no removal, no statistics.
 */
final class TupleSearch {
    private final List<Table> tables = new ArrayList<>();

    /** Finds the number given to the entry that matches, or -1. */
    int lookup(FlowKey key) {
        long[] words = key.words();
        for (int i = 0; i < tables.size(); i++) {
            int found = tables.get(i).lookup(words);
            if (found >= 0) {
                return found;
            }
        }
        return -1;
    }

    void insert(FlowKey key, FlowMask mask, int number) {
        for (Table table : tables) {
            if (table.mask.equals(mask)) {
                table.insert(key.words(), number);
                return;
            }
        }
        tables.add(new Table(mask));
        insert(key, mask, number);
    }

    private static final class Table {
        private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
        private final FlowMask mask;
        private final int[] word;
        private final long[] bits;
        private long[] keys;
        private int[] numbers;
        private int size;

        Table(FlowMask mask) {
            this.mask = mask;
            word =
                    java.util.stream.IntStream.range(0, FlowKey.WORDS)
                            .filter(w -> mask.words()[w] != 0)
                            .toArray();
            bits = Arrays.stream(word).mapToLong(w -> mask.words()[w]).toArray();
            allocate(16);
        }

        private void allocate(int slots) {
            keys = new long[slots * word.length];
            numbers = new int[slots];
            Arrays.fill(numbers, -1);
        }

        private int slot(long[] key) {
            long h = 0;
            for (int i = 0; i < word.length; i++) {
                h = ((key[word[i]] & bits[i]) ^ h) * MULTIPLIER;
                h ^= h >>> 32;
            }
            return (int) h & numbers.length - 1;
        }

        private boolean same(int slot, long[] key) {
            long differ = 0;
            for (int i = 0; i < word.length; i++) {
                differ |= key[word[i]] & bits[i] ^ keys[slot * word.length + i];
            }
            return differ == 0;
        }

        int lookup(long[] key) {
            int slot = slot(key);
            while (numbers[slot] >= 0) {
                if (same(slot, key)) {
                    return numbers[slot];
                }
                slot = slot + 1 & numbers.length - 1;
            }
            return -1;
        }

        void insert(long[] key, int number) {
            if (2 * (size + 1) > numbers.length) {
                grow();
            }
            int slot = slot(key);
            while (numbers[slot] >= 0 && !same(slot, key)) {
                slot = slot + 1 & numbers.length - 1;
            }
            size += numbers[slot] < 0 ? 1 : 0;
            numbers[slot] = number;
            for (int i = 0; i < word.length; i++) {
                keys[slot * word.length + i] = key[word[i]] & bits[i];
            }
        }

        private void grow() {
            long[] oldKeys = keys;
            int[] old = numbers;
            allocate(2 * old.length);
            size = 0;
            long[] key = new long[FlowKey.WORDS];
            for (int s = 0; s < old.length; s++) {
                if (old[s] >= 0) {
                    for (int i = 0; i < word.length; i++) {
                        key[word[i]] = oldKeys[s * word.length + i];
                    }
                    insert(key, old[s]);
                }
            }
        }
    }
}
