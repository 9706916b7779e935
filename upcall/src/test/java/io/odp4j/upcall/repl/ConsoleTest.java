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
        table.add(
                command(
                        "dpctl/show",
                        "system@ovs0:\n  lookups: hit:1 missed:2 lost:0\n  port 1: vm1\n"));
        table.add(
                command(
                        "dpctl/dump-flows",
                        "ufid:01234567-89ab-cdef-0123-456789abcdef, in_port(1),eth_type(0x0806),"
                                + " packets:5, bytes:300, used:0.1s, actions:1\n"));
        table.add(
                command(
                        "upcall/watch",
                        "{\"event\":\"decided\",\"time_us\":1000000,\"upcall\":\"miss\","
                                + "\"latency_ns\":5000,\"match\":\"in_port(vm1)\"}\n"
                                + "{\"event\":\"end\",\"cursor\":\"1\",\"not_shown\":0,\"missed\":0}\n"));
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

    private static ControlCommand command(String name, String answer) {
        return new ControlCommand(
                name,
                "[dp]",
                0,
                20,
                arguments -> {
                    Thread.sleep(50);
                    return answer;
                });
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
        await("\"show\" may be any of dpctl/show, fdb/show, upcall/show");
        type("upcall/s", "Tab", "Enter"); // "up" may be "upcalls" as well
        await("current 7");
    }

    @Test
    void shouldCompleteOptionsPortsFieldsAndUfids() throws Exception {
        type("flows --so", "Tab");
        await("agent> flows --sort");
        type("used in_port=v", "Tab");
        await("in_port=vm1");
        type("and dl_ty", "Tab");
        await("in_port=vm1 and dl_type");
        type("=0x0806", "Enter");
        await("in_port(vm1),eth_type(0x0806), packets:5");
        type("dpctl/dump-flows ufid:", "Tab");
        await("ufid:01234567-89ab-cdef-0123-456789abcdef");
        press("C-u");
        type("packet ipv4(),ud", "Tab");
        await("packet ipv4(),udp(");
        type("ds", "Tab");
        await("udp(dst=");
        type("53) \\", "Enter");
        await("\n>");
        type("--json", "Enter");
        await("\"length\":60");
    }

    @Test
    void shouldShowLiveViewsUntilAKeyOrAnInterrupt() throws Exception {
        type("top -s 0.2", "Enter");
        await("Every 0.2 s: top -s 0.2");
        await("upcalls/s");
        await("  vm1");
        type("q");
        await("agent> top -s 0.2");
        type("upcalls tcp", "Enter");
        await("decided miss 5us in_port(vm1)");
        press("C-c");
        type("upcall/show", "Enter");
        await("current 7");
        assertThat(screen()).doesNotContain("closed");
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
        tmux("send-keys", "-l", "--", text);
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
