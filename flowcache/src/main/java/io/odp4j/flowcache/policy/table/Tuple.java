package io.odp4j.flowcache.policy.table;

import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.field.RuleKey;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The rules of a table that share a mask: a hash table, and a set of hashes per earlier stage. */
final class Tuple {
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
    private static final int STAGES = Stage.values().length;

    final long[] mask;

    /** Which bit of a row of {@link TupleIndex} it is. */
    int number;

    /** How many masks have a higher priority. */
    int rank;

    /** Per prefix trie: the length that this mask asks for, 0 or less if none. */
    final int[] prefixLengths;

    /** Per stage: the tries that have a say in it. */
    final int[][] triesOf = new int[STAGES][];

    private final int[] allWords;
    private final long[] allBits;
    private final int[][] words = new int[STAGES][];
    private final long[][] bits = new long[STAGES][];
    private final int lastStage;
    private final Long2IntOpenHashMap[] seen = new Long2IntOpenHashMap[STAGES];
    private final Long2ObjectOpenHashMap<Chain> chains = new Long2ObjectOpenHashMap<>();
    private final TreeMap<Integer, Integer> priorities = new TreeMap<>();
    private int maxPriority = -1;
    private int size;

    /** Rules of equal match, the highest priority first, and of equal hash. */
    static final class Chain {
        final Rule rule;
        final boolean soft;
        Chain next;

        Chain(Rule rule) {
            this.rule = rule;
            this.soft = rule.isSoft();
        }
    }

    Tuple(long[] mask, int[] prefixLengths) {
        this.mask = mask;
        this.prefixLengths = prefixLengths;
        allWords = IntStream.range(0, RuleKey.WORDS).filter(w -> mask[w] != 0).toArray();
        allBits = Arrays.stream(allWords).mapToLong(w -> mask[w]).toArray();
        int last = 0;
        for (Stage stage : Stage.values()) {
            int n = 0;
            int[] w = new int[RuleKey.WORDS];
            long[] b = new long[RuleKey.WORDS];
            for (int i = 0; i < RuleKey.WORDS; i++) {
                long here = mask[i] & stage.bits(i);
                if (here != 0) {
                    w[n] = i;
                    b[n++] = here;
                }
            }
            triesOf[stage.ordinal()] =
                    IntStream.range(0, prefixLengths.length)
                            .filter(t -> prefixLengths[t] > 0 && RuleTable.stageOf(t) == stage)
                            .toArray();
            words[stage.ordinal()] = Arrays.copyOf(w, n);
            bits[stage.ordinal()] = Arrays.copyOf(b, n);
            if (n > 0) {
                last = stage.ordinal();
            }
        }
        lastStage = last;
        for (int s = 0; s < last; s++) {
            seen[s] = new Long2IntOpenHashMap();
        }
    }

    int lastStage() {
        return lastStage;
    }

    boolean looksAt(int stage) {
        return words[stage].length > 0;
    }

    /** Goes on with a hash through the bits of a stage. */
    long hash(int stage, long[] key, long from) {
        long h = from;
        int[] w = words[stage];
        long[] b = bits[stage];
        for (int i = 0; i < w.length; i++) {
            h = (h ^ key[w[i]] & b[i]) * MULTIPLIER;
            h ^= h >>> 29;
        }
        return h;
    }

    /** The hash at the end of a stage. */
    long hashUpTo(int stage, long[] key) {
        long h = 0;
        for (int s = 0; s <= stage; s++) {
            h = hash(s, key, h);
        }
        return h;
    }

    /** Whether what a stage looks at is looked up before the last stage. */
    boolean isChecked(int stage) {
        return stage < lastStage && looksAt(stage);
    }

    /** Whether another mask looks at the same in a stage. */
    boolean isAlike(Tuple other, int stage) {
        return Arrays.equals(words[stage], other.words[stage])
                && Arrays.equals(bits[stage], other.bits[stage]);
    }

    /** Called with the hash of a rule at the end of each stage that is checked. */
    @FunctionalInterface
    interface StageVisitor {
        void visit(int stage, long hash);
    }

    void forEachStage(Rule rule, StageVisitor visitor) {
        for (int s = 0; s < lastStage; s++) {
            if (looksAt(s)) {
                visitor.visit(s, hashUpTo(s, rule.match().value()));
            }
        }
    }

    /** Makes the bits of a stage significant, those of the packet. */
    void unwildcard(int stage, long[] wildcards) {
        int[] w = words[stage];
        long[] b = bits[stage];
        for (int i = 0; i < w.length; i++) {
            if (RuleKey.isOfPacket(w[i])) {
                wildcards[w[i]] |= b[i];
            }
        }
    }

    /** Whether a rule can still match after a stage that is not the last. */
    boolean goesOn(int stage, long hash) {
        return seen[stage].containsKey(hash);
    }

    Chain chain(long hash) {
        return chains.get(hash);
    }

    /** Whether a key is as one of this mask's rules asks. */
    boolean matches(Rule rule, long[] key) {
        long[] value = rule.match().value();
        long differ = 0;
        for (int i = 0; i < allWords.length; i++) {
            differ |= key[allWords[i]] & allBits[i] ^ value[allWords[i]];
        }
        return differ == 0;
    }

    private long hashAll(long[] key) {
        return hashUpTo(lastStage, key);
    }

    int maxPriority() {
        return maxPriority;
    }

    int size() {
        return size;
    }

    /** The rule of just that match and priority, or null. */
    Rule find(Rule like) {
        for (Chain c = chains.get(hashAll(like.match().value())); c != null; c = c.next) {
            if (c.rule.priority() == like.priority() && c.rule.match().equals(like.match())) {
                return c.rule;
            }
        }
        return null;
    }

    void forEach(Consumer<Rule> visitor) {
        for (Chain first : chains.values()) {
            for (Chain c = first; c != null; c = c.next) {
                visitor.accept(c.rule);
            }
        }
    }

    void add(Rule rule, TupleIndex index) {
        long[] value = rule.match().value();
        long h = 0;
        for (int s = 0; s <= lastStage; s++) {
            h = hash(s, value, h);
            if (s < lastStage) {
                if (seen[s].addTo(h, 1) == 0 && looksAt(s)) {
                    index.set(this, s, h, true);
                }
            }
        }
        Chain fresh = new Chain(rule);
        Chain first = chains.get(h);
        if (first == null || first.rule.priority() < rule.priority()) {
            fresh.next = first;
            chains.put(h, fresh);
        } else {
            Chain at = first;
            while (at.next != null && at.next.rule.priority() >= rule.priority()) {
                at = at.next;
            }
            fresh.next = at.next;
            at.next = fresh;
        }
        priorities.merge(rule.priority(), 1, Integer::sum);
        maxPriority = priorities.lastKey();
        size++;
    }

    void remove(Rule rule, TupleIndex index) {
        long[] value = rule.match().value();
        long h = 0;
        for (int s = 0; s <= lastStage; s++) {
            h = hash(s, value, h);
            if (s < lastStage && seen[s].addTo(h, -1) == 1) {
                seen[s].remove(h);
                if (looksAt(s)) {
                    index.set(this, s, h, false);
                }
            }
        }
        Chain first = chains.get(h);
        if (first.rule == rule) {
            if (first.next == null) {
                chains.remove(h);
            } else {
                chains.put(h, first.next);
            }
        } else {
            while (first.next.rule != rule) {
                first = first.next;
            }
            first.next = first.next.next;
        }
        priorities.merge(rule.priority(), -1, (a, b) -> a + b == 0 ? null : a + b);
        maxPriority = priorities.isEmpty() ? -1 : priorities.lastKey();
        size--;
    }
}
