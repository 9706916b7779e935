package io.odp4j.upcall;

import static io.odp4j.upcall.TwoHosts.count;
import static io.odp4j.upcall.TwoHosts.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.demo.Host;
import io.odp4j.upcall.demo.Shell;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The agent on a real kernel's datapath, between two hosts. */
@Tag("kernel")
@Tag("every-kernel")
class AgentKernelTest {
    @RegisterExtension final TwoHosts hosts = new TwoHosts();

    @Test
    void shouldCarryPingsOfEverySizeOverIpv4Ipv6AndVlan() throws Exception {
        hosts.h1.addVlan(100, 1);
        hosts.h2.addVlan(100, 2);
        try (Agent agent = Agent.start(hosts.config().build())) {
            for (int bytes : new int[] {56, 1600, 3200}) {
                assertOk(hosts.h1.ping("10.0.0.2", 3, bytes));
                assertOk(hosts.h1.ping("fd00::2", 3, bytes));
                assertOk(hosts.h1.ping("10.0.100.2", 3, bytes));
            }
            assertThat(hosts.stat("n_lost")).isZero();
            assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
            assertThat(count(agent, Counter.EXECUTE_FAILED)).isZero();
            assertThat(count(agent, Counter.MISSES)).isEqualTo(hosts.stat("n_missed"));
        }
    }

    @Test
    void shouldCarryTcpWithoutError() throws Exception {
        try (Agent agent = Agent.start(hosts.config().build())) {
            Process server = hosts.h2.start("iperf3", "-s", "-1");
            Thread.sleep(1000);
            Shell.Result client = hosts.h1.run("iperf3", "-c", "10.0.0.2", "-t", "5");
            server.destroy();
            assertOk(client);
            assertThat(client.output()).doesNotContain("error");
            assertThat(count(agent, Counter.POLICY_ERRORS)).isZero();
        }
    }

    @Test
    void shouldCarryTwentyMegabytesIntact() throws Exception {
        Path sent = Files.createTempFile("sent", ".bin");
        Path received = Files.createTempFile("received", ".bin");
        byte[] bytes = new byte[20 << 20];
        new Random(1).nextBytes(bytes);
        Files.write(sent, bytes);
        try (Agent agent = Agent.start(hosts.config().build())) {
            Process server = hosts.h2.start("sh", "-c", "nc -d -l 7000 >" + received);
            Thread.sleep(1000);
            assertOk(hosts.h1.run("sh", "-c", "nc -N 10.0.0.2 7000 <" + sent));
            assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.mismatch(sent, received)).isEqualTo(-1);
            assertThat(agent.ports()).isEqualTo(3);
        } finally {
            Files.delete(sent);
            Files.delete(received);
        }
    }

    @Test
    void shouldKeepPacketsInTheKernelAfterTheFirst() throws Exception {
        try (Agent agent = Agent.start(hosts.config().idleMillis(60_000).build())) {
            assertOk(hosts.h1.ping("10.0.0.2", 3, 56));
            // Neighbour probes have flows of their own; let both directions happen once.
            assertOk(hosts.h2.ping("10.0.0.1", 3, 56));
            long hits = hosts.stat("n_hit");
            long missedByPings = missedBy(hosts, 100);
            assertThat(hosts.stat("n_hit") - hits).isGreaterThanOrEqualTo(200);
            assertThat(missedByPings).isLessThanOrEqualTo(5); // router solicitations at most
            assertThat(count(agent, Counter.FLOWS_INSTALLED))
                    .isLessThanOrEqualTo(count(agent, Counter.DECIDED));
        }
    }

    private static long missedBy(TwoHosts hosts, int pings) throws Exception {
        long before = hosts.stat("n_missed");
        assertOk(hosts.h1.run("ping", "-q", "-c", "" + pings, "-i", "0.01", "10.0.0.2"));
        return hosts.stat("n_missed") - before;
    }

    @Test
    void shouldPrintFlowsAsOvsDpctlDoesAndLoseNoUpcallToIt() throws Exception {
        try (Agent agent = Agent.start(hosts.config().idleMillis(60_000).build())) {
            assertOk(hosts.h1.ping("10.0.0.2", 2, 56));
            assertOk(hosts.h1.ping("fd00::2", 2, 56));
            List<String> theirs =
                    Shell.must("ovs-dpctl dump-flows " + TwoHosts.DATAPATH)
                            .lines()
                            .map(TwoHosts::withoutStatistics)
                            .sorted()
                            .toList();
            assertThat(theirs).isNotEmpty().isEqualTo(hosts.flows());

            // ovs-dpctl has just switched the datapath to per-CPU dispatch.
            for (int round = 0; round < 5; round++) {
                Shell.must("ovs-dpctl show");
                Shell.must("ovs-dpctl del-flows " + TwoHosts.DATAPATH);
                assertOk(hosts.h1.ping("10.0.0.2", 2, 56));
            }
            assertThat(hosts.stat("n_lost")).isZero();
            assertThat(eventually(() -> count(agent, Counter.FEATURES_RESTORED) > 0)).isTrue();
        }
    }

    @Test
    void shouldDeleteIdleFlows() throws Exception {
        try (Agent agent = Agent.start(hosts.config().idleMillis(1000).build())) {
            assertOk(hosts.h1.ping("10.0.0.2", 2, 56));
            assertThat(agent.flows()).isPositive();
            assertThat(
                            eventually(
                                    () -> {
                                        try {
                                            return hosts.stat("n_flows") == 0;
                                        } catch (Exception e) {
                                            return false;
                                        }
                                    }))
                    .isTrue();
            assertThat(count(agent, Counter.FLOWS_IDLE)).isPositive();
        }
    }

    @Test
    void shouldGoOnWhenAPortIsUnpluggedAndComesBack() throws Exception {
        try (Agent agent = Agent.start(hosts.config().build())) {
            assertOk(hosts.h1.ping("10.0.0.2", 2, 56));
            hosts.h2.close();
            assertThat(eventually(() -> agent.ports() == 2)).isTrue();
            assertThat(hosts.h1.ping("10.0.0.2", 1, 56).ok()).isFalse();
            hosts.h2 = Host.create("h2", 2);
            assertThat(eventually(() -> agent.ports() == 3)).isTrue();
            hosts.h1.ip("neigh flush dev eth0"); // the new device has another address
            assertOk(hosts.h1.ping("10.0.0.2", 3, 56));
            assertThat(count(agent, Counter.PORTS_REMOVED)).isEqualTo(1);
            assertThat(count(agent, Counter.PORTS_ADDED)).isEqualTo(4);
        }
    }

    @Test
    void shouldTakeOverAPortThatAnotherProgramAdds() throws Exception {
        AgentConfig one = AgentConfig.of(TwoHosts.DATAPATH).ports(List.of(hosts.h1.port())).build();
        try (Agent agent = Agent.start(one)) {
            hosts.h1.ping("10.0.0.2", 1, 56);
            Shell.must("ovs-dpctl add-if " + TwoHosts.DATAPATH + " " + hosts.h2.port());
            assertThat(eventually(() -> agent.ports() == 3)).isTrue();
            hosts.h1.ip("neigh flush dev eth0"); // it has just failed to resolve the other host
            assertOk(hosts.h1.ping("10.0.0.2", 3, 56));
            // Flows that flood were changed to flood to the new port too.
            assertThat(eventually(() -> count(agent, Counter.FLOWS_MODIFIED) > 0)).isTrue();
            assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
        }
    }

    @Test
    void shouldSayThatItsDatapathWasDeleted() throws Exception {
        try (Agent agent = Agent.start(hosts.config().build())) {
            assertOk(hosts.h1.ping("10.0.0.2", 1, 56));
            hosts.deleteDatapath();
            assertThatThrownBy(() -> agent.await(10_000))
                    .isInstanceOf(AgentException.class)
                    .hasMessage("datapath " + TwoHosts.DATAPATH + " was deleted");
        }
    }

    @Test
    void shouldCountWhatTheKernelRefusesAndGoOn() throws Exception {
        Policy nonsense =
                new Policy() {
                    @Override
                    public void decide(FlowKey key, Verdict verdict) {
                        decideAgain(key, verdict);
                    }

                    @Override
                    public void decideAgain(FlowKey key, Verdict verdict) {
                        verdict.match(FlowField.IN_PORT).actions().output(70_000);
                    }
                };
        try (Agent agent = Agent.start(hosts.config().policy(nonsense).build())) {
            hosts.h1.ping("10.0.0.2", 3, 56);
            assertThat(eventually(() -> count(agent, Counter.FLOW_INSTALL_FAILED) > 2)).isTrue();
            assertThat(count(agent, Counter.EXECUTE_FAILED))
                    .isEqualTo(count(agent, Counter.PACKETS_EXECUTED));
            assertThat(agent.flows()).isZero();
            assertThat(agent.await(1)).isFalse();
        }
    }

    @Test
    void shouldSurviveAPolicyThatThrows() throws Exception {
        Policy faulty =
                new Policy() {
                    @Override
                    public void decide(FlowKey key, Verdict verdict) {
                        throw new IllegalStateException("no idea");
                    }

                    @Override
                    public void decideAgain(FlowKey key, Verdict verdict) {}
                };
        try (Agent agent = Agent.start(hosts.config().policy(faulty).build())) {
            hosts.h1.ping("10.0.0.2", 2, 56);
            assertThat(count(agent, Counter.POLICY_ERRORS)).isPositive();
            assertThat(count(agent, Counter.POLICY_ERRORS)).isEqualTo(count(agent, Counter.MISSES));
            assertThat(agent.await(1)).isFalse();
        }
    }

    static void assertOk(Shell.Result result) {
        assertThat(result.ok()).as(result.output()).isTrue();
    }
}
