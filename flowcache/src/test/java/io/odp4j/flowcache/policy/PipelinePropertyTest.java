package io.odp4j.flowcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.MegaflowCache;
import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.policy.table.RuleTable;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.field.RuleKey;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PipelinePropertyTest {
    private static final SwitchPorts PORTS = SwitchPorts.of(List.of(1, 2, 3));

    private static PolicyTables tables(RandomPolicy random, int rules, int tables)
            throws RuleSyntaxException {
        PolicyTables policy = new PolicyTables();
        policy.load(random.rules(rules, tables));
        return policy;
    }

    @Property(tries = 300)
    void shouldGiveEveryPacketOfAMegaflowTheSameVerdictAndTheSameMegaflow(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int rules)
            throws RuleSyntaxException {
        RandomPolicy random = new RandomPolicy(seed);
        Pipeline pipeline = new Pipeline(tables(random, rules, 3), PORTS, new MacTable());
        Verdict first = new Verdict();
        Verdict second = new Verdict();
        for (int i = 0; i < 60; i++) {
            FlowKey packet = random.packet();
            pipeline.translate(packet, first);
            for (int k = 0; k < 8; k++) {
                FlowKey other = random.within(packet, first.mask().words());
                pipeline.translate(other, second);
                assertThat(second.actionsText()).isEqualTo(first.actionsText());
                assertThat(second.rules()).isEqualTo(first.rules());
                assertThat(second.mask()).isEqualTo(first.mask());
            }
        }
    }

    @Property(tries = 300)
    void shouldGiveEveryPacketOfAMegaflowTheSameVerdictWhateverRulesDo(@ForAll long seed)
            throws RuleSyntaxException {
        RandomPolicy random = new RandomPolicy(seed);
        PolicyTables policy = new PolicyTables();
        policy.load(random.rareRules(40, 3));
        Pipeline pipeline = new Pipeline(policy, PORTS, new MacTable());
        Verdict first = new Verdict();
        Verdict second = new Verdict();
        for (int i = 0; i < 60; i++) {
            FlowKey packet = random.packet();
            pipeline.translateAgain(packet, first);
            for (int k = 0; k < 8; k++) {
                FlowKey other = random.within(packet, first.mask().words());
                pipeline.translateAgain(other, second);
                assertThat(second.actionsText()).isEqualTo(first.actionsText());
                assertThat(second.rules()).isEqualTo(first.rules());
                assertThat(second.mask()).isEqualTo(first.mask());
            }
        }
    }

    @Property(tries = 100)
    void shouldDecideTheSameWhereNoMaskIsAskedFor(@ForAll long seed) throws RuleSyntaxException {
        RandomPolicy random = new RandomPolicy(seed);
        PolicyTables tables = new PolicyTables();
        tables.load(random.distinctRules(60, 3));
        Pipeline pipeline = new Pipeline(tables, PORTS, new MacTable());
        Verdict whole = new Verdict();
        Verdict alone = new Verdict();
        for (int i = 0; i < 100; i++) {
            FlowKey packet = random.packet();
            pipeline.translate(packet, whole);
            pipeline.translateOnce(packet, alone);
            assertThat(alone.actionsText()).isEqualTo(whole.actionsText());
            assertThat(alone.rules()).isEqualTo(whole.rules());
        }
    }

    @Property(tries = 100)
    void shouldNeverMakeTwoMegaflowsThatOverlap(@ForAll long seed) throws RuleSyntaxException {
        RandomPolicy random = new RandomPolicy(seed);
        Pipeline pipeline = new Pipeline(tables(random, 40, 3), PORTS, new MacTable());
        List<FlowKey> keys = new ArrayList<>();
        List<FlowMask> masks = new ArrayList<>();
        MegaflowCache cache = new MegaflowCache(1000);
        for (int i = 0; i < 200; i++) {
            FlowKey packet = random.packet();
            Verdict verdict = new Verdict();
            pipeline.translate(packet, verdict);
            boolean known = cache.lookup(packet) != MegaflowCache.MISS;
            for (int k = 0; k < keys.size() && !known; k++) {
                assertThat(overlap(keys.get(k), masks.get(k), packet, verdict.mask())).isFalse();
            }
            if (!known) {
                cache.insert(packet, verdict.mask(), i, 0);
                keys.add(packet);
                masks.add(verdict.mask());
            }
        }
    }

    private static boolean overlap(FlowKey a, FlowMask maskA, FlowKey b, FlowMask maskB) {
        long differ = 0;
        for (int w = 0; w < FlowKey.WORDS; w++) {
            differ |= (a.words()[w] ^ b.words()[w]) & maskA.words()[w] & maskB.words()[w];
        }
        return differ == 0;
    }

    @Property(tries = 200)
    void shouldFindTheRuleThatAListOfAllRulesGives(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 80) int rules)
            throws RuleSyntaxException {
        RandomPolicy random = new RandomPolicy(seed);
        PolicyTables policy = tables(random, rules, 1);
        RuleTable table = policy.table(0);
        List<Rule> all = new ArrayList<>(table.rules());
        Collections.shuffle(all, new Random(seed));
        while (!all.isEmpty()) {
            for (int i = 0; i < 10; i++) {
                long[] key = Arrays.copyOf(random.packet().words(), RuleKey.WORDS);
                int best =
                        all.stream()
                                .filter(r -> r.match().matches(key))
                                .mapToInt(Rule::priority)
                                .max()
                                .orElse(-1);
                Rule found = table.lookup(key, i % 2 == 0 ? new FlowMask() : null);
                assertThat(found == null ? -1 : found.priority()).isEqualTo(best);
                assertThat(found == null || found.match().matches(key)).isTrue();
            }
            assertThat(policy.remove(all.remove(all.size() - 1))).isTrue();
        }
        assertThat(policy.size()).isZero();
        assertThat(table.maskCount()).isZero();
    }
}
