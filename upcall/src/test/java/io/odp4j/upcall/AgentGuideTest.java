package io.odp4j.upcall;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.cli.Odp4j;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.metrics.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Holds docs/agent.md to the code. */
class AgentGuideTest {
    private static final Path HOME = Path.of(System.getProperty("odp4j.home"));

    private static String guide() throws IOException {
        return Files.readString(HOME.resolve("docs/agent.md"));
    }

    @Test
    void shouldQuoteTheExampleThatIsCompiled() throws IOException {
        String source =
                Files.readString(
                        HOME.resolve(
                                "upcall/src/test/java/io/odp4j/upcall/examples/GuestNetwork.java"));
        String quoted = source.substring(source.indexOf("/** Guests"));
        assertThat(guide()).contains("```java\n" + quoted + "```");
    }

    @Test
    void shouldListEveryCounterAndStage() throws IOException {
        String counters =
                Arrays.stream(Counter.values())
                        .map(c -> "| `" + c.label() + "` | " + c.meaning() + " |\n")
                        .collect(Collectors.joining());
        String stages =
                Arrays.stream(Stage.values())
                        .map(s -> "| `" + s.label() + "` | " + s.meaning() + " |\n")
                        .collect(Collectors.joining());
        assertThat(guide()).contains(counters).contains(stages);
    }

    @Test
    void shouldListEveryOptionWithItsDefault() throws IOException {
        CommandLine agent = Odp4j.commandLine("agent").getSubcommands().get("agent");
        List<String> rows = guide().lines().filter(line -> line.startsWith("| `--")).toList();
        for (OptionSpec option : agent.getCommandSpec().options()) {
            if (option.inherited() || option.usageHelp() || option.versionHelp()) {
                continue;
            }
            Pattern name = Pattern.compile("`" + option.longestName() + "[` ]");
            String row =
                    rows.stream()
                            .filter(line -> name.matcher(line).find())
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(option.longestName()));
            if (option.defaultValue() != null) {
                assertThat(row.split(" \\| ")[1])
                        .as(row)
                        .matches("`?" + option.defaultValue() + "(`|\\b).*");
            }
        }
    }
}
