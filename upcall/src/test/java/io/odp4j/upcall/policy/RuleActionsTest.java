package io.odp4j.upcall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.text.ActionFormatter;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules to the datapath's bytes. */
class RuleActionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2,push_mpls:0x8847,set_mpls_label:5,3 | 2,push_mpls(label=5,tc=0,ttl=64,bos=1,eth_type=0x8847),3",
                "output(port=2,max_len=99),3 | trunc(99),2,3",
                "set_queue:4,2,pop_queue,3 | set(skb_priority(0x10005)),2,set(skb_priority(0)),3",
                "controller,2 | 2",
                "clone(controller,meter:1),check_pkt_larger(99)->reg0[0],2 | clone(meter(1)),check_pkt_len(size=99,gt(2),le(2))",
                "sample(probability=9),2 | 2",
            })
    void shouldWriteWhatADatapathReads(String actions, String expected) throws RuleSyntaxException {
        assertThat(encoded(actions)).isEqualTo(expected);
    }

    private static String encoded(String actions) throws RuleSyntaxException {
        PolicyTables tables = new PolicyTables();
        tables.load("cookie=0x12,actions=" + actions);
        RulePolicy policy = new RulePolicy(tables);
        policy.portsChanged(new int[] {0, 1, 2, 3});
        Verdict verdict = new Verdict().clear();
        policy.decide(new FlowKey().set(FlowField.IN_PORT, 1).carryFromContents(), verdict);
        StringBuilder text = new StringBuilder();
        new ActionFormatter(FlowTextOptions.PLAIN)
                .format(text, verdict.actions().buffer(), 0, verdict.actions().length());
        return text.toString();
    }
}
