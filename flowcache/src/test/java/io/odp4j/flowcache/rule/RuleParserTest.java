package io.odp4j.flowcache.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bogus=3,actions=drop                     | 1:1: no field: bogus",
                "ip,nw_src=10.0.0.256,actions=drop        | 1:11: 10.0.0.256 is no value of nw_src: no byte: 256",
                "ip,nw_src=10.0.0.0/33,actions=drop       | 1:11: 10.0.0.0/33 is no value of nw_src: no prefix of length 33",
                "nw_src=10.0.0.1,actions=drop             | 1:1: nw_src needs ip or arp beside it",
                "udp,tcp_flags=+syn,actions=drop          | 1:5: tcp_flags needs tcp or tcp6 beside it",
                "priority=70000,actions=drop              | 1:10: 70000 is more than 65535",
                "table=255,actions=drop                   | 1:7: 255 is more than 254",
                "in_port=1                                | 1:10: actions= is missing",
                "actions=bogus                            | 1:9: no action and no port: bogus",
                "actions=1,learn(table=1)                 | 1:11: action learn is not supported",
                "actions=load:7->NXM_NX_REG0[0..1]        | 1:14: 0x7 does not fit reg0[0..1]",
                "actions=load:1->NXM_NX_REG99[]           | 1:14: no field: NXM_NX_REG99",
                "actions=load:1->NXM_OF_IP_PROTO[]        | 1:14: nw_proto cannot be written",
                "actions=ct(commit                        | 1:9: a parenthesis is not closed",
                "actions=ct(commit,nat(src=1.2.3.x))      | 1:27: 1.2.3.x is no address",
                "actions=drop,1                           | 1:14: drop stands alone",
                "idle_timeout=9,actions=1                 | 1:1: idle_timeout is not supported",
                "actions=conjunction(1,3/2)               | 1:21: 1 <= k <= n and 2 <= n <= 64",
            })
    void shouldSayWhereAndWhy(String text, String message) {
        assertThatThrownBy(() -> RuleParser.parse(text))
                .isInstanceOf(RuleSyntaxException.class)
                .hasMessage(message);
    }

    @Test
    void shouldReadAFileWithCommentsAndCommands() throws RuleSyntaxException {
        List<RuleParser.Line> lines =
                RuleParser.parseAll(
                        """
                        # nothing

                        table=2 ip actions=output:1 # one
                          delete table=2
                        modify_strict table=3, priority=7 actions=drop
                        """);
        assertThat(lines)
                .extracting(RuleParser.Line::command)
                .containsExactly(
                        RuleParser.Command.ADD,
                        RuleParser.Command.DELETE,
                        RuleParser.Command.MODIFY_STRICT);
        assertThat(lines).extracting(RuleParser.Line::number).containsExactly(3, 4, 5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dl_vlan=5                | vlan_tci=0x1005/0x1fff",
                "dl_vlan=0xffff           | vlan_tci=0x0",
                "dl_vlan_pcp=3            | vlan_tci=0x7000/0xf000",
                "tcp6,tp_dst=0x50/0xfff0  | dl_type=0x86dd,nw_proto=0x6,tp_dst=0x50/0xfff0",
                "arp,nw_proto=2           | dl_type=0x806,arp_op=0x2",
                "ip,nw_tos=40             | dl_type=0x800,ip_dscp=0xa",
                "ct_state=+trk-new        | ct_state=0x20/0x21",
                "tcp,tcp_flags=+syn-ack   | dl_type=0x800,nw_proto=0x6,tcp_flags=0x2/0x12",
                "ipv6,ipv6_src=2001:db8::/32 | dl_type=0x86dd,ipv6_src=0x20010db8000000000000000000000000/0xffffffff000000000000000000000000",
                "in_port=LOCAL            | in_port=0xfffe",
                "reg3=7/0xf,metadata=1    | metadata=0x1,reg3=0x7/0xf",
                "ip,nw_frag=not_later     | dl_type=0x800,nw_frag=0x0/0x2",
            })
    void shouldAskForTheBitsThatTheTextMeans(String text, String match) throws RuleSyntaxException {
        assertThat(RuleParser.parse(text + ",actions=drop").match()).hasToString(match);
    }
}
