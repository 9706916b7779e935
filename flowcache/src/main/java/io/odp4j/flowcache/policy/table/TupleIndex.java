package io.odp4j.flowcache.policy.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Rules masks out by the dozen, before any is tried by itself: by what the key has in the first
 * stages, for all masks that are alike there, and by the prefixes of its addresses.
 *
 * <p>A mask is a bit of a row. A row that is left after a step is kept, so that afterwards it is
 * known which of the masks that mattered asked for what.
 */
final class TupleIndex {
    /** The stages whose values are looked up for many masks at once. */
    static final int GROUPED = Stage.L2.ordinal();

    private static final int FIRST = 64;

    private final PrefixTrie[] tries;
    private final PrefixTrie.Walk[] walks;
    private final int addresses;
    private final int words;
    private final Tuple[] byNumber;
    private final List<List<TupleGroup>> groups = new ArrayList<>();

    /** Per trie: the masks that do not ask it, and per length those that ask for that. */
    private final long[][] open;

    private final long[][][] byLength;

    /** Per trie: the lengths that masks ask for, the longest first. */
    private final int[][] lengths;

    /** What is left: first of all masks, then after each grouped stage, then after each trie. */
    private final long[][] left;

    private final long[] all;
    private final long[] asked;
    private final long[] ranks;
    private Tuple[] ranked;
    private int size;

    /**
     * An index of some masks, with room for more.
     *
     * @param addresses how many of the tries, the first ones, are asked here
     */
    TupleIndex(
            Collection<Tuple> tuples, PrefixTrie[] tries, PrefixTrie.Walk[] walks, int addresses) {
        this.tries = tries;
        this.walks = walks;
        this.addresses = addresses;
        int capacity = Math.max(FIRST, Integer.highestOneBit(tuples.size()) * 4);
        words = capacity / 64;
        byNumber = new Tuple[capacity];
        open = new long[addresses][words];
        byLength = new long[addresses][][];
        Arrays.setAll(byLength, t -> new long[tries[t].bits() + 1][]);
        lengths = new int[addresses][0];
        left = new long[1 + GROUPED + 1 + addresses][words];
        all = new long[words];
        asked = new long[words];
        ranks = new long[words];
        for (int s = 0; s <= GROUPED; s++) {
            groups.add(new ArrayList<>());
        }
        for (Tuple tuple : tuples) {
            add(tuple);
            tuple.forEach(
                    rule -> tuple.forEachStage(rule, (stage, h) -> set(tuple, stage, h, true)));
        }
    }

    boolean isFull() {
        return size == byNumber.length;
    }

    /** Takes in a mask, without its rules. */
    void add(Tuple tuple) {
        int number = 0;
        while (byNumber[number] != null) {
            number++;
        }
        byNumber[number] = tuple;
        tuple.number = number;
        all[number >> 6] |= 1L << number;
        size++;
        ranked = null;
        for (int s = 0; s <= GROUPED; s++) {
            if (tuple.isChecked(s)) {
                group(tuple, s).join(tuple);
            }
        }
        for (int t = 0; t < addresses; t++) {
            row(t, tuple)[number >> 6] |= 1L << number;
        }
    }

    private long[] row(int trie, Tuple tuple) {
        int length = tuple.prefixLengths[trie];
        if (length <= 0) {
            return open[trie];
        }
        if (byLength[trie][length] == null) {
            byLength[trie][length] = new long[words];
            int[] longer = Arrays.copyOf(lengths[trie], lengths[trie].length + 1);
            int at = longer.length - 1;
            while (at > 0 && longer[at - 1] < length) {
                longer[at] = longer[at - 1];
                at--;
            }
            longer[at] = length;
            lengths[trie] = longer;
        }
        return byLength[trie][length];
    }

    private TupleGroup group(Tuple tuple, int stage) {
        for (TupleGroup group : groups.get(stage)) {
            if (group.takes(tuple)) {
                return group;
            }
        }
        TupleGroup group = new TupleGroup(tuple, stage, words);
        groups.get(stage).add(group);
        return group;
    }

    /** Takes out a mask that has no rules. */
    void remove(Tuple tuple) {
        byNumber[tuple.number] = null;
        all[tuple.number >> 6] &= ~(1L << tuple.number);
        size--;
        ranked = null;
        for (int s = 0; s <= GROUPED; s++) {
            if (tuple.isChecked(s)) {
                TupleGroup group = group(tuple, s);
                if (group.leave(tuple)) {
                    groups.get(s).remove(group);
                }
            }
        }
        for (int t = 0; t < addresses; t++) {
            row(t, tuple)[tuple.number >> 6] &= ~(1L << tuple.number);
        }
    }

    /** Notes that a mask now has a rule with a hash so far, or has none any more. */
    void set(Tuple tuple, int stage, long hash, boolean has) {
        if (stage <= GROUPED) {
            group(tuple, stage).set(tuple, hash, has);
        }
    }

    /** To be told when the highest priority of a mask has changed. */
    void disorder() {
        ranked = null;
    }

    /** The masks, the one with the highest priority first. */
    Tuple[] ranked() {
        if (ranked == null) {
            ranked = Arrays.stream(byNumber).filter(t -> t != null).toArray(Tuple[]::new);
            Arrays.sort(ranked, (a, b) -> Integer.compare(b.maxPriority(), a.maxPriority()));
            for (int r = 0; r < ranked.length; r++) {
                ranked[r].rank = r;
            }
        }
        return ranked;
    }

    /** The ranks of the masks that may match a key, as bits; good until the next call. */
    long[] candidates(long[] key) {
        ranked();
        int step = 0;
        System.arraycopy(all, 0, left[0], 0, words);
        for (int s = 0; s <= GROUPED; s++) {
            long[] now = next(step++);
            for (int g = 0; g < groups.get(s).size(); g++) {
                groups.get(s).get(g).exclude(key, now);
            }
        }
        for (int t = 0; t < addresses; t++) {
            long[] now = next(step++);
            if (lengths[t].length > 0) {
                excludeByPrefix(t, key, now);
            }
        }
        return toRanks(left[step]);
    }

    private long[] next(int step) {
        System.arraycopy(left[step], 0, left[step + 1], 0, words);
        return left[step + 1];
    }

    private void excludeByPrefix(int trie, long[] key, long[] now) {
        walks[trie].reset();
        long asking = 0;
        for (int w = 0; w < words; w++) {
            asking |= now[w] & ~open[trie][w];
        }
        if (asking == 0) {
            return;
        }
        PrefixTrie.Walk walk = walks[trie];
        tries[trie].walk(key, walk);
        for (int w = 0; w < words; w++) {
            long row = open[trie][w];
            for (int length = walk.next(0); length > 0; length = walk.next(length)) {
                long[] with = byLength[trie][length];
                row |= with == null ? 0 : with[w];
            }
            now[w] &= row;
        }
    }

    private long[] toRanks(long[] numbers) {
        Arrays.fill(ranks, 0);
        for (int w = 0; w < words; w++) {
            for (long bits = numbers[w]; bits != 0; bits &= bits - 1) {
                Tuple tuple = byNumber[w * 64 + Long.numberOfTrailingZeros(bits)];
                ranks[tuple.rank >> 6] |= 1L << tuple.rank;
            }
        }
        return ranks;
    }

    /** Makes significant what it took to rule masks out, of the first so many by rank. */
    void unwildcard(int considered, long[] wildcards) {
        Arrays.fill(asked, 0);
        for (int r = 0; r < considered; r++) {
            int number = ranked[r].number;
            asked[number >> 6] |= 1L << number;
        }
        int step = 0;
        for (int s = 0; s <= GROUPED; s++) {
            for (int g = 0; g < groups.get(s).size(); g++) {
                groups.get(s).get(g).unwildcard(asked, wildcards);
            }
            keep(left[++step]);
        }
        for (int t = 0; t < addresses; t++) {
            int length = longest(t);
            if (length > 0) {
                tries[t].unwildcard(walks[t].bitsToExclude(length), wildcards);
            }
            keep(left[++step]);
        }
    }

    private void keep(long[] row) {
        for (int w = 0; w < words; w++) {
            asked[w] &= row[w];
        }
    }

    /** The longest prefix that the masks asked for. */
    private int longest(int trie) {
        for (int length : lengths[trie]) {
            long[] row = byLength[trie][length];
            for (int w = 0; w < words; w++) {
                if ((row[w] & asked[w]) != 0) {
                    return length;
                }
            }
        }
        return 0;
    }
}
