package io.odp4j.upcall.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.odp4j.upcall.counter.Counter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlServerTest {
    private static final Path APPCTL = Path.of("/usr/bin/ovs-appctl");

    @TempDir Path folder;
    private final CommandTable commands = new CommandTable();
    private Path path;
    private ControlServer server;

    @BeforeEach
    void setUp() throws IOException {
        path = folder.resolve("made").resolve("agent.ctl");
        commands.add(
                new ControlCommand(
                        "echo", "WORD...", 1, 3, arguments -> String.join(" ", arguments) + "\n"));
        commands.add(
                new ControlCommand(
                        "fail",
                        "",
                        0,
                        0,
                        arguments -> {
                            throw new ControlException("it cannot be done");
                        }));
        commands.add(
                new ControlCommand(
                        "crash",
                        "",
                        0,
                        0,
                        arguments -> {
                            throw new IllegalStateException("a fault");
                        }));
        server = ControlServer.open(path, commands);
    }

    @AfterEach
    void tearDown() {
        server.close();
    }

    @Test
    void shouldAnswerOneCommandAfterTheOther() throws Exception {
        try (ControlClient client = ControlClient.connect(path)) {
            assertThat(client.run("echo", List.of("a", "\"b\" {é}"))).isEqualTo("a \"b\" {é}\n");
            assertThatThrownBy(() -> client.run("fail", List.of())).hasMessage("it cannot be done");
            assertThatThrownBy(() -> client.run("crash", List.of()))
                    .hasMessage("internal error: java.lang.IllegalStateException: a fault");
            assertThat(client.run("echo", List.of("c"))).isEqualTo("c\n");
        }
        assertThat(server.counters().get(Counter.CONTROL_REQUESTS)).isEqualTo(4);
        assertThat(server.counters().get(Counter.CONTROL_ERRORS)).isEqualTo(2);
    }

    @Test
    void shouldCarryMegabytes() throws Exception {
        String large = "x".repeat(40 << 20);
        commands.add(new ControlCommand("large", "", 0, 0, arguments -> large));
        try (ControlClient client = ControlClient.connect(path)) {
            assertThat(client.run("large", List.of())).isEqualTo(large + "\n");
        }
    }

    @Test
    void shouldServeOthersWhileACommandTakesLongAndAClientDoesNotRead() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        commands.add(
                new ControlCommand(
                        "wait",
                        "",
                        0,
                        0,
                        arguments -> {
                            go.await(20, TimeUnit.SECONDS);
                            return "waited";
                        }));
        commands.add(new ControlCommand("much", "", 0, 0, arguments -> "x".repeat(8 << 20)));
        try (UnixSocketChannel deaf = raw();
                UnixSocketChannel waiting = raw();
                ControlClient client = ControlClient.connect(path)) {
            send(deaf, "{\"method\":\"much\",\"params\":[],\"id\":0}");
            send(waiting, "{\"method\":\"wait\",\"params\":[],\"id\":0}");
            assertThat(client.run("echo", List.of("quick"))).isEqualTo("quick\n");
            go.countDown();
            assertThat(text(waiting)).contains("\"result\":\"waited\\n\"");
        }
    }

    @Test
    void shouldAnswerRequestsThatComeInPiecesAndTogether() throws Exception {
        String request = "{\"method\":\"echo\",\"params\":[\"a\"],\"id\":\"x\"}";
        try (UnixSocketChannel channel = raw()) {
            for (int i = 0; i < request.length(); i++) {
                send(channel, request.substring(i, i + 1));
            }
            assertThat(text(channel))
                    .isEqualTo("{\"id\":\"x\",\"result\":\"a\\n\",\"error\":null}");
            send(channel, request + request);
            StringBuilder both = new StringBuilder();
            while (both.length() < 76) {
                both.append(text(channel));
            }
            assertThat(both.toString().split("\"x\"", -1)).hasSize(3);
        }
    }

    @Test
    void shouldCutOffWhoeverSendsWhatIsNoRequest() throws Exception {
        for (String bad : List.of("hello", "{\"method\":1}", "{\"a\":nonsense}")) {
            try (UnixSocketChannel channel = raw()) {
                send(channel, bad);
                assertThat(text(channel)).isEmpty();
            }
        }
        assertThat(server.counters().get(Counter.CONTROL_MALFORMED)).isEqualTo(3);
    }

    @Test
    void shouldRefuseARequestThatIsTooLong() throws Exception {
        try (UnixSocketChannel channel = raw()) {
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 40; i++) {
                                    send(channel, "{\"a".repeat(20_000));
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
        assertThat(server.counters().get(Counter.CONTROL_MALFORMED)).isEqualTo(1);
    }

    @Test
    void shouldBoundTheNumberOfClients() throws Exception {
        List<UnixSocketChannel> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 80; i++) {
                clients.add(raw());
            }
            try (ControlClient late = ControlClient.connect(path)) {
                assertThatThrownBy(() -> late.run("echo", List.of("a")))
                        .isInstanceOf(IOException.class);
            }
            assertThat(server.counters().get(Counter.CONTROL_OVER_LIMIT)).isEqualTo(17);
        } finally {
            for (UnixSocketChannel client : clients) {
                client.close();
            }
        }
    }

    @Test
    void shouldLieInAFolderAndBeASocketOfTheOwnerAlone() throws Exception {
        assertThat(mode(path.getParent())).isEqualTo("rwx------");
        assertThat(mode(path)).isEqualTo("rw-------");
    }

    @Test
    void shouldRefuseAnotherUserEvenIfTheSocketLetsHimConnect() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")), "becoming another user needs root");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(
                path.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(
                        appctl(
                                        List.of("setpriv", "--reuid=65534", "--clear-groups"),
                                        "list-commands")
                                .status)
                .isNotZero();
        assertThat(server.counters().get(Counter.CONTROL_STRANGERS)).isEqualTo(1);
    }

    @Test
    void shouldTakeThePlaceOfASocketThatNobodyServesButOfNothingElse() throws Exception {
        assertThatThrownBy(() -> ControlServer.open(path, commands))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("another process serves it");
        Path file = Files.writeString(folder.resolve("file"), "kept");
        assertThatThrownBy(() -> ControlServer.open(file, commands))
                .hasMessageContaining("is no socket");
        assertThat(file).hasContent("kept");

        Path left = folder.resolve("left");
        jnr.unixsocket.UnixServerSocketChannel dead = jnr.unixsocket.UnixServerSocketChannel.open();
        dead.socket().bind(new UnixSocketAddress(left.toFile()));
        dead.close();
        assertThat(left).exists();
        ControlServer.open(left, commands).close();
        assertThat(left).doesNotExist();
    }

    @Test
    void shouldAnswerOvsAppctl() throws Exception {
        Answer listed = appctl(List.of(), "list-commands");
        assertThat(listed.status).isZero();
        assertThat(listed.text)
                .startsWith("The available commands are:\n")
                .contains("  echo                    WORD...\n");
        assertThat(appctl(List.of(), "echo", "a b", "c").text).isEqualTo("a b c\n");
        Answer unknown = appctl(List.of(), "nonsense");
        assertThat(unknown.status).isEqualTo(2);
        assertThat(unknown.text)
                .contains(
                        "\"nonsense\" is not a valid command (use \"list-commands\" to see a list"
                                + " of valid commands)")
                .contains("server returned an error");
        assertThat(appctl(List.of(), "echo").text)
                .contains("\"echo\" command requires at least 1 arguments");
        assertThat(appctl(List.of(), "echo", "1", "2", "3", "4").text)
                .contains("\"echo\" command takes at most 3 arguments");
    }

    private record Answer(int status, String text) {}

    private Answer appctl(List<String> before, String... words) throws Exception {
        assumeTrue(Files.isExecutable(APPCTL), "ovs-appctl is not installed");
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of(APPCTL.toString(), "-T", "10", "-t", path.toString()));
        all.addAll(List.of(words));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), text);
        }
    }

    private UnixSocketChannel raw() throws IOException {
        return UnixSocketChannel.open(new UnixSocketAddress(path.toFile()));
    }

    private static void send(UnixSocketChannel channel, String text) throws IOException {
        channel.socket().getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(UnixSocketChannel channel) throws IOException {
        byte[] buffer = new byte[4096];
        int read = channel.socket().getInputStream().read(buffer);
        return read < 0 ? "" : new String(buffer, 0, read, StandardCharsets.UTF_8);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
