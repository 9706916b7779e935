package io.odp4j.upcall.repl;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketTargetTest {
    @TempDir Path folder;

    /**
     * An interrupt may come just when the last answer has: the connection is spent all the same.
     */
    @Test
    void shouldAskOnANewConnectionAfterACancelThatFoundNothingToCancel() throws Exception {
        Path socket = folder.resolve("run").resolve("agent.ctl");
        CommandTable table = new CommandTable();
        table.add(new ControlCommand("number", "", 0, 0, arguments -> "7\n"));
        try (ControlServer server = ControlServer.open(socket, table);
                SocketTarget target = SocketTarget.connect(server.path())) {
            assertThat(target.run("number", List.of())).isEqualTo("7\n");
            target.cancel();
            assertThat(target.run("number", List.of())).isEqualTo("7\n");
            assertThat(target.commands()).containsKey("number");
        }
    }
}
