package io.odp4j.upcall.repl;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplTest {
    @TempDir Path folder;
    private final CommandTable table = new CommandTable();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Repl repl;

    @BeforeEach
    void setUp() {
        for (String name : new String[] {"dpctl/show", "fdb/show", "fdb/flush"}) {
            table.add(
                    new ControlCommand(
                            name, "[dp]", 0, 1, arguments -> name + " " + arguments + "\n"));
        }
        table.add(new ControlCommand("json", "", 0, 0, arguments -> "{\"a\":1}\n{\"a\":2}\n"));
        table.add(
                new ControlCommand(
                        "fail",
                        "",
                        0,
                        0,
                        arguments -> {
                            throw new ControlException("it cannot be done");
                        }));
        repl = new Repl(new TableTarget("t", table), stream(out), stream(err), null);
    }

    @Test
    void shouldRunACommandByItsNameOrItsLastPart() throws InterruptedException {
        assertThat(repl.execute("dpctl/show a")).isZero();
        assertThat(repl.execute("flush")).isZero();
        assertThat(printed()).isEqualTo("dpctl/show [a]\nfdb/flush []\n");
    }

    @Test
    void shouldSayWhichCommandsAWordMayMean() throws InterruptedException {
        assertThat(repl.execute("show")).isEqualTo(1);
        assertThat(told()).isEqualTo("\"show\" may be any of dpctl/show, fdb/show\n");
    }

    @Test
    void shouldTellOfFailuresAndOfWhatIsUnknown() throws InterruptedException {
        assertThat(repl.execute("fail")).isEqualTo(1);
        assertThat(repl.execute("nonsense")).isEqualTo(1);
        assertThat(repl.execute("fdb/show 1 2")).isEqualTo(1);
        assertThat(repl.execute("show '")).isEqualTo(1);
        assertThat(told())
                .contains("it cannot be done\n")
                .contains("\"nonsense\" is not a valid command")
                .contains("\"fdb/show\" command takes at most 1 arguments")
                .contains("     ^ this quote is not closed");
        assertThat(printed()).isEmpty();
    }

    @Test
    void shouldSendAnAnswerThroughTheShell() throws Exception {
        Path file = folder.resolve("out");
        assertThat(repl.execute("dpctl/show a | tr a b > " + file)).isZero();
        assertThat(Files.readString(file)).isEqualTo("dpctl/show [b]\n".replace("a", "b"));
        assertThat(repl.execute("json | json | grep -c '\"a\" : ' >> " + file)).isZero();
        assertThat(Files.readString(file)).endsWith("2\n");
        assertThat(repl.execute("dpctl/show | false")).isEqualTo(1);
    }

    @Test
    void shouldShowJsonWithALineForEachField() throws InterruptedException {
        assertThat(repl.execute("json | json")).isZero();
        assertThat(printed()).isEqualTo("{\n  \"a\" : 1\n}\n{\n  \"a\" : 2\n}\n");
        assertThat(repl.execute("dpctl/show | json")).isEqualTo(1);
        assertThat(told()).contains("the answer is no JSON");
    }

    @Test
    void shouldHelpWithCommandsFieldsAndActions() throws InterruptedException {
        repl.execute("help");
        assertThat(printed())
                .contains("  dpctl/show              [dp]")
                .contains("  watch                   [-n SECONDS] COMMAND...");
        repl.execute("help nw_frag");
        repl.execute("help recirc");
        repl.execute("help flush");
        assertThat(printed())
                .contains("match nw_frag: nw_frag=no\n")
                .contains("action recirc: recirc(0x1)\n")
                .contains("fdb/flush [dp]\n");
        assertThat(repl.execute("help nonsense")).isEqualTo(1);
    }

    @Test
    void shouldDescribeEveryFieldOfAFlowKey() {
        String missing =
                Arrays.stream(FlowField.values())
                        .map(FlowField::fieldName)
                        .filter(name -> Reference.load().describe(name).isEmpty())
                        .collect(Collectors.joining(" "));
        assertThat(missing).isEmpty();
    }

    @Test
    void shouldLeaveWhenTold() throws InterruptedException {
        assertThat(repl.ended()).isFalse();
        repl.execute("quit");
        assertThat(repl.ended()).isTrue();
    }

    @Test
    void shouldMarkWhatChanged() {
        assertThat(ScreenWatch.marked("hit:12", "hit:10").toAnsi())
                .isEqualTo("hit:1\u001b[7m2\u001b[0m");
        assertThat(ScreenWatch.marked("same", "same").toAnsi()).isEqualTo("same");
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String told() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
