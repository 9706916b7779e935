package io.odp4j.upcall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.text.ActionFormatter;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import org.junit.jupiter.api.Test;

/** What the policies of an agent's shards know of each other. */
class SharingPoliciesTest {
    private static final long A = 0x0200_0000_000aL;
    private static final long B = 0x0200_0000_000bL;

    private static FlowKey frame(int port, long source, long destination) {
        return new FlowKey()
                .set(FlowField.IN_PORT, port)
                .set(FlowField.DL_SRC, source)
                .set(FlowField.DL_DST, destination);
    }

    private static String decide(Policy policy, FlowKey key) {
        Verdict verdict = new Verdict().clear();
        policy.decide(key, verdict);
        StringBuilder out = new StringBuilder();
        new ActionFormatter(FlowTextOptions.PLAIN)
                .format(out, verdict.actions().buffer(), 0, verdict.actions().length());
        return out.toString();
    }

    private static void answersFindTheirWay(PolicyFactory factory) {
        Policy first = factory.create(0);
        Policy second = factory.create(1);
        first.portsChanged(new int[] {1, 2, 3});
        second.portsChanged(new int[] {1, 2, 3});
        assertThat(decide(first, frame(1, A, B))).isEqualTo("2,3");
        long version = second.version();
        assertThat(decide(second, frame(2, B, A))).isEqualTo("1");
        assertThat(second.version()).isNotEqualTo(version);
        assertThat(decide(first, frame(1, A, B))).isEqualTo("2");
        // An address that moves is found at its new place by all.
        decide(second, frame(3, A, B));
        assertThat(decide(first, frame(2, B, A))).isEqualTo("3");
    }

    @Test
    void shouldHaveLearningSwitchesKnowWhatOthersLearn() {
        answersFindTheirWay(LearningSwitch.sharing());
    }

    @Test
    void shouldHaveRulesThatSayNormalKnowWhatOthersLearn() throws RuleSyntaxException {
        answersFindTheirWay(RulePolicy.sharing("actions=normal"));
    }

    @Test
    void shouldKnowAPacketThatAnotherShardHasComeBack() throws RuleSyntaxException {
        PolicyFactory factory =
                RulePolicy.sharing(
                        """
                        table=0,ip,actions=ct(table=1)
                        table=1,ip,actions=output:2
                        """);
        Policy first = factory.create(0);
        Policy second = factory.create(1);
        FlowKey packet = frame(1, A, B).set(FlowField.DL_TYPE, 0x0800);
        first.portsChanged(new int[] {1, 2});
        second.portsChanged(new int[] {1, 2});
        assertThat(decide(first, packet)).isEqualTo("ct,recirc(0x1)");
        assertThat(decide(second, packet)).isEqualTo("ct,recirc(0x1)");
        assertThat(decide(second, packet.set(FlowField.RECIRC_ID, 1))).isEqualTo("2");
    }

    @Test
    void shouldCreditEveryRuleThatAPacketMeets() throws RuleSyntaxException {
        RulePolicy policy =
                (RulePolicy)
                        RulePolicy.sharing(
                                        """
                                        table=0,actions=goto_table:1
                                        table=1,actions=output:2
                                        """)
                                .create(0);
        policy.portsChanged(new int[] {1, 2});
        Verdict verdict = new Verdict().clear();
        policy.decide(frame(1, A, B), verdict);
        policy.credit(verdict.attachment(), 3, 300);
        for (int table = 0; table < 2; table++) {
            Rule rule = policy.tables().table(table).rules().iterator().next();
            assertThat(rule.packets()).isEqualTo(3);
            assertThat(rule.bytes()).isEqualTo(300);
        }
    }
}
