package io.odp4j.upcall;

import static io.odp4j.upcall.TwoHosts.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.TwoHosts.Net;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.port.DispatchMode;
import io.odp4j.upcall.ring.WaitMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dispatch of the embedded datapath's upcalls, and every way of waiting for them. */
class DispatchEmbeddedTest extends DispatchContract {
    private static final int MILLIS = 2000;

    @Override
    TwoHosts hosts() {
        return new MemoryHosts();
    }

    @ParameterizedTest
    @CsvSource({
        "VPORT, 1, 1, BLOCKING",
        "VPORT, 3, 256, SPIN",
        "VPORT, 2, 1, BLOCKING",
        "CPU, 1, 256, BUSY",
        "CPU, 3, 256, BLOCKING",
        "AUTO, 2, 256, BLOCKING",
        "VPORT, 1, 256, DIRECT",
        "CPU, 2, 1, DIRECT"
    })
    void shouldCarryPacketsHoweverUpcallsAreDispatched(
            DispatchMode dispatch, int shards, int sockets, WaitMode wait) throws Exception {
        AgentConfig.Builder spread =
                hosts.config()
                        .dispatch(dispatch)
                        .shards(shards)
                        .mostSockets(sockets)
                        .waitMode(wait);
        try (Agent agent = spread.start()) {
            assertThat(hosts.ping(1, Net.IPV4, 20, 56)).isTrue();
            assertThat(agent.dispatch())
                    .isEqualTo(
                            dispatch == DispatchMode.VPORT ? DispatchMode.VPORT : DispatchMode.CPU);
            assertThat(hosts.stat("n_lost")).isZero();
            assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
            assertThat(count(agent, Counter.EXECUTE_FAILED)).isZero();
            assertThat(count(agent, Counter.MISSES)).isEqualTo(hosts.stat("n_missed"));
            assertThat(agent.rounds().await(MILLIS)).isTrue();
            assertThat(agent.flows()).isEqualTo((int) hosts.stat("n_flows")).isPositive();
            assertThat(agent.health())
                    .allMatch(stage -> stage.state() == StageHealth.State.OK)
                    .hasSize((wait == WaitMode.DIRECT ? 1 : 2) * shards + 2);
        }
    }
}
