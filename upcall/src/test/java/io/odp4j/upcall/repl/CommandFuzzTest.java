package io.odp4j.upcall.repl;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.odp4j.upcall.appctl.Words;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Any text as a line of commands: it is split, its command found, its options told apart. */
class CommandFuzzTest {
    private final CommandTable commands =
            new CommandTable()
                    .add(
                            new ControlCommand(
                                    "watch",
                                    "[--json] [--for MS] WORD...",
                                    0,
                                    8,
                                    arguments -> {
                                        Words words =
                                                Words.of(
                                                        arguments,
                                                        Set.of("--json"),
                                                        Set.of("--for"));
                                        return words.number("--for", 1, 0, 100)
                                                + String.join(" ", words.others())
                                                + words.has("--json")
                                                + words.values("--for");
                                    }));

    @FuzzTest
    void shouldReadAnyLine(byte[] bytes) throws InterruptedException {
        ReplLine line;
        try {
            line = ReplLine.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (ReplSyntaxException e) {
            assertThat(e.getMessage()).isNotEmpty();
            return;
        }
        if (line.isEmpty()) {
            return;
        }
        try {
            commands.run(line.words().get(0), line.words().subList(1, line.words().size()));
        } catch (ControlException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
