package io.odp4j.upcall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.odp4j.datapath.embedded.conntrack.ConntrackCounter;
import io.odp4j.datapath.embedded.endpoint.EndpointFile;
import io.odp4j.datapath.embedded.forwarding.PacketCounter;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.upcall.demo.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        String[] all = Arrays.copyOf(arguments, arguments.length + ports.length);
        System.arraycopy(ports, 0, all, arguments.length, ports.length);
        AgentProcess process = AgentProcess.startUnprivileged(all);
        await("the datapath to come up", () -> Files.exists(file()));
        return process;
    }

    private AgentProcess agent(String... more) throws Exception {
        String[] arguments = {"agent", "--datapath", name(), "--policy", "hub"};
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
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
            long lost;
            try (AgentProcess first = agent("--keep")) {
                await("a flow", () -> view.datapath().stat("n_flows") > 0);
                // Before there was one, a slow agent's queue may have run over.
                lost = view.datapath().stat("n_lost");
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
            assertThat(view.datapath().stat("n_lost")).isEqualTo(lost);
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
    void shouldTellOfItselfAndOfEveryPacketAsJson() throws Exception {
        try (AgentProcess datapath = datapath("in=gen:count=1", "out=sink", "--json")) {
            await("where it answers", () -> objects(datapath).size() == 1);
            Map<String, String> greeting = objects(datapath).get(0);
            EndpointFile endpoint = EndpointFile.read(file());
            assertThat(greeting)
                    .containsEntry("name", "dp7")
                    .containsEntry("port_id", Integer.toUnsignedString(endpoint.portId()))
                    .containsEntry("endpoint_file", file().toString())
                    .containsEntry("ports", "in out")
                    .hasSize(4);
            Shell.must("kill -USR1 " + datapath.pid());
            await("counters", () -> objects(datapath).size() == 2);
            datapath.terminate();
            assertThat(datapath.awaitExit()).isZero();
            List<Map<String, String>> all = objects(datapath);
            assertThat(all).hasSize(3);
            for (Map<String, String> counters : all.subList(1, 3)) {
                assertThat(counters.remove("name")).isEqualTo("dp7");
                List<String> names =
                        new ArrayList<>(
                                List.of("n_hit", "n_missed", "n_lost", "n_flows", "connections"));
                Arrays.stream(PacketCounter.values()).forEach(c -> names.add(c.label()));
                Arrays.stream(ConntrackCounter.values()).forEach(c -> names.add(c.label()));
                assertThat(counters.keySet()).containsExactlyInAnyOrderElementsOf(names);
                assertThat(counters.values()).allMatch(value -> value.matches("[0-9]+"));
            }
            assertThat(datapath.output().lines()).allMatch(line -> line.startsWith("{"));
        }
    }

    /** The lines that are JSON objects; of an array the values, one after the other. */
    private static List<Map<String, String>> objects(AgentProcess process) throws Exception {
        List<Map<String, String>> objects = new ArrayList<>();
        for (String line : process.output().split("\n")) {
            if (line.startsWith("{") && line.endsWith("}")) {
                objects.add(object(line));
            }
        }
        return objects;
    }

    private static Map<String, String> object(String line) throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    String name = parser.currentName();
                    String array = parser.getParsingContext().getParent().getCurrentName();
                    fields.merge(
                            name == null ? array : name, parser.getText(), (a, b) -> a + " " + b);
                }
            }
        }
        return fields;
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
