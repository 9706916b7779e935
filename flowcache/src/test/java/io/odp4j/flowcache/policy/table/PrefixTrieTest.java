package io.odp4j.flowcache.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.rule.field.RuleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The trie beside a list of its prefixes. */
class PrefixTrieTest {
    private static final FlowField[] FIELDS = {
        FlowField.NW_SRC, FlowField.NW_DST, FlowField.IPV6_SRC, FlowField.TP_SRC, FlowField.TP_DST,
    };

    private record Prefix(String bits, long[] words) {}

    @Property(tries = 300)
    void shouldFindWhatAListFindsWhilePrefixesComeAndGo(@ForAll long seed) {
        Random random = new Random(seed);
        FlowField field = FIELDS[random.nextInt(FIELDS.length)];
        PrefixTrie trie = new PrefixTrie(field);
        List<Prefix> prefixes = new ArrayList<>();
        for (int step = 0; step < 200; step++) {
            if (random.nextInt(3) > 0 || prefixes.isEmpty()) {
                long[] words = words(field, random, prefixes);
                int length = 1 + random.nextInt(field.bits());
                trie.add(words, length);
                prefixes.add(new Prefix(text(field, words).substring(0, length), words));
            } else {
                Prefix gone = prefixes.remove(random.nextInt(prefixes.size()));
                trie.remove(gone.words, gone.bits.length());
            }
            check(field, trie, prefixes, words(field, random, prefixes));
        }
    }

    /** A key that is often like one of the prefixes for a while. */
    private static long[] words(FlowField field, Random random, List<Prefix> prefixes) {
        long[] words = random.longs(RuleKey.WORDS).toArray();
        if (!prefixes.isEmpty() && random.nextInt(4) > 0) {
            long[] like = prefixes.get(random.nextInt(prefixes.size())).words;
            int bit = random.nextInt(field.bits());
            for (int i = 0; i < field.words(); i++) {
                words[field.word() + i] = like[field.word() + i];
            }
            int shift = field.shift() + (field.bits() - 1 - bit) % 64;
            words[field.word() + (field.bits() > 64 ? bit >> 6 : 0)] ^= 1L << shift;
        }
        return words;
    }

    private static String text(FlowField field, long[] words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.bits(); i++) {
            boolean wide = field.bits() > 64;
            long word = words[field.word() + (wide ? i >> 6 : 0)];
            int shift = wide ? 63 - (i & 63) : field.shift() + field.bits() - 1 - i;
            text.append(word >>> shift & 1);
        }
        return text.toString();
    }

    private static void check(FlowField field, PrefixTrie trie, List<Prefix> prefixes, long[] key) {
        PrefixTrie.Walk walk = new PrefixTrie.Walk();
        trie.walk(key, walk);
        String bits = text(field, key);
        int needed = 0;
        for (Prefix prefix : prefixes) {
            int same = 0;
            while (same < prefix.bits.length() && prefix.bits.charAt(same) == bits.charAt(same)) {
                same++;
            }
            boolean whole = same == prefix.bits.length();
            needed = Math.max(needed, whole ? same : same + 1);
            if (whole) {
                assertThat(walk.matches(same)).as("%s of %s", prefix.bits, bits).isTrue();
            }
        }
        assertThat(walk.bitsNeeded()).isEqualTo(needed);
        for (int i = 0; i < walk.found(); i++) {
            int length = walk.length(i);
            String found = bits.substring(0, length);
            assertThat(prefixes).anyMatch(prefix -> prefix.bits.equals(found));
        }
    }
}
