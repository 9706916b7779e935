package io.odp4j.flowcache.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.RuleMatch;
import io.odp4j.flowcache.rule.field.RuleKey;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The search beside a list of all rules. */
class MergedSearchTest {
    private static final FlowField[] FIELDS = {
        FlowField.IN_PORT,
        FlowField.NW_SRC,
        FlowField.NW_DST,
        FlowField.TP_SRC,
        FlowField.TP_DST,
        FlowField.NW_PROTO,
        FlowField.CT_LABEL,
        FlowField.TUN_ID,
    };
    private static final List<OpenFlowAction> SOFT =
            List.of(new OpenFlowAction.Conjunction(1, 0, 2));

    private final List<Rule> met = new ArrayList<>();

    /** Rules and keys over so many of the fields, few values each. */
    private record World(Random random, int fields) {
        Rule rule(int softOneIn) {
            RuleMatch match = new RuleMatch();
            for (int f = 0; f < fields; f++) {
                FlowField field = FIELDS[f];
                int width = Math.min(64, field.bits());
                long mask = 0;
                switch (random.nextInt(4)) {
                    case 0 -> mask = field.wordMask();
                    case 1 -> mask = -1L << random.nextInt(width) << field.shift();
                    case 2 -> mask = random.nextLong() & random.nextLong();
                    default -> {}
                }
                match.mask()[field.word()] |= mask & field.wordMask();
            }
            long[] key = key();
            for (int w = 0; w < RuleKey.WORDS; w++) {
                match.value()[w] = key[w] & match.mask()[w];
            }
            boolean soft = softOneIn > 0 && random.nextInt(softOneIn) == 0;
            return new Rule(0, random.nextInt(500), 0, match, soft ? SOFT : List.of(), "");
        }

        long[] key() {
            long[] key = new long[RuleKey.WORDS];
            for (int f = 0; f < fields; f++) {
                FlowField field = FIELDS[f];
                long value = random.nextInt(5) | (long) random.nextInt(4) << field.bits() - 2;
                key[field.word()] |= value << field.shift() & field.wordMask();
            }
            return key;
        }

        KeyPacker packer() {
            long[] union = new long[RuleKey.WORDS];
            for (int f = 0; f < fields; f++) {
                union[FIELDS[f].word()] |= FIELDS[f].wordMask();
            }
            return new KeyPacker(union);
        }
    }

    @Property(tries = 200)
    void shouldFindWhatAListFindsWhileRulesComeAndGo(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 8) int fields,
            @ForAll @IntRange(min = 0, max = 600) int first,
            @ForAll @IntRange(min = 0, max = 4) int softOneIn) {
        World world = new World(new Random(seed), fields);
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < first; i++) {
            rules.add(world.rule(softOneIn));
        }
        MergedSearch search = new MergedSearch(world.packer(), rules, met::add);
        for (int step = 0; step < 1500; step++) {
            // Grow, then shrink to nothing.
            boolean grows = world.random.nextInt(10) < (step < 600 ? 7 : 2);
            if (grows) {
                Rule rule = world.rule(softOneIn);
                assertThat(search.takes(rule)).isTrue();
                search.add(rule);
                rules.add(rule);
            } else if (!rules.isEmpty()) {
                search.remove(rules.remove(world.random.nextInt(rules.size())));
            }
            check(search, rules, world.key());
        }
    }

    /** Growing showed the rank of a table to be an old one, and others then hid behind it. */
    @Test
    void shouldFindTheBestInATableBehindOneThatGrewAfterItsBestHadGone() {
        shouldFindWhatAListFindsWhileRulesComeAndGo(1_713_986, 5, 575, 2);
    }

    private void check(MergedSearch search, List<Rule> rules, long[] key) {
        int best = -1;
        for (Rule rule : rules) {
            if (!rule.isSoft() && rule.match().matches(key)) {
                best = Math.max(best, rule.priority());
            }
        }
        met.clear();
        Rule found = search.lookup(key);
        assertThat(found == null ? -1 : found.priority()).isEqualTo(best);
        assertThat(found == null || found.match().matches(key)).isTrue();
        for (Rule rule : rules) {
            if (rule.isSoft() && rule.priority() > best && rule.match().matches(key)) {
                assertThat(met).contains(rule);
            }
        }
        assertThat(met).allMatch(rule -> rule.isSoft() && rule.match().matches(key));
    }

    @Property(tries = 200)
    void shouldPackEveryBitToAPlaceOfItsOwn(@ForAll long seed) {
        Random random = new Random(seed);
        long[] union = new long[RuleKey.WORDS];
        for (int w = 0; w < union.length; w++) {
            union[w] = random.nextInt(4) == 0 ? random.nextLong() & random.nextLong() : 0;
        }
        KeyPacker packer = new KeyPacker(union);
        long[] key = random.longs(RuleKey.WORDS).toArray();
        long[] packed = new long[packer.words()];
        packer.pack(key, packed);
        long[] back = new long[RuleKey.WORDS];
        packer.unpack(packed, back);
        for (int w = 0; w < union.length; w++) {
            assertThat(back[w]).isEqualTo(key[w] & union[w]);
        }
        int bits = Arrays.stream(union).map(Long::bitCount).mapToInt(b -> (int) b).sum();
        int places = packer.fields().stream().mapToInt(MergedSearchTest::bits).sum();
        assertThat(places).isEqualTo(bits);
    }

    private static int bits(long[] words) {
        return Arrays.stream(words).mapToInt(Long::bitCount).sum();
    }

    @Test
    void shouldAllocateNothingPerLookup() {
        World world = new World(new Random(5), FIELDS.length);
        List<Rule> rules = new ArrayList<>();
        long[][] keys = new long[1024][];
        for (int i = 0; i < keys.length; i++) {
            rules.add(world.rule(0));
            keys[i] = world.key();
        }
        MergedSearch search = new MergedSearch(world.packer(), rules, met::add);
        long before = 0;
        for (int i = 0; i < 400_000; i++) {
            if (i == 200_000) {
                before = allocated();
            }
            search.lookup(keys[i & keys.length - 1]);
        }
        assertThat(allocated() - before).isLessThan(2000);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
