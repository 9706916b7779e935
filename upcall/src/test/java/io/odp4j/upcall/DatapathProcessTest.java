package io.odp4j.upcall;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.embedded.endpoint.EndpointFile;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code odp4j datapath} and those who reach it by its name, in processes of their own. */
class DatapathProcessTest {
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    @TempDir Path directory;

    private Path file() {
        return directory.resolve("dp");
    }

    private String name() {
        return "embedded:" + file();
    }

    private AgentProcess datapath(String... ports) throws Exception {
        String[] arguments = {
            "datapath", "--name", "dp7", "--endpoint-file", file().toString(), "--port"
        };
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + ports.length);
        System.arraycopy(ports, 0, all, arguments.length, ports.length);
        AgentProcess process = AgentProcess.startUnprivileged(all);
        await("the datapath to come up", () -> Files.exists(file()));
        return process;
    }

    private AgentProcess agent(String... more) throws Exception {
        String[] arguments = {"agent", "--datapath", name(), "--policy", "hub"};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return AgentProcess.startUnprivileged(all).awaitControlling();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    /** A look at the datapath from here. */
    private final class View implements AutoCloseable {
        private final RequestChannel channel;
        private final OvsFamilies families;

        View() throws Exception {
            channel = RequestChannel.open(EndpointFile.read(file()).endpoint());
            families = OvsFamilies.resolve(channel);
        }

        Datapath datapath() throws Exception {
            return new Datapaths(channel, families).get("dp7");
        }

        long sent() throws Exception {
            return new Vports(channel, families).find("out").orElseThrow().stat("tx_packets");
        }

        @Override
        public void close() {
            channel.close();
        }
    }

    @Test
    void shouldForwardOnWhileItsAgentIsKilledAndStartedAgain() throws Exception {
        try (AgentProcess datapath = datapath("in=gen:rate=2000,flows=1", "out=sink");
                View view = new View()) {
            try (AgentProcess first = agent("--keep")) {
                await("a flow", () -> view.datapath().stat("n_flows") > 0);
                await("packets", () -> view.sent() > 1000);
                first.kill();
            }
            long missed = view.datapath().stat("n_missed");
            long sent = view.sent();
            await("packets without an agent", () -> view.sent() > sent + 2000);
            assertThat(view.datapath().stat("n_missed")).isEqualTo(missed);
            try (AgentProcess second = agent("--keep")) {
                long then = view.sent();
                await("packets with the second agent", () -> view.sent() > then + 2000);
                second.terminate();
                assertThat(second.awaitExit()).isZero();
                assertThat(second.output()).contains("flows_adopted");
            }
            assertThat(view.datapath().stat("n_missed")).isEqualTo(missed);
            assertThat(view.datapath().stat("n_lost")).isZero();
            datapath.terminate();
            assertThat(datapath.awaitExit()).isZero();
            assertThat(datapath.output())
                    .contains("odp4j: embedded datapath dp7 answers on port id")
                    .contains("n_missed=" + missed)
                    .doesNotContain("Exception");
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void shouldBeSeenByDpctlUnderItsName() throws Exception {
        try (AgentProcess datapath = datapath("out=sink");
                AgentProcess show = AgentProcess.start("dpctl", "-s", "show", name())) {
            assertThat(show.awaitExit()).as(show.output()).isZero();
            assertThat(show.output())
                    .contains("embedded@dp7:")
                    .contains("port 0: dp7 (internal)")
                    .contains("port 1: out")
                    .contains("RX packets:0");
            assertThat(datapath.output()).doesNotContain("Exception");
        }
    }

    @Test
    void shouldSayThatTheNameIsServedAlready() throws Exception {
        try (AgentProcess datapath = datapath("out=sink");
                AgentProcess other =
                        AgentProcess.start(
                                "datapath", "--name", "x", "--endpoint-file", file().toString())) {
            assertThat(other.awaitExit()).isEqualTo(1);
            assertThat(other.output())
                    .contains("process " + datapath.pid() + " runs")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void shouldTakeTheNameOfOneThatWasKilled() throws Exception {
        try (AgentProcess killed = datapath("out=sink")) {
            killed.kill();
        }
        EndpointFile left = EndpointFile.read(file());
        assertThat(left.answers()).isFalse();
        try (AgentProcess datapath = datapath("out=sink")) {
            await("its file", () -> EndpointFile.read(file()).pid() == datapath.pid());
            assertThat(EndpointFile.read(file()).answers()).isTrue();
        }
    }
}
