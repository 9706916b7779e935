package io.odp4j.flowcache.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.flowcache.rule.parse.RuleParser;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules written out and read again. */
class RuleTextTest {
    static List<String> rules() {
        return RuleCorpus.ALL;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldReadBackWhatItWrites(String text) throws RuleSyntaxException {
        Rule rule = RuleParser.parse(text);
        Rule again = RuleParser.parse(rule.format());
        assertThat(again.match()).isEqualTo(rule.match());
        assertThat(again.actions()).isEqualTo(rule.actions());
        assertThat(again.lifetime()).isEqualTo(rule.lifetime());
        assertThat(again.cookie()).isEqualTo(rule.cookie());
        assertThat(again.table()).isEqualTo(rule.table());
        assertThat(again.priority()).isEqualTo(rule.priority());
        assertThat(again.format()).isEqualTo(rule.format());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nw_src=1.2.3.4",
                "tp_dst=80",
                "ip,tcp_dst=80",
                "udp,tcp_flags=+syn",
                "arp_op=1",
                "mpls_label=3",
                "icmp6,nd_target=::1",
                "nw_ttl=3",
            })
    void shouldWarnOfAFieldThatCountsForNothing(String match) throws RuleSyntaxException {
        List<RuleParser.Line> lines = RuleParser.parseAll("\n" + match + ",actions=drop");
        String left = match.contains(",") ? match.substring(0, match.indexOf(',')) : "";
        assertThat(lines.get(0).rule().match()).hasToString(left);
        assertThat(lines.get(0).warnings()).hasSize(1);
        assertThat(lines.get(0).warnings().get(0))
                .startsWith("2:" + (left.isEmpty() ? 1 : left.length() + 2) + ": ")
                .contains(" counts for nothing without ");
    }

    @Test
    void shouldChooseRulesToDeleteByTheirCookie() throws RuleSyntaxException {
        RuleParser.Line line = RuleParser.parseAll("delete cookie=0x12/0xff").get(0);
        assertThat(line.cookieMask()).isEqualTo(0xff);
        assertThat(RuleParser.parseAll("delete cookie=5").get(0).cookieMask()).isEqualTo(-1);
        assertThat(RuleParser.parseAll("delete").get(0).cookieMask()).isZero();
    }
}
