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

    /**
     * The masks that are alike up to the last stage that is looked up for many at once, or null.
     */
    TupleGroup group;

    /** Per prefix trie: the length that this mask asks for, 0 or less if none. */
    final int[] prefixLengths;

    /** The tries of {@link #prefixLengths} that are asked mask by mask. */
    final int[] ports;

    /** Which words are looked at, and which bits of them, in turn; stage by stage. */
    private final long[] plan;

    /** Where in the plan each stage ends, in pairs: a byte for each. */
    private final int ends;

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
        final int priority;

        /** What the rule asks for in each word of the plan: beside each other, for a lookup. */
        private final long[] wants;

        Chain next;

        Chain(Rule rule, long[] plan) {
            this.rule = rule;
            this.soft = rule.isSoft();
            this.priority = rule.priority();
            wants = new long[plan.length / 2];
            for (int i = 0; i < wants.length; i++) {
                wants[i] = rule.match().value()[(int) plan[2 * i]] & plan[2 * i + 1];
            }
        }
    }

    Tuple(long[] mask, int[] prefixLengths) {
        this.mask = mask;
        this.prefixLengths = prefixLengths;
        int last = 0;
        int n = 0;
        int stageEnds = 0;
        long[] pairs = new long[2 * STAGES * RuleKey.WORDS];
        for (Stage stage : Stage.values()) {
            for (int i = 0; i < RuleKey.WORDS; i++) {
                long here = mask[i] & stage.bits(i);
                if (here != 0) {
                    pairs[2 * n] = i;
                    pairs[2 * n++ + 1] = here;
                    last = stage.ordinal();
                }
            }
            stageEnds |= n << Byte.SIZE * stage.ordinal();
        }
        plan = Arrays.copyOf(pairs, 2 * n);
        ends = stageEnds;
        ports =
                IntStream.range(RuleTable.ADDRESSES, prefixLengths.length)
                        .filter(t -> prefixLengths[t] > 0)
                        .toArray();
        lastStage = last;
        for (int s = 0; s < last; s++) {
            seen[s] = new Long2IntOpenHashMap();
        }
    }

    int lastStage() {
        return lastStage;
    }

    boolean looksAt(int stage) {
        return start(stage) < end(stage);
    }

    private int end(int stage) {
        return 2 * (ends >>> Byte.SIZE * stage & 0xff);
    }

    private int start(int stage) {
        return stage == 0 ? 0 : end(stage - 1);
    }

    /** Goes on with a hash through the bits of a stage. */
    long hash(int stage, long[] key, long from) {
        long h = from;
        int end = end(stage);
        for (int i = start(stage); i < end; i += 2) {
            h = (h ^ key[(int) plan[i]] & plan[i + 1]) * MULTIPLIER;
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
        return Arrays.equals(
                plan, start(stage), end(stage), other.plan, other.start(stage), other.end(stage));
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
        int end = end(stage);
        for (int i = start(stage); i < end; i += 2) {
            int word = (int) plan[i];
            if (RuleKey.isOfPacket(word)) {
                wildcards[word] |= plan[i + 1];
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
    boolean matches(Chain rule, long[] key) {
        long[] wants = rule.wants;
        long differ = 0;
        for (int i = 0; i < wants.length; i++) {
            differ |= key[(int) plan[2 * i]] & plan[2 * i + 1] ^ wants[i];
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
            if (c.priority == like.priority() && c.rule.match().equals(like.match())) {
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
        Chain fresh = new Chain(rule, plan);
        Chain first = chains.get(h);
        if (first == null || first.priority < rule.priority()) {
            fresh.next = first;
            chains.put(h, fresh);
        } else {
            Chain at = first;
            while (at.next != null && at.next.priority >= rule.priority()) {
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
