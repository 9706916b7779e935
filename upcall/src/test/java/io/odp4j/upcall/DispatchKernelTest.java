package io.odp4j.upcall;

import static io.odp4j.upcall.AgentKernelTest.assertOk;
import static io.odp4j.upcall.TwoHosts.count;
import static io.odp4j.upcall.TwoHosts.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.demo.Shell;
import io.odp4j.upcall.policy.RulePolicy;
import io.odp4j.upcall.port.DispatchMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Upcalls by vport and by CPU, to one shard and to two, on a real kernel's datapath. */
@Tag("kernel")
@Tag("every-kernel")
class DispatchKernelTest {
    @RegisterExtension final TwoHosts hosts = new TwoHosts();

    @ParameterizedTest
    @CsvSource({"CPU, 1", "CPU, 2", "AUTO, 1", "VPORT, 2"})
    void shouldCarryPacketsAndLoseNoUpcallToOtherPrograms(DispatchMode dispatch, int shards)
            throws Exception {
        try (Agent agent = hosts.config().dispatch(dispatch).shards(shards).start()) {
            assertThat(agent.dispatch())
                    .isEqualTo(dispatch == DispatchMode.AUTO ? DispatchMode.CPU : dispatch);
            for (int round = 0; round < 2; round++) {
                assertOk(hosts.h1.ping("10.0.0.2", 3, 1600));
                assertOk(hosts.h2.ping("fd00::1", 2, 56));
                // It sets features of its own: upcalls must come in either way.
                Shell.must("ovs-dpctl show");
                Shell.must("ovs-dpctl del-flows " + TwoHosts.DATAPATH);
            }
            assertOk(hosts.h1.ping("10.0.0.2", 2, 56));
            assertThat(hosts.stat("n_lost")).isZero();
            assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
            assertThat(count(agent, Counter.EXECUTE_FAILED)).isZero();
            assertThat(eventually(() -> count(agent, Counter.MISSES) == missed())).isTrue();
            assertThat(agent.rounds().await(20_000)).isTrue();
            assertThat(agent.flows()).isEqualTo((int) hosts.stat("n_flows")).isPositive();
        }
    }

    private long missed() {
        try {
            return hosts.stat("n_missed");
        } catch (Exception e) {
            return -1;
        }
    }

    @Test
    void shouldTrackConnectionsWhicheverShardAPacketComesBackTo() throws Exception {
        String rules =
                """
                table=0,priority=100,arp,actions=normal
                table=0,priority=50,ip,actions=ct(table=1)
                table=1,priority=100,ip,ct_state=+trk+new,in_port=1,actions=ct(commit),output:2
                table=1,priority=100,ip,ct_state=+trk+est,in_port=1,actions=output:2
                table=1,priority=100,ip,ct_state=+trk+est,in_port=2,actions=output:1
                table=1,priority=1,actions=drop
                """;
        try (Agent agent =
                hosts.config()
                        .policies(RulePolicy.sharing(rules))
                        .dispatch(DispatchMode.CPU)
                        .shards(2)
                        .start()) {
            hosts.h1.ping("10.0.0.2", 3, 56); // each shard loads its classes with its first packet
            assertOk(hosts.h1.ping("10.0.0.2", 3, 56));
            assertThat(hosts.h2.ping("10.0.0.1", 2, 56).ok()).isFalse();
            assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
            assertThat(count(agent, Counter.EXECUTE_FAILED)).isZero();
        }
    }
}
