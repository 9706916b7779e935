package io.odp4j.upcall;

import static io.odp4j.upcall.TwoHosts.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.demo.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The agent on a real kernel's datapath, between two hosts with the kernel's network stack. */
@Tag("kernel")
@Tag("every-kernel")
class AgentKernelTest extends AgentContract {
    private NamespaceHosts namespaces;

    @Override
    TwoHosts hosts() {
        namespaces = new NamespaceHosts();
        return namespaces;
    }

    @Test
    void shouldCarryTcpWithoutError() throws Exception {
        try (Agent agent = Agent.start(hosts.config().build())) {
            Process server = namespaces.h2.start("iperf3", "-s", "-1");
            Thread.sleep(1000);
            Shell.Result client = namespaces.h1.run("iperf3", "-c", "10.0.0.2", "-t", "2");
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
            Process server = namespaces.h2.start("sh", "-c", "nc -d -l 7000 >" + received);
            Thread.sleep(1000);
            assertOk(namespaces.h1.run("sh", "-c", "nc -N 10.0.0.2 7000 <" + sent));
            assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.mismatch(sent, received)).isEqualTo(-1);
            assertThat(agent.ports()).isEqualTo(3);
        } finally {
            Files.delete(sent);
            Files.delete(received);
        }
    }

    @Test
    void shouldPrintFlowsAsOvsDpctlDoes() throws Exception {
        try (Agent agent = Agent.start(hosts.config().idleMillis(60_000).build())) {
            assertThat(hosts.ping(1, TwoHosts.Net.IPV4, 2, 56)).isTrue();
            assertThat(hosts.ping(1, TwoHosts.Net.IPV6, 2, 56)).isTrue();
            // Hosts speak of their own accord: only what did not move meanwhile can be compared.
            List<String> theirs = dump();
            List<String> ours = hosts.flows();
            for (int i = 0; i < 20 && !theirs.equals(dump()); i++) {
                theirs = dump();
                ours = hosts.flows();
            }
            assertThat(ours).isNotEmpty().isEqualTo(theirs);
            assertThat(agent.await(1)).isFalse();
        }
    }

    private static List<String> dump() throws Exception {
        return Shell.must("ovs-dpctl dump-flows " + TwoHosts.DATAPATH)
                .lines()
                .map(TwoHosts::withoutStatistics)
                .sorted()
                .toList();
    }

    static void assertOk(Shell.Result result) {
        assertThat(result.ok()).as(result.output()).isTrue();
    }
}
