package io.odp4j.flowcache.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.rule.field.RuleKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The rows of masks at prefixes beside a list of the masks' prefixes, with and without an image.
 */
class PrefixRowsTest {
    private static final FlowField[] FIELDS = {
        FlowField.NW_SRC, FlowField.IPV6_DST, FlowField.TP_SRC, FlowField.TP_DST,
    };

    /** Masks that are this far apart share a bit of a node's row. */
    private static final int SHARED = 512;

    private record Prefix(int mask, BigInteger value, int length) {}

    private final List<Prefix> prefixes = new ArrayList<>();
    private FlowField field;
    private PrefixTrie trie;
    private PrefixRows rows;
    private int[] lengths;

    @Property(tries = 150)
    void shouldLetPassWhatAListLetsPassWhilePrefixesComeAndGo(@ForAll long seed) {
        Random random = new Random(seed);
        field = FIELDS[random.nextInt(FIELDS.length)];
        int masks = List.of(3, 40, 100, 700).get(random.nextInt(4));
        trie = new PrefixTrie(field);
        rows = new PrefixRows(trie, masks / Long.SIZE + 1);
        lengths = random.ints(masks, 0, field.bits() + 1).toArray();
        prefixes.clear();
        for (int mask = 0; mask < masks; mask++) {
            rows.join(mask, lengths[mask]);
        }
        BigInteger base = new BigInteger(field.bits(), random);
        int spread = 1 + random.nextInt(field.bits());
        boolean pictured = false;
        for (int round = 0; round < 4; round++) {
            for (int i = random.nextInt(120); i > 0; i--) {
                add(random.nextInt(masks), near(base, spread, random));
            }
            for (int i = random.nextInt(1 + prefixes.size() / 3); i > 0; i--) {
                remove(prefixes.get(random.nextInt(prefixes.size())));
            }
            for (int i = 0; i < 120; i++) {
                check(key(base, spread, random), masks);
                pictured |= rows.isPictured();
            }
        }
        // Of fewer nodes no image is made.
        assertThat(pictured || trie.nodes() < 100).isTrue();
    }

    private static BigInteger near(BigInteger base, int spread, Random random) {
        return base.xor(new BigInteger(spread, random));
    }

    /** Anything, or the first or last value of a prefix, or the one before or after. */
    private BigInteger key(BigInteger base, int spread, Random random) {
        if (prefixes.isEmpty() || random.nextInt(3) == 0) {
            return near(base, spread, random);
        }
        Prefix prefix = prefixes.get(random.nextInt(prefixes.size()));
        BigInteger size = BigInteger.ONE.shiftLeft(field.bits() - prefix.length);
        BigInteger first = prefix.value.divide(size).multiply(size);
        BigInteger edge = random.nextBoolean() ? first : first.add(size);
        BigInteger all = BigInteger.ONE.shiftLeft(field.bits());
        return edge.subtract(BigInteger.valueOf(random.nextInt(2))).mod(all);
    }

    private void add(int mask, BigInteger value) {
        if (lengths[mask] > 0) {
            rows.add(mask, trie.add(words(value), lengths[mask]));
            prefixes.add(new Prefix(mask, value, lengths[mask]));
        }
    }

    private void remove(Prefix prefix) {
        prefixes.remove(prefix);
        long[] words = words(prefix.value);
        rows.remove(prefix.mask, trie.find(words, prefix.length));
        trie.remove(words, prefix.length);
    }

    private long[] words(BigInteger value) {
        long[] words = new long[RuleKey.WORDS];
        if (field.bits() > Long.SIZE) {
            field.set(words, value.shiftRight(Long.SIZE).longValue(), value.longValue());
        } else {
            field.set(words, value.longValue());
        }
        return words;
    }

    private void check(BigInteger key, int masks) {
        long[] left = new long[masks / Long.SIZE + 1];
        Arrays.fill(left, -1);
        rows.reset();
        rows.exclude(words(key), left);
        rows.ask(words(key));
        boolean[] expected = new boolean[masks];
        int needed = 0;
        for (Prefix prefix : prefixes) {
            int same = Math.min(prefix.length, field.bits() - prefix.value.xor(key).bitLength());
            needed = Math.max(needed, Math.min(prefix.length, same + 1));
            for (int mask = prefix.mask % SHARED; mask < masks; mask += SHARED) {
                expected[mask] |= same == prefix.length && lengths[mask] == prefix.length;
            }
        }
        for (int mask = 0; mask < masks; mask++) {
            boolean open = lengths[mask] == 0;
            assertThat(left[mask >> 6] >>> mask & 1).isEqualTo(open || expected[mask] ? 1 : 0);
            if (!open) {
                assertThat(rows.passes(mask, lengths[mask])).isEqualTo(expected[mask]);
            }
        }
        FlowMask significant = new FlowMask();
        rows.unwildcard(field.bits(), significant.words());
        BigInteger all = BigInteger.ONE.shiftLeft(field.bits()).subtract(BigInteger.ONE);
        long[] prefix = words(all.shiftRight(needed).xor(all));
        assertThat(significant.words())
                .isEqualTo(Arrays.copyOf(prefix, significant.words().length));
    }
}
