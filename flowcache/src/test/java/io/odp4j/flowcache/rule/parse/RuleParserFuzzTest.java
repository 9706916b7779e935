package io.odp4j.flowcache.rule.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any text as a rule file: rules that print as what reads the same, or a fault with its place. */
class RuleParserFuzzTest {
    @FuzzTest
    void shouldReadAnyTextOrSayWhereItIsWrong(FuzzedDataProvider data) throws Exception {
        String text = data.consumeRemainingAsString();
        try {
            for (RuleParser.Line line : RuleParser.parseAll(text)) {
                if (line.command() == RuleParser.Command.ADD) {
                    String printed = line.rule().format();
                    assertThat(RuleParser.parse(printed).match()).isEqualTo(line.rule().match());
                }
            }
        } catch (RuleSyntaxException e) {
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
        }
    }
}
