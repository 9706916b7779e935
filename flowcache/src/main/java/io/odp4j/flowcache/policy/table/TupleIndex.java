package io.odp4j.flowcache.policy.table;

import io.odp4j.flowcache.rule.Rule;
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

    private final PrefixRows[] prefixes;
    private final int addresses;
    private final int words;
    private final Tuple[] byNumber;
    private final List<List<TupleGroup>> groups = new ArrayList<>();

    /** What is left: first of all masks, then after each grouped stage, then after each trie. */
    private final long[][] left;

    private final long[] all;
    private final long[] asked;
    private Ranking ranking;
    private int size;

    /**
     * An index of some masks, with room for more.
     *
     * @param addresses how many of the tries, the first ones, are asked here
     */
    TupleIndex(Collection<Tuple> tuples, PrefixTrie[] tries, int addresses) {
        this.addresses = addresses;
        words = tuples.size() / 64 + 1 + tuples.size() / 256;
        byNumber = new Tuple[64 * words];
        prefixes = new PrefixRows[tries.length];
        Arrays.setAll(prefixes, t -> new PrefixRows(tries[t], words));
        left = new long[1 + GROUPED + 1 + addresses][words];
        all = new long[words];
        asked = new long[words];
        for (int s = 0; s <= GROUPED; s++) {
            groups.add(new ArrayList<>());
        }
        for (Tuple tuple : tuples) {
            add(tuple);
            tuple.forEach(
                    rule -> {
                        tuple.forEachStage(rule, (stage, h) -> set(tuple, stage, h, true));
                        addPrefixes(tuple, rule, tries);
                    });
        }
    }

    private void addPrefixes(Tuple tuple, Rule rule, PrefixTrie[] tries) {
        for (int t = 0; t < tries.length; t++) {
            int length = tuple.prefixLengths[t];
            if (length > 0) {
                addPrefix(tuple, t, tries[t].find(rule.match().value(), length));
            }
        }
    }

    /** Notes that a rule of a mask has the prefix of a node of a trie. */
    void addPrefix(Tuple tuple, int trie, int node) {
        prefixes[trie].add(tuple.number, node);
    }

    /** Notes that a rule that had the prefix is gone. */
    void removePrefix(Tuple tuple, int trie, int node) {
        prefixes[trie].remove(tuple.number, node);
    }

    /** What the prefixes of a trie's field rule out. */
    PrefixRows prefixes(int trie) {
        return prefixes[trie];
    }

    /** The first stage that is not looked up for many masks at once. */
    static int firstAlone(Tuple tuple) {
        return Math.min(GROUPED + 1, tuple.lastStage());
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
        tuple.group = null;
        all[number >> 6] |= 1L << number;
        size++;
        ranking = null;
        for (int s = 0; s <= GROUPED; s++) {
            if (tuple.isChecked(s)) {
                TupleGroup group = group(tuple, s);
                group.join(tuple);
                tuple.group = group;
            }
        }
        for (int t = 0; t < prefixes.length; t++) {
            prefixes[t].join(number, tuple.prefixLengths[t]);
        }
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
        ranking = null;
        for (int s = 0; s <= GROUPED; s++) {
            if (tuple.isChecked(s)) {
                TupleGroup group = group(tuple, s);
                if (group.leave(tuple)) {
                    groups.get(s).remove(group);
                }
            }
        }
        for (int t = 0; t < prefixes.length; t++) {
            prefixes[t].leave(tuple.number, tuple.prefixLengths[t]);
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
        ranking = null;
    }

    /** The mask of a rank, the one with the highest priority first. */
    Tuple ranked(int rank) {
        return ranking.tuple(rank);
    }

    int maxPriority(int rank) {
        return ranking.maxPriority(rank);
    }

    /** How many masks have a rule of a priority above that. */
    int above(int priority) {
        return ranking.above(priority);
    }

    /** The ranks of the masks that may match a key, as bits; good until the next call. */
    long[] candidates(long[] key) {
        if (ranking == null) {
            ranking = new Ranking(byNumber, words);
        }
        for (PrefixRows rows : prefixes) {
            rows.reset();
        }
        int step = 0;
        System.arraycopy(all, 0, left[0], 0, words);
        for (int s = 0; s <= GROUPED; s++) {
            long[] now = next(step++);
            for (int g = 0; g < groups.get(s).size(); g++) {
                groups.get(s).get(g).exclude(key, now);
            }
        }
        for (int t = 0; t < addresses; t++) {
            prefixes[t].exclude(key, next(step++));
        }
        return ranking.toRanks(left[step]);
    }

    private long[] next(int step) {
        System.arraycopy(left[step], 0, left[step + 1], 0, words);
        return left[step + 1];
    }

    /** Makes significant what it took to rule masks out, of the first so many by rank. */
    void unwildcard(int considered, long[] wildcards) {
        ranking.first(considered, asked);
        int step = 0;
        for (int s = 0; s <= GROUPED; s++) {
            for (int g = 0; g < groups.get(s).size(); g++) {
                groups.get(s).get(g).unwildcard(asked, wildcards);
            }
            keep(left[++step]);
        }
        for (int t = 0; t < addresses; t++) {
            prefixes[t].unwildcard(asked, wildcards);
            keep(left[++step]);
        }
    }

    private void keep(long[] row) {
        for (int w = 0; w < words; w++) {
            asked[w] &= row[w];
        }
    }
}
