package io.odp4j.flowcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.MaskBudget;
import io.odp4j.flowcache.MegaflowCache;
import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MaskBudgetTest {
    private static final SwitchPorts PORTS = SwitchPorts.of(List.of(1, 2, 3));

    @Property(tries = 200)
    void shouldGiveEveryPacketOfANarrowedMegaflowTheSameVerdict(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int masks)
            throws RuleSyntaxException {
        RandomPolicy random = new RandomPolicy(seed);
        PolicyTables tables = new PolicyTables();
        tables.load(random.rules(50, 3));
        Pipeline pipeline = new Pipeline(tables, PORTS, new MacTable());
        MegaflowCache cache = new MegaflowCache(10_000);
        MaskBudget budget = new MaskBudget(cache, masks);
        List<String> verdicts = new ArrayList<>();
        Verdict verdict = new Verdict();
        for (int i = 0; i < 200; i++) {
            FlowKey packet = random.packet();
            pipeline.translate(packet, verdict);
            String decided = verdict.actionsText();
            long flow = cache.lookup(packet);
            if (flow != MegaflowCache.MISS) {
                assertThat(verdicts.get((int) cache.userData(flow))).isEqualTo(decided);
                continue;
            }
            FlowMask mask = new FlowMask();
            System.arraycopy(verdict.mask().words(), 0, mask.words(), 0, mask.words().length);
            MaskBudget.Fit fit = budget.fit(mask, m -> true);
            assertThat(verdict.mask().isWithin(mask)).isTrue();
            assertThat(mask.isWithin(verdict.mask())).isEqualTo(fit != MaskBudget.Fit.NARROWED);
            if (fit != MaskBudget.Fit.REFUSED) {
                cache.insert(packet, mask, verdicts.size(), 0);
                verdicts.add(decided);
            }
            assertThat(cache.maskCount()).isLessThanOrEqualTo(masks);
            for (int k = 0; k < 4; k++) {
                pipeline.translate(random.within(packet, mask.words()), verdict);
                assertThat(verdict.actionsText()).isEqualTo(decided);
            }
        }
    }

    /** Three rules that allow an address and two ports make up to 8,192 masks. */
    @Test
    void shouldStayWithinTheBudgetUnderATupleSpaceExplosion() throws RuleSyntaxException {
        PolicyTables tables = new PolicyTables();
        tables.load(
                "priority=9,tcp,nw_src=10.0.0.1,actions=2\n"
                        + "priority=8,tcp,tp_src=34521,actions=2\n"
                        + "priority=7,tcp,tp_dst=443,actions=2");
        Pipeline pipeline = new Pipeline(tables, PORTS, new MacTable());
        MegaflowCache cache = new MegaflowCache(1 << 16);
        MegaflowCache free = new MegaflowCache(1 << 16);
        MaskBudget budget = new MaskBudget(cache, 64);
        Random random = new Random(1);
        Verdict verdict = new Verdict();
        for (int i = 0; i < 20_000; i++) {
            FlowKey packet = attack(random);
            pipeline.translate(packet, verdict);
            free.insert(packet, verdict.mask(), 0, 0);
            if (cache.lookup(packet) == MegaflowCache.MISS) {
                assertThat(budget.fit(verdict.mask(), m -> true))
                        .isNotEqualTo(MaskBudget.Fit.REFUSED);
                cache.insert(packet, verdict.mask(), 0, 0);
            }
        }
        assertThat(cache.maskCount()).isLessThanOrEqualTo(64);
        assertThat(free.maskCount()).isGreaterThan(4000);
    }

    private static FlowKey attack(Random random) {
        return new FlowKey()
                .set(FlowField.IN_PORT, 1)
                .set(FlowField.DL_TYPE, 0x800)
                .set(FlowField.NW_PROTO, 6)
                .set(FlowField.NW_SRC, 0x0a00_0001L ^ 1L << random.nextInt(32))
                .set(FlowField.TP_SRC, 34521 ^ 1 << random.nextInt(16))
                .set(FlowField.TP_DST, 443 ^ 1 << random.nextInt(16));
    }

    @Test
    void shouldTakeTheMaskThatAddsFewestBitsAmongThosePossible() {
        MegaflowCache cache = new MegaflowCache(100);
        FlowKey key = new FlowKey();
        FlowMask narrow = new FlowMask().prefix(FlowField.NW_SRC, 16);
        FlowMask narrower = new FlowMask().prefix(FlowField.NW_SRC, 24);
        cache.insert(key, narrower, 0, 0);
        cache.insert(key, narrow, 0, 0);
        MaskBudget budget = new MaskBudget(cache, 2);
        FlowMask wanted = new FlowMask().prefix(FlowField.NW_SRC, 8);
        assertThat(budget.fit(wanted, m -> true)).isEqualTo(MaskBudget.Fit.NARROWED);
        assertThat(wanted).isEqualTo(narrow);
        wanted = new FlowMask().prefix(FlowField.NW_SRC, 8);
        assertThat(budget.fit(wanted, m -> !m.equals(narrow))).isEqualTo(MaskBudget.Fit.NARROWED);
        assertThat(wanted).isEqualTo(narrower);
        FlowMask other = new FlowMask().exact(FlowField.TP_DST);
        assertThat(budget.fit(other, m -> true)).isEqualTo(MaskBudget.Fit.REFUSED);
        assertThat(budget.fit(narrow, m -> true)).isEqualTo(MaskBudget.Fit.AS_IT_IS);
    }

    @Test
    void shouldRefuseABudgetOfNothing() {
        MegaflowCache cache = new MegaflowCache(1);
        assertThatThrownBy(() -> new MaskBudget(cache, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
