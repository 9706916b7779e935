package io.odp4j.upcall;

import static io.odp4j.upcall.AgentKernelTest.assertOk;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
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
    void shouldStopCleanlyOnSigterm() throws Exception {
        try (AgentProcess agent = agent().awaitControlling()) {
            assertOk(hosts.h1.ping("10.0.0.2", 2, 56));
            agent.terminate();
            assertThat(agent.awaitExit()).isZero();
            assertThat(agent.output())
                    .contains("upcalls_received")
                    .contains("flows_installed")
                    .doesNotContain("Exception");
        }
        // It had made the datapath, and takes it away.
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> hosts.stat("n_flows"))
                .hasMessageContaining("ENODEV");
    }

    @Test
    void shouldPrintItsCountersOnSigusr1() throws Exception {
        try (AgentProcess agent = agent().awaitControlling()) {
            io.odp4j.upcall.demo.Shell.must("kill -USR1 " + agent.pid());
            assertThat(
                            TwoHosts.eventually(
                                    () -> {
                                        try {
                                            return agent.output().contains("ports_added");
                                        } catch (java.io.IOException e) {
                                            return false;
                                        }
                                    }))
                    .isTrue();
        }
    }

    @Test
    void shouldExitWithOneLineWhenItsDatapathIsDeleted() throws Exception {
        try (AgentProcess agent = agent().awaitControlling()) {
            hosts.deleteDatapath();
            assertThat(agent.awaitExit()).isEqualTo(1);
            assertThat(agent.output())
                    .contains("odp4j: datapath " + TwoHosts.DATAPATH + " was deleted")
                    .doesNotContain("\tat ");
        }
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
    void shouldGoOnWithATransferAfterItWasKilledAndStartedAgain() throws Exception {
        try (AgentProcess first = agent("--keep").awaitControlling()) {
            assertOk(hosts.h1.ping("10.0.0.2", 2, 56));
            Process server = hosts.h2.start("iperf3", "-s", "-1");
            Thread.sleep(1000);
            Process client = hosts.h1.start("iperf3", "-c", "10.0.0.2", "-t", "12");
            Thread.sleep(3000);
            first.kill();
            Thread.sleep(1000);
            try (AgentProcess second = agent("--keep").awaitControlling()) {
                assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
                String output =
                        new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(client.exitValue()).as(output).isZero();
                assertThat(output).doesNotContain("error").contains("receiver");
                // No second went by without data.
                assertThat(output).doesNotContain(" 0.00 bits/sec");
                assertOk(hosts.h2.ping("10.0.0.1", 2, 56));
                second.terminate();
                assertThat(second.awaitExit()).isZero();
                assertThat(second.output()).contains("flows_adopted");
            }
            server.destroy();
            assertThat(hosts.stat("n_flows")).isPositive();
        }
    }
}
