package io.odp4j.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.upcall.cli.Odp4j;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** Every line of the documentation that calls {@code odp4j} is one that it understands. */
class PageCommandsTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\w*\\n(.*?)^```$");
    private static final Pattern SPAN = Pattern.compile("`(odp4j [^`]+)`");

    /** A line that calls it: by itself, at a prompt, behind a pipe or in a loop. */
    private static final Pattern CALL =
            Pattern.compile("(^|^\\$ |\\| |do )(upcall/bin/)?odp4j (?!made )");

    /** A name in capitals, or what may stand there: a form, not a command. */
    private static final Pattern FORM = Pattern.compile("\\b[A-Z]{3,}\\b|\\[OPTION|…");

    private static final CommandLine ALL = Odp4j.commandLine("--help");

    /** Files that must be there for the words behind them to be understood. */
    private static final Map<String, String> FILES =
            Map.of(
                    "ethtool.yaml",
                    "upcall/src/test/resources/io/odp4j/upcall/cli/spec/nlctrl.yaml",
                    "ethtool",
                    "nlctrl");

    @TestFactory
    Stream<DynamicTest> shouldUnderstandEveryCommandLine() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : Pages.all()) {
            Matcher block = BLOCK.matcher(Pages.text(page));
            while (block.find()) {
                // A loop's variable is a number in each of its turns.
                for (String line :
                        block.group(1).replace("\\\n", " ").replace("$n", "1").lines().toList()) {
                    if (CALL.matcher(line).find() && !FORM.matcher(line).find()) {
                        add(tests, page, line);
                    }
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(80);
        return tests.stream();
    }

    private static void add(List<DynamicTest> tests, Path page, String line) {
        for (List<String> arguments : ShellWords.odp4j(line)) {
            tests.add(
                    DynamicTest.dynamicTest(
                            page.getFileName() + ": " + line, () -> parse(arguments)));
        }
    }

    private static void parse(List<String> arguments) {
        String[] words =
                arguments.stream()
                        .map(word -> FILES.containsKey(word) ? FILES.get(word) : word)
                        .map(word -> word.endsWith(".yaml") ? Pages.HOME.resolve(word) + "" : word)
                        .toArray(String[]::new);
        Odp4j.commandLine(words).parseArgs(words);
    }

    /** In running text a command may be named without all that it needs. */
    @TestFactory
    Stream<DynamicTest> shouldKnowEveryCommandThatIsNamed() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : Pages.all()) {
            Matcher span = SPAN.matcher(Pages.text(page).replaceAll("\\n", " "));
            while (span.find()) {
                String text = span.group(1);
                tests.add(
                        DynamicTest.dynamicTest(
                                page.getFileName() + ": " + text,
                                () -> known(ShellWords.odp4j(text).get(0))));
            }
        }
        assertThat(tests).hasSizeGreaterThan(40);
        return tests.stream();
    }

    private static void known(List<String> words) {
        CommandLine command = ALL;
        for (String word : words) {
            if (command.getSubcommands().containsKey(word)) {
                command = command.getSubcommands().get(word);
            } else if (word.startsWith("-")) {
                assertThat(command.getCommandSpec().optionsMap()).containsKey(word.split("=")[0]);
            } else if (!command.getSubcommands().isEmpty() && !FORM.matcher(word).find()) {
                assertThat(command.getCommandSpec().positionalParameters())
                        .as("no command %s", word)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void shouldNotTakeWhatItDoesNotKnow() {
        assertThatThrownBy(() -> parse(ShellWords.odp4j("odp4j dpctl dump-flow ovs0").get(0)))
                .isInstanceOf(CommandLine.ParameterException.class);
        assertThatThrownBy(() -> parse(ShellWords.odp4j("$ odp4j agent --datapth x").get(0)))
                .isInstanceOf(CommandLine.ParameterException.class);
        assertThatThrownBy(() -> known(List.of("dpctl", "dump-flow")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> known(List.of("agent", "--datapth")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void shouldReadALineAsTheShellDoes() {
        assertThat(ShellWords.odp4j("$ echo 'a b' | odp4j dpctl 'c d' >e --f # g | odp4j h"))
                .containsExactly(List.of("dpctl", "c d", "--f"));
        assertThat(ShellWords.odp4j("odp4j a & upcall/bin/odp4j b; odp4jx c"))
                .containsExactly(List.of("a"), List.of("b"));
    }
}
