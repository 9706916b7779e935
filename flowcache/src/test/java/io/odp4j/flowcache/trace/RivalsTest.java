package io.odp4j.flowcache.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.policy.MacTable;
import io.odp4j.flowcache.policy.Pipeline;
import io.odp4j.flowcache.policy.SwitchPorts;
import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.parse.RuleParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class RivalsTest {
    private static final String PACKET =
            "in_port=1,tcp,dl_vlan=100,nw_src=10.0.0.1,nw_dst=10.0.0.2,tp_src=1000,tp_dst=80";

    @Test
    void shouldNameTheFieldInWhichARuleFails() throws Exception {
        Rivals rivals =
                rivals("priority=10,actions=drop\npriority=20,dl_vlan=200,actions=output:2");
        assertThat(rivals.nearly()).hasSize(1);
        Rivals.Miss miss = rivals.nearly().get(0);
        assertThat(miss.wants()).isEqualTo("dl_vlan=200");
        assertThat(miss.has()).isEqualTo("dl_vlan=100");
        assertThat(miss.fields()).isEqualTo(1);
    }

    @Test
    void shouldSayWhatIsThereUnderTheBitsThatARuleLooksAt() throws Exception {
        Rivals rivals = rivals("tcp,nw_src=10.0.1.0/24,tp_dst=443,actions=drop");
        assertThat(rivals.nearly().get(0).wants()).isEqualTo("nw_src=10.0.1.0/24,tp_dst=443");
        assertThat(rivals.nearly().get(0).has()).isEqualTo("nw_src=10.0.0.0/24,tp_dst=80");
    }

    @Test
    void shouldListThoseThatFailInTheFewestFieldsFirst() throws Exception {
        Rivals rivals =
                rivals(
                        "priority=4,tcp,nw_src=1.2.3.4,tp_dst=1,actions=drop\n"
                                + "priority=3,tcp,tp_dst=1,actions=drop\n"
                                + "priority=2,in_port=9,actions=drop\n"
                                + "priority=9,udp,in_port=7,nw_src=1.1.1.1,actions=drop");
        assertThat(rivals.nearly().stream().map(miss -> miss.rule().priority()).toList())
                .containsExactly(3, 2, 4);
    }

    @Test
    void shouldLeaveOutWhatWouldNotHaveBeenChosenAnyway() throws Exception {
        assertThat(rivals("priority=5,in_port=1,actions=drop\npriority=4,in_port=2,actions=drop"))
                .isEqualTo(new Rivals(List.of(), List.of()));
    }

    @Test
    void shouldFindRulesThatAreHidden() throws Exception {
        Rivals rivals =
                rivals(
                        "priority=100,tcp,actions=drop\npriority=50,tcp,tp_dst=80,actions=output:2\n"
                                + "priority=60,udp,actions=drop\npriority=10,in_port=1,actions=drop");
        assertThat(rivals.hidden().stream().map(Rule::priority).toList()).containsExactly(50, 10);
    }

    private static Rivals rivals(String rules) throws Exception {
        PolicyTables tables = new PolicyTables();
        tables.load(rules);
        SwitchPorts ports = SwitchPorts.of(List.of(1, 2));
        FlowKey key = new FlowKey();
        System.arraycopy(RuleParser.packet(PACKET), 0, key.words(), 0, FlowKey.WORDS);
        Pipeline pipeline = new Pipeline(tables, ports, new MacTable());
        Pass pass = new Tracer(pipeline, ports).trace(key, List.of()).get(0);
        Step.Lookup lookup = (Step.Lookup) pass.steps().get(0);
        return Rivals.of(tables.table(0).rules(), lookup);
    }
}
