package io.odp4j.flowcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.RuleCorpus;
import io.odp4j.flowcache.rule.parse.RuleParser;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules as this reads and prints them, beside ovs-ofctl. */
class OvsOfctlComparisonTest {
    @BeforeAll
    static void findOvsOfctl() {
        assumeTrue(VswitchOracle.isAvailable(), "ovs-ofctl is not installed");
    }

    static List<String> rules() {
        return RuleCorpus.ALL;
    }

    /** What ovs-ofctl makes of a rule, without the table, which chooses the protocol. */
    private static String printed(String rule) throws Exception {
        String output = VswitchOracle.parsed(rule);
        for (String line : output.split("\n")) {
            if (line.contains(": ADD ")) {
                return line.substring(line.indexOf(": ADD ") + 6)
                        .replaceFirst("table:\\S+ ?", "")
                        .replaceFirst("priority=32768[, ]", "");
            }
        }
        throw new AssertionError(rule + ": " + output);
    }

    private static String match(String printed) {
        return printed.replaceFirst("^(priority=\\d+,?)*", "")
                .replaceFirst(
                        "(cookie:\\S+ |idle:\\S+ |hard:\\S+ |importance:\\S+ |send_flow_rem )*actions=.*",
                        "")
                .replace("eth,", "")
                .strip();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldReadAndPrintRulesAsOvsOfctlDoes(String text) throws Exception {
        Rule rule = RuleParser.parse(text);
        String theirs = printed(text);
        assertThat(rule.match().toString()).isEqualTo(match(theirs));
        assertThat(printed(rule.format())).isEqualTo(theirs);
    }
}
