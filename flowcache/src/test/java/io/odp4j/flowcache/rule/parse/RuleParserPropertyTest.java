package io.odp4j.flowcache.rule.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.flowcache.rule.RuleCorpus;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Text that is nearly a rule. */
class RuleParserPropertyTest {
    private static final String LETTERS = "=,:()[]/->.0x19afg +-# \t\n\"\0é";

    @Property(tries = 5000)
    void shouldSayWhereTextIsWrongOrReadIt(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int changes) {
        Random random = new Random(seed);
        List<String> rules = RuleCorpus.ALL;
        StringBuilder text = new StringBuilder(rules.get(random.nextInt(rules.size())));
        text.append('\n').append(rules.get(random.nextInt(rules.size())));
        for (int i = 0; i < changes; i++) {
            change(text, random, rules);
        }
        try {
            for (RuleParser.Line line : RuleParser.parseAll(text.toString())) {
                // What was read can be written.
                assertThat(line.rule().format()).isNotEmpty();
            }
        } catch (RuleSyntaxException e) {
            String[] lines = text.toString().split("\n", -1);
            assertThat(e.line()).isBetween(1, lines.length);
            assertThat(e.column()).isBetween(1, lines[e.line() - 1].length() + 1);
            assertThat(e.reason()).isNotBlank();
        }
    }

    private static void change(StringBuilder text, Random random, List<String> rules) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(6));
        switch (random.nextInt(4)) {
            case 0 -> text.delete(at, to);
            case 1 -> text.insert(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
            case 2 -> text.insert(at, text.substring(at, to));
            default -> {
                String other = rules.get(random.nextInt(rules.size()));
                int from = random.nextInt(other.length());
                text.insert(at, other, from, Math.min(other.length(), from + 12));
            }
        }
        if (text.length() == 0) {
            text.append('x');
        }
    }
}
