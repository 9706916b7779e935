package io.odp4j.upcall;

import static io.odp4j.upcall.AgentKernelTest.assertOk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.upcall.survival.Load;
import io.odp4j.upcall.survival.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code odp4j agent} as a process: signals, exit status, restart. */
@Tag("kernel")
class AgentProcessKernelTest {
    @RegisterExtension final NamespaceHosts hosts = new NamespaceHosts();

    private AgentProcess agent(String... more) throws Exception {
        String[] arguments = {
            "agent", "--datapath", TwoHosts.DATAPATH, "--port", TwoHosts.PORT_1, TwoHosts.PORT_2
        };
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return AgentProcess.start(all);
    }

    @Test
    void shouldPrintItsCountersOnSigusr1AndStopCleanlyOnSigterm() throws Exception {
        try (AgentProcess agent = agent().awaitControlling()) {
            assertOk(hosts.h1.ping("10.0.0.2", 2, 56));
            agent.awaitCounters();
            assertThat(agent.output()).contains("ports_added");
            agent.terminate();
            assertThat(agent.awaitExit()).isZero();
            assertThat(agent.output())
                    .contains("upcalls_received")
                    .contains("flows_installed")
                    .doesNotContain("Exception");
        }
        // It had made the datapath, and takes it away.
        assertThatThrownBy(() -> hosts.stat("n_flows")).hasMessageContaining("ENODEV");
    }

    @Test
    void shouldSayWhatToDoWithoutPrivilege() throws Exception {
        try (AgentProcess agent =
                AgentProcess.startUnprivileged("agent", "--datapath", TwoHosts.DATAPATH)) {
            assertThat(agent.awaitExit()).isEqualTo(1);
            assertThat(agent.output().strip().lines()).hasSize(1);
            assertThat(agent.output()).contains("EPERM").contains("run it as root");
        }
    }

    @Test
    void shouldBeKilledUnderLoadAndStartedAgainWithoutAGapAndEndWithItsDatapath() throws Exception {
        Path rules = Files.writeString(Files.createTempFile("load", ".flows"), Load.RULES);
        String[] options = {"--keep", "--flows", rules.toString()};
        try (Wire a = Wire.create("wa", 1, 2);
                Wire b = Wire.create("wb", 2, 1);
                AgentProcess first = agent(options).awaitControlling()) {
            new ProcessBuilder("ovs-dpctl", "add-if", TwoHosts.DATAPATH, a.port(), b.port())
                    .start()
                    .waitFor();
            assertOk(hosts.h1.ping("10.0.0.2", 2, 56));
            Process server = hosts.h2.start("iperf3", "-s", "-1");
            Thread.sleep(1000);
            Process client = hosts.h1.start("iperf3", "-c", "10.0.0.2", "-t", "10");
            try (Load load = Load.start(8, a, b)) {
                Thread.sleep(2000);
                first.kill();
                Thread.sleep(1000);
                try (AgentProcess second = agent(options).awaitControlling()) {
                    assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
                    assertWhole(client);
                    assertThat(load.sent()).isPositive();
                    load.stop();
                    assertCountsAsTheKernelDoes(second, a, b);
                    assertOk(hosts.h2.ping("10.0.0.1", 2, 56));
                    assertThat(second.awaitCounters()).contains("flows_adopted");
                    hosts.deleteDatapath();
                    assertThat(second.awaitExit()).isEqualTo(1);
                    assertThat(second.output())
                            .contains("odp4j: datapath " + TwoHosts.DATAPATH + " was deleted")
                            .doesNotContain("\tat ");
                }
            }
            server.destroy();
        } finally {
            Files.delete(rules);
        }
    }

    private static void assertWhole(Process transfer) throws IOException {
        String output =
                new String(transfer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(transfer.exitValue()).as(output).isZero();
        assertThat(output).doesNotContain("error").contains("receiver");
        // No second went by without data.
        assertThat(output).doesNotContain(" 0.00 bits/sec");
    }

    /** Of a load that begins and ends under one agent each miss is lost or received. */
    private void assertCountsAsTheKernelDoes(AgentProcess agent, Wire a, Wire b) throws Exception {
        long misses = settledMisses(agent);
        long missed = missed();
        try (Load load = Load.start(Wire.BATCH, a, b)) {
            assertThat(TwoHosts.eventually(() -> load.sent() > 2000)).isTrue();
        }
        assertThat(settledMisses(agent) - misses).isEqualTo(missed() - missed).isPositive();
    }

    private long missed() throws IOException {
        return hosts.stat("n_missed") - hosts.stat("n_lost");
    }

    /** The agent's count once it has read what lay in its queues. */
    private static long settledMisses(AgentProcess agent) throws Exception {
        long before = -1;
        long now = misses(agent.awaitCounters());
        while (now != before) {
            Thread.sleep(500);
            before = now;
            now = misses(agent.awaitCounters());
        }
        return now;
    }

    private static long misses(String counters) {
        Matcher line = Pattern.compile("(?m)^ +misses +(\\d+) ").matcher(counters);
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }
}
