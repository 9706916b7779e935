package io.odp4j.upcall.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The REPL in a real terminal, tmux's: what is typed, and what then stands on the screen. */
@Timeout(120)
class ConsoleTest {
    private static final Path TMUX = Path.of("/usr/bin/tmux");
    private static final long PATIENCE_MILLIS = 20_000;

    @TempDir Path folder;
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private ControlServer server;
    private String tmux;

    @BeforeEach
    void setUp() throws Exception {
        assumeTrue(Files.isExecutable(TMUX), "tmux is not installed");
        CommandTable table = new CommandTable();
        table.add(
                new ControlCommand(
                        "fdb/show", "[dp]", 0, 1, a -> "asked " + asked.incrementAndGet() + "\n"));
        table.add(new ControlCommand("upcall/show", "", 0, 0, a -> "current 7\n"));
        table.add(
                new ControlCommand(
                        "wait",
                        "",
                        0,
                        0,
                        a -> {
                            waiting.countDown();
                            never.await(60, TimeUnit.SECONDS);
                            return "";
                        }));
        server = ControlServer.open(folder.resolve("agent.ctl"), table);
        tmux = folder.resolve("tmux").toString();
        start();
    }

    private void start() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command =
                String.format(
                        "XDG_STATE_HOME=%s %s -cp '%s' io.odp4j.upcall.cli.Odp4j repl -t %s;"
                                + " echo left with $?; sleep 60",
                        folder, java, System.getProperty("java.class.path"), server.path());
        tmux("new-session", "-d", "-x", "160", "-y", "24", command);
        await("\nagent>");
    }

    @AfterEach
    void tearDown() throws Exception {
        never.countDown();
        if (server != null) {
            tmux("kill-server");
            server.close();
        }
    }

    @Test
    void shouldCompleteACommandAndRunIt() throws Exception {
        type("fdb/s", "Tab");
        await("agent> fdb/show");
        press("Enter");
        await("asked 1");
    }

    @Test
    void shouldOfferWhatAWordMayBecome() throws Exception {
        type("show", "Enter");
        await("\"show\" may be any of fdb/show, upcall/show");
        type("up", "Tab", "Enter");
        await("current 7");
    }

    @Test
    void shouldRememberLinesAcrossSessions() throws Exception {
        type("fdb/show", "Enter");
        await("asked 1");
        press("C-d");
        await("left with 0");
        tmux("kill-server");
        tmux = folder.resolve("tmux again").toString();
        start();
        press("Up");
        await("agent> fdb/show");
        press("C-u", "C-r");
        type("fdb");
        await("fdb/show");
    }

    @Test
    void shouldWatchUntilAKeyAndFillAWindowOfAnotherSize() throws Exception {
        type("watch -n 0.2 fdb/show", "Enter");
        await("Every 0.2 s: fdb/show");
        await("asked 3");
        tmux("resize-window", "-x", "60", "-y", "10");
        await("asked 9");
        type("q");
        await("agent> watch -n 0.2 fdb/show");
        type("upcall/show", "Enter");
        await("current 7");
    }

    @Test
    void shouldGiveUpALineAndACommandOnInterrupt() throws Exception {
        type("nonsense");
        await("agent> nonsense");
        press("C-c");
        await("agent> nonsense\nagent>");
        type("wait", "Enter");
        await("agent> wait");
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        press("C-c");
        await("the server closed the connection");
        type("upcall/show", "Enter");
        await("current 7");
        assertThat(screen()).doesNotContain("is not a valid command");
    }

    /** Types a text, then presses keys by their names. */
    private void type(String text, String... keys) throws Exception {
        tmux("send-keys", "-l", text);
        press(keys);
    }

    private void press(String... keys) throws Exception {
        for (String key : keys) {
            tmux("send-keys", key);
        }
    }

    /** Waits until something stands on the screen. */
    private void await(String text) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!screen().contains(text)) {
            assertThat(System.nanoTime()).as("no '%s' in:%n%s", text, screen()).isLessThan(end);
            Thread.sleep(100);
        }
    }

    private String screen() throws Exception {
        return tmux("capture-pane", "-p");
    }

    private String tmux(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(TMUX.toString(), "-S", tmux, "-f", "/dev/null"));
        all.addAll(List.of(words));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
