package io.odp4j.flowcache.rule.parse;

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
                "cookie=1/3,actions=drop                  | 1:8: a rule to be added has no cookie mask",
                "nsh_spi=5,actions=drop                   | 1:1: matching on nsh_spi is not supported",
                "actions=push_mpls:0x800                  | 1:19: MPLS is 0x8847 or 0x8848",
                "actions=output(port=1,max_len=3)         | 1:9: output needs a port and a max_len of 14 or more",
                "actions=check_pkt_larger(9)->reg0[0..1]  | 1:9: reg0[0..1] is not one bit",
                "actions=group:5                          | 1:9: action group: groups are not supported",
                "priority=70000,actions=drop              | 1:10: 70000 is more than 65535",
                "table=256,actions=drop                   | 1:7: 256 is more than 255",
                "in_port=1                                | 1:10: actions= is missing",
                "actions=bogus                            | 1:9: no action and no port: bogus",
                "actions=1,learn(table=1)                 | 1:11: action learn: not supported",
                "actions=load:7->NXM_NX_REG0[0..1]        | 1:14: 0x7 does not fit reg0[0..1]",
                "actions=load:1->NXM_NX_REG99[]           | 1:14: no field: NXM_NX_REG99",
                "actions=load:1->NXM_OF_IP_PROTO[]        | 1:14: nw_proto cannot be written",
                "actions=ct(commit                        | 1:9: a parenthesis is not closed",
                "actions=ct(commit,nat(src=1.2.3.x))      | 1:27: 1.2.3.x is no address",
                "actions=drop,1                           | 1:14: drop stands alone",
                "idle_timeout=90000,actions=1             | 1:14: 90000 is more than 65535",
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
                "dl_vlan=5                | dl_vlan=5",
                "dl_vlan=0xffff           | vlan_tci=0x0000",
                "dl_vlan_pcp=3            | dl_vlan_pcp=3",
                "tcp6,tp_dst=0x50/0xfff0  | tcp6,tp_dst=0x50/0xfff0",
                "arp,nw_proto=2           | arp,arp_op=2",
                "ip,nw_tos=40             | ip,nw_tos=40",
                "ct_state=+trk-new        | ct_state=-new+trk",
                "tcp,tcp_flags=+syn-ack   | tcp,tcp_flags=+syn-ack",
                "ipv6,ipv6_src=2001:db8::/32 | ipv6,ipv6_src=2001:db8::/32",
                "in_port=LOCAL            | in_port=LOCAL",
                "reg3=7/0xf,metadata=1    | reg3=0x7/0xf,metadata=0x1",
                "ip,nw_frag=not_later     | ip,nw_frag=not_later",
            })
    void shouldAskForTheBitsThatTheTextMeans(String text, String match) throws RuleSyntaxException {
        assertThat(RuleParser.parse(text + ",actions=drop").match()).hasToString(match);
    }
}
