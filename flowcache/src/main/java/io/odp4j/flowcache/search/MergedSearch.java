package io.odp4j.flowcache.search;

import io.odp4j.flowcache.rule.Rule;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds the rule of highest priority that matches a key, and nothing but that: which bits it took
 * is not known.
 *
 * <p>Tuple search needs a table per mask. Here masks are merged: a table looks at the bits that the
 * masks of many rules share, and its buckets hold few rules, or a group of further tables for those
 * alone. Tables are looked into by their highest priority, until what was found is higher. A lookup
 * allocates nothing. One thread's.
 */
public final class MergedSearch {
    private final KeyPacker packer;
    private final RuleRecords records;
    private final MergedChanges changes;
    private final MergedGroup root;
    private final Map<Rule, Integer> recordOf = new IdentityHashMap<>();
    private final Consumer<Rule> softRules;
    private final long[] packed;
    private final boolean narrow;

    /**
     * A search among some rules.
     *
     * @param packer covers all of their masks
     * @param softRules given the rules of conjunctions that match and may outrank the answer
     */
    public MergedSearch(KeyPacker packer, Collection<Rule> rules, Consumer<Rule> softRules) {
        this.packer = packer;
        this.softRules = softRules;
        this.records = new RuleRecords(packer);
        this.changes = new MergedChanges(records, packer);
        this.packed = new long[packer.words()];
        this.narrow = packer.words() == 2;
        int[] members = new int[rules.size()];
        int n = 0;
        for (Rule rule : rules) {
            members[n++] = records.add(rule);
        }
        root = changes.build(members, n);
        changes.renumber(root);
        for (int record = 1; record < records.end(); record++) {
            recordOf.put(records.rule(record), record);
        }
    }

    /** Whether a rule can be added: all bits of its mask are packed. */
    public boolean takes(Rule rule) {
        return packer.covers(rule.match().mask());
    }

    public void add(Rule rule) {
        int record = records.add(rule);
        recordOf.put(rule, record);
        changes.add(root, record);
    }

    /** Takes out a rule that was added, that very object. */
    public void remove(Rule rule) {
        int record = recordOf.remove(rule);
        changes.remove(root, record);
        records.release(record);
    }

    /** The rule that applies to a key, or null. */
    public Rule lookup(long[] key) {
        packer.pack(key, packed);
        long found = search(root, packed[0], packed[1], 0);
        return found == 0 ? null : records.rule((int) found);
    }

    /**
     * The best record, its rank above it; what is no better than the best so far is passed over.
     */
    private long search(MergedGroup group, long key0, long key1, long from) {
        long best = from;
        for (MergedTable table = group.first; table != null; table = table.next) {
            if (table.rank <= (int) (best >>> 32)) {
                break;
            }
            long slot = table.find(table.hash(key0, key1, packed));
            int there = (int) slot;
            if (MergedTable.rank(slot) <= (int) (best >>> 32)) {
                continue;
            }
            if (there > 0) {
                best = chain(there, key0, key1, best);
            } else if (there < 0) {
                best = search(table.groups[~there], key0, key1, best);
            }
        }
        return group.rest == 0 ? best : chain(group.rest, key0, key1, best);
    }

    private long chain(int head, long key0, long key1, long best) {
        long[] words = records.words();
        int stride = records.stride;
        int record = head;
        while (record != 0) {
            int at = record * stride;
            long header = words[at];
            int rank = RuleRecords.rank(header);
            if (rank <= (int) (best >>> 32)) {
                return best;
            }
            long differ =
                    (key0 ^ words[at + 1]) & words[at + 2] | (key1 ^ words[at + 3]) & words[at + 4];
            if (differ == 0 && (narrow || restMatches(words, at))) {
                if (!RuleRecords.soft(header)) {
                    return (long) rank << 32 | record;
                }
                softRules.accept(records.rule(record));
            }
            record = RuleRecords.next(header);
        }
        return best;
    }

    private boolean restMatches(long[] words, int at) {
        long differ = 0;
        for (int w = 2; w < packed.length; w++) {
            differ |= (packed[w] ^ words[at + 1 + 2 * w]) & words[at + 2 + 2 * w];
        }
        return differ == 0;
    }

    /** Bytes of records and tables, about. */
    public long memory() {
        return records.memory() + root.memory();
    }
}
