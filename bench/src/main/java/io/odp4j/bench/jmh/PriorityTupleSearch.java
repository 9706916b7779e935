package io.odp4j.bench.jmh;

import io.odp4j.flowcache.rule.Rule;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The baseline of policy lookups: a hash table per mask, the masks in the order of their highest
 * priority, until what was found is higher than what can come.
 */
final class PriorityTupleSearch {
    private final List<Tuple> tuples = new ArrayList<>();

    PriorityTupleSearch(Collection<Rule> rules) {
        for (Rule rule : rules) {
            Tuple of = null;
            for (Tuple tuple : tuples) {
                if (Arrays.equals(tuple.mask, rule.match().mask())) {
                    of = tuple;
                }
            }
            if (of == null) {
                of = new Tuple(rule.match().mask());
                tuples.add(of);
            }
            of.add(rule);
        }
        tuples.sort(Comparator.comparingInt(tuple -> -tuple.highest));
    }

    Rule lookup(long[] key) {
        Rule best = null;
        for (int i = 0; i < tuples.size(); i++) {
            Tuple tuple = tuples.get(i);
            if (best != null && tuple.highest <= best.priority()) {
                break;
            }
            Rule found = tuple.rules.get(tuple.hash(key));
            if (found != null
                    && (best == null || found.priority() > best.priority())
                    && tuple.matches(found, key)) {
                best = found;
            }
        }
        return best;
    }

    private static final class Tuple {
        private final long[] mask;
        private final int[] word;
        private final long[] bits;
        private final Long2ObjectOpenHashMap<Rule> rules = new Long2ObjectOpenHashMap<>();
        private int highest;

        Tuple(long[] mask) {
            this.mask = mask;
            word = IntStream.range(0, mask.length).filter(w -> mask[w] != 0).toArray();
            bits = Arrays.stream(word).mapToLong(w -> mask[w]).toArray();
        }

        long hash(long[] key) {
            long h = 0;
            for (int i = 0; i < word.length; i++) {
                h = (h ^ key[word[i]] & bits[i]) * 0x9e3779b97f4a7c15L;
                h ^= h >>> 32;
            }
            return h;
        }

        boolean matches(Rule rule, long[] key) {
            long[] value = rule.match().value();
            long differ = 0;
            for (int i = 0; i < word.length; i++) {
                differ |= key[word[i]] & bits[i] ^ value[word[i]];
            }
            return differ == 0;
        }

        void add(Rule rule) {
            long hash = hash(rule.match().value());
            Rule there = rules.get(hash);
            if (there == null || there.priority() < rule.priority()) {
                rules.put(hash, rule);
            }
            highest = Math.max(highest, rule.priority());
        }
    }
}
