package io.odp4j.flowcache.policy.table;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.field.RuleKey;
import io.odp4j.flowcache.search.KeyPacker;
import io.odp4j.flowcache.search.MergedSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One table of rules: the rule of highest priority that matches, and the bits of the key that it
 * took to find it.
 *
 * <p>Who asks for those bits is answered mask by mask: a mask is tried stage by stage, and not at
 * all where a prefix trie knows that none of its prefixes is the packet's; what was not looked at
 * stays wildcarded. Who does not is answered by a {@link MergedSearch}, several times faster.
 */
public final class RuleTable {
    private static final FlowField[] PREFIXED = {
        FlowField.NW_SRC,
        FlowField.NW_DST,
        FlowField.IPV6_SRC,
        FlowField.IPV6_DST,
        FlowField.TP_SRC,
        FlowField.TP_DST,
    };

    /** How many of them are addresses, the first ones. */
    static final int ADDRESSES = 4;

    private static final int PORTS = Stage.L4.ordinal();

    /** Changes, beyond one per rule, after which an index that nobody asked is given up. */
    private static final int MAX_CHANGES = 1024;

    private final int number;
    private final Map<Bits, Tuple> byMask = new HashMap<>();
    private final PrefixTrie[] tries = new PrefixTrie[PREFIXED.length];
    private final Conjunctions conjunctions = new Conjunctions();
    private final long[] looksAt = new long[RuleKey.WORDS];
    private TupleIndex index;
    private MergedSearch answers;
    private int changesSinceAnswer;
    private boolean collectSoft;
    private int size;
    private long lookups;
    private long matched;

    /** A mask as a key of a map. */
    private record Bits(long[] words) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bits that && Arrays.equals(words, that.words);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(words);
        }
    }

    RuleTable(int number) {
        this.number = number;
        Arrays.setAll(tries, i -> new PrefixTrie(PREFIXED[i]));
        index = new TupleIndex(byMask.values(), tries, ADDRESSES);
    }

    /**
     * The rule that applies to a key, or null.
     *
     * @param key words of a {@link RuleKey}; conj_id must be 0
     * @param wildcards gets the bits that the answer depends on, of the packet's words; may be null
     */
    public Rule lookup(long[] key, FlowMask wildcards) {
        lookups++;
        Rule found = find(key, wildcards == null ? null : wildcards.words());
        matched += found == null ? 0 : 1;
        return found;
    }

    private Rule find(long[] key, long[] wildcards) {
        conjunctions.clear();
        Rule hard = search(key, wildcards, true);
        if (conjunctions.isEmpty()) {
            return hard;
        }
        int floor = hard == null ? -1 : hard.priority();
        for (long id : conjunctions.complete(floor)) {
            key[RuleKey.CONJ_ID] = id;
            Rule rule = search(key, wildcards, false);
            key[RuleKey.CONJ_ID] = 0;
            if (rule != null && (rule.match().mask()[RuleKey.CONJ_ID] != 0)) {
                return rule;
            }
        }
        return hard;
    }

    private Rule search(long[] key, long[] wildcards, boolean collectSoft) {
        if (wildcards == null) {
            this.collectSoft = collectSoft;
            return answers().lookup(key);
        }
        long[] candidates = index.candidates(key);
        Tuple.Chain best = null;
        int considered = 0;
        for (int w = 0; w < candidates.length; w++) {
            for (long bits = candidates[w]; bits != 0; bits &= bits - 1) {
                int rank = w * 64 + Long.numberOfTrailingZeros(bits);
                if (best != null && index.maxPriority(rank) <= best.priority) {
                    break;
                }
                Tuple tuple = index.ranked(rank);
                Tuple.Chain before = best;
                best = better(best, tuple, tryTuple(tuple, key, wildcards), key, collectSoft);
                considered = best == before ? considered : rank + 1;
            }
        }
        considered = Math.max(considered, index.above(best == null ? -1 : best.priority));
        index.unwildcard(considered, wildcards);
        return best == null ? null : best.rule;
    }

    /** Where to look when nobody asks what it took: made when it is asked for. */
    private MergedSearch answers() {
        changesSinceAnswer = 0;
        if (answers == null) {
            answers = new MergedSearch(new KeyPacker(looksAt), rules(), this::meetSoft);
        }
        return answers;
    }

    private void meetSoft(Rule rule) {
        if (collectSoft) {
            conjunctions.add(rule);
        }
    }

    /** Keeps up, unless nobody has asked for a long time or the rule looks at something new. */
    private void changeAnswers(Rule removed, Rule added) {
        if (answers == null) {
            return;
        }
        if (++changesSinceAnswer > MAX_CHANGES + size || added != null && !answers.takes(added)) {
            answers = null;
            return;
        }
        if (removed != null) {
            answers.remove(removed);
        }
        if (added != null) {
            answers.add(added);
        }
    }

    private Tuple.Chain better(
            Tuple.Chain best, Tuple tuple, Tuple.Chain chain, long[] key, boolean collectSoft) {
        for (Tuple.Chain c = chain; c != null; c = c.next) {
            if (best != null && c.priority <= best.priority) {
                break;
            }
            if (tuple.matches(c, key)) {
                if (!c.soft) {
                    return c;
                }
                if (collectSoft) {
                    conjunctions.add(c.rule);
                }
            }
        }
        return best;
    }

    /** The rules of a mask that may match, if any; what it took to know is made significant. */
    private Tuple.Chain tryTuple(Tuple tuple, long[] key, long[] wildcards) {
        long hash = tuple.group == null ? 0 : tuple.group.hash();
        for (int stage = TupleIndex.firstAlone(tuple); stage <= tuple.lastStage(); stage++) {
            if (!tuple.looksAt(stage)) {
                continue;
            }
            if (stage == PORTS && isExcluded(tuple, key, wildcards)) {
                return null;
            }
            tuple.unwildcard(stage, wildcards);
            hash = tuple.hash(stage, key, hash);
            if (stage < tuple.lastStage() && !tuple.goesOn(stage, hash)) {
                return null;
            }
        }
        return tuple.chain(hash);
    }

    /** Whether a prefix of the ports rules a mask out. */
    private boolean isExcluded(Tuple tuple, long[] key, long[] wildcards) {
        for (int i : tuple.ports) {
            int length = tuple.prefixLengths[i];
            PrefixRows prefixes = index.prefixes(i);
            prefixes.ask(key);
            // Passed by just these bits, too: a packet with others may fail here, and not where
            // this one does.
            prefixes.unwildcard(length, wildcards);
            if (!prefixes.passes(tuple.number, length)) {
                return true;
            }
        }
        return false;
    }

    /** Adds a rule in place of one with the same match and priority, which is returned, or null. */
    Rule add(Rule rule) {
        Bits bits = new Bits(rule.match().mask());
        Tuple tuple = byMask.get(bits);
        if (tuple == null) {
            int[] lengths = new int[tries.length];
            Arrays.setAll(lengths, i -> tries[i].lengthIn(bits.words));
            tuple = new Tuple(bits.words, lengths);
            byMask.put(bits, tuple);
            if (index.isFull()) {
                index = new TupleIndex(byMask.values(), tries, ADDRESSES);
            } else {
                index.add(tuple);
            }
        }
        Rule old = tuple.find(rule);
        if (old != null) {
            tuple.remove(old, index);
        } else {
            size++;
            for (int i = 0; i < tries.length; i++) {
                if (tuple.prefixLengths[i] > 0) {
                    int node = tries[i].add(rule.match().value(), tuple.prefixLengths[i]);
                    index.addPrefix(tuple, i, node);
                }
            }
        }
        int before = tuple.maxPriority();
        tuple.add(rule, index);
        place(tuple, before);
        widen(rule.match().mask());
        changeAnswers(old, rule);
        return old;
    }

    /** Notes which fields are looked at; as a whole, so that it seldom becomes more. */
    private void widen(long[] mask) {
        long fresh = 0;
        for (int w = 0; w < looksAt.length; w++) {
            fresh |= mask[w] & ~looksAt[w];
            looksAt[w] |= mask[w];
        }
        if (fresh == 0) {
            return;
        }
        for (FlowField field : FlowField.values()) {
            for (int w = field.word(); w < field.word() + field.words(); w++) {
                if ((looksAt[w] & field.wordMask()) != 0) {
                    looksAt[w] |= field.wordMask();
                }
            }
        }
    }

    void remove(Rule rule) {
        Tuple tuple = byMask.get(new Bits(rule.match().mask()));
        int before = tuple.maxPriority();
        tuple.remove(rule, index);
        size--;
        for (int i = 0; i < tries.length; i++) {
            if (tuple.prefixLengths[i] > 0) {
                long[] value = rule.match().value();
                int length = tuple.prefixLengths[i];
                index.removePrefix(tuple, i, tries[i].find(value, length));
                tries[i].remove(value, length);
            }
        }
        if (tuple.size() == 0) {
            byMask.remove(new Bits(tuple.mask));
            index.remove(tuple);
        }
        place(tuple, before);
        changeAnswers(rule, null);
    }

    /** Masks are put in order again at the next lookup, if their order may have changed. */
    private void place(Tuple tuple, int before) {
        if (before != tuple.maxPriority()) {
            index.disorder();
        }
    }

    /** The rule with just that match and priority, or null. */
    Rule find(Rule like) {
        Tuple tuple = byMask.get(new Bits(like.match().mask()));
        return tuple == null ? null : tuple.find(like);
    }

    /** Every rule, in no order. */
    public Collection<Rule> rules() {
        List<Rule> rules = new ArrayList<>(size);
        for (Tuple tuple : byMask.values()) {
            tuple.forEach(rules::add);
        }
        return rules;
    }

    public int number() {
        return number;
    }

    public int size() {
        return size;
    }

    /** Distinct masks of the rules. */
    public int maskCount() {
        return byMask.size();
    }

    public long lookups() {
        return lookups;
    }

    /** Lookups that found a rule. */
    public long matched() {
        return matched;
    }
}
