package io.odp4j.upcall.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReplLineTest {
    @Property(tries = 500)
    void shouldReadQuotedWordsAsTheyAre(
            @ForAll @Size(min = 1, max = 5) List<@NotEmpty String> words)
            throws ReplSyntaxException {
        StringBuilder line = new StringBuilder("x");
        for (String word : words) {
            line.append(" \"").append(word.replaceAll("([\"\\\\])", "\\\\$1")).append('"');
        }
        List<String> read = ReplLine.parse(line.toString()).words();
        assertThat(read.get(0)).isEqualTo("x");
        assertThat(read.subList(1, read.size())).isEqualTo(words);
    }

    @Property(tries = 1000)
    void shouldAnswerAnyLineWithWordsOrAnError(@ForAll String line) {
        try {
            assertThat(ReplLine.parse(line)).isNotNull();
        } catch (ReplSyntaxException e) {
            assertThat(e.getMessage()).startsWith(line).contains("^ ");
        }
    }

    @Test
    void shouldLeaveFlowsWhole() throws ReplSyntaxException {
        String flow = "tunnel(flags(df|key)),tcp(src=1>2),ct_state(+est|new)";
        ReplLine line = ReplLine.parse("dpctl/add-flow " + flow + " 'set(eth(src=a b))'");
        assertThat(line.words()).containsExactly("dpctl/add-flow", flow, "set(eth(src=a b))");
        assertThat(line.shell()).isNull();
    }

    @Test
    void shouldHandTheRestBehindABarToTheShell() throws ReplSyntaxException {
        ReplLine line = ReplLine.parse("dump-flows -m | grep 'a|b' > /tmp/x");
        assertThat(line.words()).containsExactly("dump-flows", "-m");
        assertThat(line.shell()).isEqualTo("| grep 'a|b' > /tmp/x");
        assertThat(ReplLine.parse("show >> out").shell()).isEqualTo(">> out");
    }

    @Test
    void shouldTakeACommentAndNothingForEmpty() throws ReplSyntaxException {
        assertThat(ReplLine.parse("  # a | b").isEmpty()).isTrue();
        assertThat(ReplLine.parse(" \t ").isEmpty()).isTrue();
        assertThat(ReplLine.parse("a#b # c").words()).containsExactly("a#b", "#", "c");
    }

    @Test
    void shouldJoinLinesThatABackslashEnds() throws ReplSyntaxException {
        assertThat(ReplLine.parse("a b\\\nc d").words()).containsExactly("a", "bc", "d");
    }

    @Test
    void shouldPointAtWhatIsWrong() {
        assertThatThrownBy(() -> ReplLine.parse("show 'x"))
                .hasMessage("show 'x\n     ^ this quote is not closed");
        assertThatThrownBy(() -> ReplLine.parse("| grep")).hasMessageContaining("a command before");
        assertThatThrownBy(() -> ReplLine.parse("show |"))
                .hasMessageContaining("a command to pipe into");
        assertThatThrownBy(() -> ReplLine.parse("show >  ")).hasMessageContaining("a file's name");
    }
}
