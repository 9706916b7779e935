package io.odp4j.flowcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.parse.RuleParser;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private static final SwitchPorts PORTS = SwitchPorts.of(List.of(1, 2, 3));
    private static final int TCP = 6;
    private static final int UDP = 17;
    private PolicyTables tables;
    private Pipeline pipeline;
    private Verdict verdict;

    @BeforeEach
    void start() {
        tables = new PolicyTables();
        pipeline = new Pipeline(tables, PORTS, new MacTable());
        verdict = new Verdict();
    }

    private static FlowKey ip(int proto, long source, long destination, int from, int to) {
        return new FlowKey()
                .set(FlowField.IN_PORT, 1)
                .set(FlowField.DL_SRC, 0x0200_0000_0001L)
                .set(FlowField.DL_DST, 0x0200_0000_0002L)
                .set(FlowField.DL_TYPE, 0x800)
                .set(FlowField.NW_PROTO, proto)
                .set(FlowField.NW_SRC, source)
                .set(FlowField.NW_DST, destination)
                .set(FlowField.NW_TTL, 64)
                .set(FlowField.TP_SRC, from)
                .set(FlowField.TP_DST, to);
    }

    private String decide(String rules, FlowKey packet) throws RuleSyntaxException {
        tables.load(rules);
        pipeline.translate(packet, verdict);
        return verdict.actionsText();
    }

    private long looked(FlowField field) {
        return field.get(verdict.mask().words());
    }

    @Test
    void shouldLeaveWildcardWhatAnIcmpRuleDoesNotNeedOfATcpPacket() throws RuleSyntaxException {
        assertThat(
                        decide(
                                "priority=9,icmp,icmp_type=8,actions=drop\npriority=1,actions=2",
                                ip(TCP, 1, 2, 1000, 80)))
                .isEqualTo("2");
        assertThat(looked(FlowField.TP_SRC)).isZero();
        assertThat(looked(FlowField.NW_PROTO)).isEqualTo(0xff);
        assertThat(looked(FlowField.NW_SRC)).isZero();
    }

    @Test
    void shouldLookAtNoMoreOfAnAddressThanTellsItFromTheRules() throws RuleSyntaxException {
        decide(
                "priority=9,ip,nw_dst=10.1.2.0/24,actions=drop\npriority=1,actions=2",
                ip(TCP, 1, 0xc0a80001L, 1000, 80));
        assertThat(looked(FlowField.NW_DST)).isEqualTo(0x8000_0000L);
        pipeline.translate(ip(TCP, 1, 0x0a010300L, 1000, 80), verdict);
        assertThat(looked(FlowField.NW_DST)).isEqualTo(0xffff_ff00L);
        assertThat(verdict.actionsText()).isEqualTo("2");
    }

    @Test
    void shouldWriteOnlyWhatChanged() throws RuleSyntaxException {
        String rules =
                "ip,actions=mod_dl_src:02:00:00:00:00:01,mod_dl_dst:02:00:00:00:00:09,dec_ttl,2,"
                        + "mod_nw_src:10.0.0.9,3";
        assertThat(decide(rules, ip(UDP, 1, 2, 1000, 53)))
                .isEqualTo(
                        "set(eth(dst=02:00:00:00:00:09)),set(ipv4(ttl=63)),2,"
                                + "set(ipv4(src=10.0.0.9)),3");
    }

    @Test
    void shouldPushAndPopTags() throws RuleSyntaxException {
        assertThat(
                        decide(
                                "actions=push_vlan:0x8100,mod_vlan_vid:7,2,strip_vlan,3",
                                ip(6, 1, 2, 3, 4)))
                .isEqualTo("push_vlan(vid=7,pcp=0),2,pop_vlan,3");
    }

    @Test
    void shouldMatchAConjunctionOnlyWhenEveryDimensionIsMet() throws RuleSyntaxException {
        String rules =
                """
                priority=5,ip,nw_src=10.0.0.1,actions=conjunction(7,1/2)
                priority=5,ip,nw_src=10.0.0.2,actions=conjunction(7,1/2)
                priority=5,tcp,tp_dst=80,actions=conjunction(7,2/2)
                priority=5,conj_id=7,ip,actions=2
                priority=1,actions=3
                """;
        assertThat(decide(rules, ip(TCP, 0x0a000002L, 5, 1, 80))).isEqualTo("2");
        assertThat(decide("", ip(TCP, 0x0a000002L, 5, 1, 81))).isEqualTo("3");
        assertThat(decide("", ip(TCP, 0x0a000003L, 5, 1, 80))).isEqualTo("3");
    }

    @Test
    void shouldLearnAndFlood() throws RuleSyntaxException {
        FlowKey there = ip(TCP, 1, 2, 3, 4);
        assertThat(decide("actions=normal", there)).isEqualTo("2,3");
        FlowKey back = ip(TCP, 2, 1, 4, 3).set(FlowField.IN_PORT, 3);
        back.set(FlowField.DL_SRC, 0x0200_0000_0002L).set(FlowField.DL_DST, 0x0200_0000_0001L);
        assertThat(decide("", back)).isEqualTo("1");
        assertThat(decide("", there)).isEqualTo("3");
    }

    @Test
    void shouldGoOnWhereTheConnectionTrackerSendsThePacketBack() throws RuleSyntaxException {
        String rules =
                """
                ip,actions=load:5->NXM_NX_REG1[],ct(table=1,zone=3)
                table=1,ct_state=+trk+new,reg1=5,actions=ct(commit,exec(load:1->NXM_NX_CT_MARK[])),2
                """;
        FlowKey packet = ip(TCP, 1, 2, 3, 4);
        assertThat(decide(rules, packet)).isEqualTo("ct(zone=3),recirc(0x1)");
        packet.set(FlowField.RECIRC_ID, 1).set(FlowField.CT_STATE, 0x21);
        assertThat(decide("", packet)).isEqualTo("ct(commit,mark=0x1/0xffffffff),2");
        packet.set(FlowField.RECIRC_ID, 99);
        assertThat(decide("", packet)).isEqualTo("drop");
        assertThat(verdict.error()).contains("99");
    }

    @Test
    void shouldDropAPacketThatResubmitsForEver() throws RuleSyntaxException {
        assertThat(decide("actions=2,resubmit(,0)", ip(TCP, 1, 2, 3, 4))).isEqualTo("drop");
        assertThat(verdict.error()).isEqualTo("too deep in resubmits");
    }

    @Test
    void shouldTellWhichTablesAndRulesWereMet() throws RuleSyntaxException {
        tables.load("table=0,priority=3,ip,actions=goto_table:4\ntable=4,tcp,actions=2");
        List<String> met = new ArrayList<>();
        pipeline.translate(
                ip(TCP, 1, 2, 3, 4),
                verdict,
                (table, rule, depth, words, mask) -> met.add(depth + ":" + table + ":" + rule));
        assertThat(met)
                .containsExactly(
                        "0:0:table=0,priority=3,ip,actions=goto_table:4",
                        "1:4:table=4,tcp,actions=2");
        verdict.credit(3, 300, 0);
        assertThat(tables.table(4).rules()).allMatch(rule -> rule.packets() == 3);
    }

    @Test
    void shouldChangeAllRulesOfABundleOrNone() throws RuleSyntaxException {
        tables.load("priority=1,actions=1\npriority=2,ip,actions=2");
        long version = tables.version();
        assertThatThrownBy(() -> tables.load("delete\nactions=3\nactions=bogus"))
                .isInstanceOf(RuleSyntaxException.class)
                .hasMessageStartingWith("3:9:");
        assertThat(tables.version()).isEqualTo(version);
        assertThat(tables.size()).isEqualTo(2);
        tables.load("delete ip\nadd priority=1,actions=3");
        assertThat(tables.size()).isEqualTo(1);
        assertThat(tables.version()).isEqualTo(version + 1);
        assertThat(decide("", ip(TCP, 1, 2, 3, 4))).isEqualTo("3");
    }

    @Test
    void shouldReplaceARuleOfTheSameMatchAndPriority() throws RuleSyntaxException {
        tables.load("priority=1,ip,actions=1\npriority=1,ip,actions=2");
        assertThat(tables.size()).isEqualTo(1);
        Rule like = RuleParser.parse("priority=1,ip,actions=drop");
        assertThat(tables.remove(like)).isTrue();
        assertThat(tables.remove(like)).isFalse();
    }

    @Test
    void shouldRemoveRulesWhoseTimeIsOver() throws RuleSyntaxException {
        tables.load(
                "priority=1,actions=1\npriority=2,idle_timeout=5,ip,actions=2\nhard_timeout=9,arp,actions=3");
        assertThat(tables.expire(1000)).isEmpty();
        assertThat(tables.expire(1004)).isEmpty();
        FlowKey packet = ip(TCP, 1, 2, 3, 4);
        assertThat(decide("", packet)).isEqualTo("2");
        verdict.credit(1, 60, tables.now());
        assertThat(tables.expire(1008)).isEmpty();
        long version = tables.version();
        assertThat(tables.expire(1009)).extracting(Rule::toString).hasSize(2);
        assertThat(tables.version()).isEqualTo(version + 1);
        assertThat(decide("", packet)).isEqualTo("drop");
    }

    @Test
    void shouldKeepNoMoreStatesToComeBackToThanThereIsRoomFor() throws RuleSyntaxException {
        tables.load(
                "ip,actions=move:NXM_OF_IP_SRC[]->NXM_NX_REG0[],ct(table=1)\ntable=1,actions=2");
        RecircIds ids = new RecircIds(64);
        pipeline = new Pipeline(tables, PORTS, new MacTable(), ids);
        for (int i = 0; i < 1000; i++) {
            pipeline.translate(ip(TCP, i, 2, 3, 4), verdict);
        }
        assertThat(ids.forgotten()).isBetween(1000L - 64, 1000L - 56);
        String last = verdict.actionsText();
        pipeline.translate(ip(TCP, 999, 2, 3, 4), verdict);
        assertThat(verdict.actionsText()).isEqualTo(last);
    }

    @Test
    void shouldComeBackForInnerHeadersAndGoOnWhereItLeft() throws RuleSyntaxException {
        String rules =
                """
                mpls,actions=load:7->NXM_NX_REG0[],pop_mpls:0x0800,2,resubmit(,1),3
                table=1,ip,reg0=7,nw_dst=10.0.0.0/8,actions=dec_ttl,1
                """;
        FlowKey packet =
                new FlowKey()
                        .set(FlowField.IN_PORT, 1)
                        .set(FlowField.DL_TYPE, 0x8847)
                        .set(FlowField.MPLS_LSE0, 0x5140);
        assertThat(decide(rules, packet)).isEqualTo("pop_mpls(eth_type=0x800),2,recirc(0x1)");
        FlowKey inner = ip(TCP, 1, 0x0a000001L, 3, 4).set(FlowField.RECIRC_ID, 1);
        assertThat(decide("", inner.set(FlowField.IN_PORT, 3))).isEqualTo("set(ipv4(ttl=63)),1");
        assertThat(decide("", inner.set(FlowField.IN_PORT, 1))).isEqualTo("set(ipv4(ttl=63)),3");
    }
}
