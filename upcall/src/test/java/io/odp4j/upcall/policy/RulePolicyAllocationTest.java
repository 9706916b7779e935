package io.odp4j.upcall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.policy.table.PolicyTables;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a decision by rules costs the collector: nothing, where packets leave as they came. */
class RulePolicyAllocationTest {
    private static final int DECISIONS = 50_000;
    private static final int FLOWS = 256;

    private static final String RULES =
            """
            priority=1,actions=NORMAL
            priority=20,tcp,nw_src=10.0.0.0/8,tp_dst=80,actions=resubmit(,1)
            priority=10,tcp,nw_dst=10.1.0.0/16,actions=load:7->reg0[],goto_table:1
            priority=9,udp,actions=drop
            table=1,priority=3,tcp,tp_src=2000/0xfff0,actions=300
            table=1,priority=2,reg0=7,actions=2,3
            table=1,priority=1,actions=2
            """;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAllocateNothingForADecision(boolean installs) throws Exception {
        PolicyTables tables = new PolicyTables();
        tables.load(RULES);
        RulePolicy policy = new RulePolicy(tables);
        policy.portsChanged(new int[] {0, 1, 2, 3, 300});
        FlowKey key = new FlowKey();
        Verdict verdict = new Verdict();
        int outputs = 0;
        for (int i = 0; i < 4 * DECISIONS; i++) {
            outputs += decide(policy, key, verdict, i, installs);
        }
        long before = allocated();
        for (int i = 0; i < DECISIONS; i++) {
            outputs += decide(policy, key, verdict, i, installs);
        }
        long bytes = allocated() - before;
        assertThat(outputs).isGreaterThan(DECISIONS);
        // What the JVM itself allocates on the way, when it compiles a loop anew.
        assertThat(bytes).isLessThan(DECISIONS / 10);
    }

    private static int decide(
            RulePolicy policy, FlowKey key, Verdict verdict, int i, boolean installs) {
        int n = i * 0x9e3779b1 >>> 24;
        key.clear();
        key.set(FlowField.IN_PORT, 1)
                .set(FlowField.DL_TYPE, 0x800)
                .set(FlowField.DL_SRC, 0x0200_0000_0001L)
                .set(FlowField.DL_DST, 0x0200_0000_0000L + n % 5)
                .set(FlowField.NW_PROTO, n % 7 == 0 ? 17 : 6)
                .set(FlowField.NW_SRC, n % 3 == 0 ? 0x0a000001 : 0x0b000001)
                .set(FlowField.NW_DST, n % 2 == 0 ? 0x0a010001 : 0x0c000001)
                .set(FlowField.TP_SRC, 1900 + n % FLOWS)
                .set(FlowField.TP_DST, n % 4 == 0 ? 80 : 81);
        verdict.clear();
        if (!installs) {
            verdict.once();
        }
        policy.decide(key, verdict);
        return verdict.actions().length();
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
