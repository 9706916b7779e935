package io.odp4j.upcall;

import static io.odp4j.upcall.TwoHosts.count;
import static io.odp4j.upcall.TwoHosts.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.TwoHosts.Net;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.policy.RulePolicy;
import io.odp4j.upcall.port.DispatchMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Upcalls by vport and by CPU, to one shard and to several, whichever datapath sends them. */
abstract class DispatchContract {
    @RegisterExtension final TwoHosts hosts = hosts();

    /** The hosts, and what joins them. */
    abstract TwoHosts hosts();

    @ParameterizedTest
    @CsvSource({"CPU, 1", "CPU, 2", "AUTO, 1", "VPORT, 2"})
    void shouldCarryPacketsAndLoseNoUpcallToOtherPrograms(DispatchMode dispatch, int shards)
            throws Exception {
        try (Agent agent = hosts.config().dispatch(dispatch).shards(shards).start()) {
            assertThat(agent.dispatch())
                    .isEqualTo(dispatch == DispatchMode.AUTO ? DispatchMode.CPU : dispatch);
            for (int round = 0; round < 2; round++) {
                assertThat(hosts.ping(1, Net.IPV4, 3, 1600)).isTrue();
                assertThat(hosts.ping(2, Net.IPV6, 2, 56)).isTrue();
                // Upcalls must come in, whatever features another program sets.
                hosts.disturb();
            }
            assertThat(hosts.ping(1, Net.IPV4, 2, 56)).isTrue();
            assertThat(hosts.stat("n_lost")).isZero();
            assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
            assertThat(count(agent, Counter.EXECUTE_FAILED)).isZero();
            assertThat(eventually(() -> count(agent, Counter.MISSES) == missed())).isTrue();
            // A flow whose packets go on coming up is installed again.
            assertThat(
                            eventually(
                                    AgentContract.attempt(
                                            () ->
                                                    hosts.ping(1, Net.IPV4, 1, 56)
                                                            && hosts.stat("n_flows") > 0)))
                    .isTrue();
            // What other programs deleted is forgotten when two lists in a row lack it.
            assertThat(agent.rounds().await(20_000)).isTrue();
            assertThat(agent.rounds().await(20_000)).isTrue();
            assertThat(agent.flows()).isEqualTo((int) hosts.stat("n_flows"));
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
            // Each shard loads its classes with its first packet: seconds where the CPU is
            // emulated.
            boolean awake = false;
            for (int tries = 0; tries < 10 && !awake; tries++) {
                awake = hosts.ping(1, Net.IPV4, 1, 56);
            }
            assertThat(hosts.ping(1, Net.IPV4, 3, 56)).isTrue();
            assertThat(hosts.ping(2, Net.IPV4, 1, 56)).isFalse();
            assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
            assertThat(count(agent, Counter.EXECUTE_FAILED)).isZero();
        }
    }
}
