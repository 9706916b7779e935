package io.odp4j.upcall.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a daemon of Open vSwitch. */
class OvsdbServerTest {
    private static final Path DAEMON = Path.of("/usr/sbin/ovsdb-server");
    private static final Path SCHEMA = Path.of("/usr/share/openvswitch/vswitch.ovsschema");

    @TempDir Path folder;

    @Test
    void shouldAskADaemonOfOpenVswitch() throws Exception {
        assumeTrue(
                Files.isExecutable(DAEMON) && Files.exists(SCHEMA), "ovsdb-server not installed");
        String database = folder.resolve("conf.db").toString();
        new ProcessBuilder("ovsdb-tool", "create", database, SCHEMA.toString()).start().waitFor();
        Path socket = folder.resolve("daemon.ctl");
        Process daemon =
                new ProcessBuilder(
                                DAEMON.toString(),
                                "--unixctl=" + socket,
                                "--log-file=" + folder.resolve("log"),
                                database)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("out").toFile())
                        .start();
        try {
            for (int i = 0; i < 200 && !Files.exists(socket); i++) {
                Thread.sleep(50);
            }
            try (ControlClient client = ControlClient.connect(socket)) {
                assertThat(client.run("version", List.of())).contains("(Open vSwitch)");
                assertThat(client.run("list-commands", List.of()))
                        .startsWith("The available commands are:\n");
                assertThatThrownBy(() -> client.run("nonsense", List.of()))
                        .isInstanceOf(ControlException.class)
                        .hasMessageContaining("is not a valid command");
                assertThatThrownBy(() -> client.run("version", List.of("a")))
                        .hasMessage("\"version\" command takes at most 0 arguments");
            }
        } finally {
            daemon.destroy();
            daemon.waitFor();
        }
    }
}
