package io.odp4j.upcall.survival;

import static io.odp4j.upcall.TwoHosts.eventually;
import static io.odp4j.upcall.survival.Accounts.count;
import static io.odp4j.upcall.survival.Accounts.unaccounted;
import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.Generator;
import io.odp4j.upcall.StageHealth;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.demo.MemoryHost;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Everything at once on an embedded datapath: two generators with new flows without end, a host
 * whose port flaps, rules that are replaced, flows that are purged, and a policy that throws, waits
 * and asks for nonsense. Afterwards every packet must be accounted for, no thread dead, no
 * descriptor lost, and forwarding right.
 */
class SurvivalTest {
    private static final int FLAPS_A_SECOND = 20;

    private final Mood mood = new Mood();

    private void storm(EmbeddedDatapath embedded, Agent agent, Generator[] generators, int seconds)
            throws Exception {
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        int flow = 0;
        for (int tick = 0; System.nanoTime() < until; tick++) {
            MemoryHost flapping = MemoryHost.plug(embedded, "flap", 9);
            for (int burst = 0; burst < 10; burst++) {
                for (int i = 0; i < 100; i++) {
                    generators[i & 1].send(flow++);
                }
                flapping.ping(0x0a000001, 1, 56, 1);
                Thread.sleep(500 / FLAPS_A_SECOND / 10);
            }
            flapping.close();
            if (tick % 2 == 0) {
                agent.withPolicies(policy -> ((MoodyPolicy) policy).replaceRules());
            }
            if (tick % 200 == 150) {
                mood.pause.set(300);
            }
            if (tick % 10 == 5) {
                agent.rounds().purge(10_000);
            }
        }
    }

    private void survive(int seconds) throws Exception {
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open();
                RequestChannel channel = RequestChannel.open(embedded.endpoint());
                Generator g1 = Generator.plug(embedded, "g1", 1);
                Generator g2 = Generator.plug(embedded, "g2", 2);
                MemoryHost h1 = MemoryHost.plug(embedded, "h1p", 1);
                MemoryHost h2 = MemoryHost.plug(embedded, "h2p", 2)) {
            AgentConfig.Builder config =
                    Agent.builder("storm")
                            .endpoint(embedded.endpoint())
                            .ports(List.of("g1", "g2", "h1p", "h2p", "flap"))
                            .policies(MoodyPolicy.of(mood))
                            .shards(2)
                            .flowLimit(5000);
            try (Agent agent = config.start()) {
                storm(embedded, agent, new Generator[] {g1, g2}, 1);
                long descriptors = Accounts.descriptors();
                mood.throwing = 100;
                mood.nonsense = 100;
                storm(embedded, agent, new Generator[] {g1, g2}, seconds);
                mood.calm();
                assertThat(eventually(() -> unaccounted(agent) == 0))
                        .as("%d of %d", unaccounted(agent), count(agent, Counter.UPCALLS_RECEIVED))
                        .isTrue();
                long missed =
                        new Datapaths(channel, OvsFamilies.resolve(channel))
                                .get("storm")
                                .stat("n_missed");
                long lost =
                        new Datapaths(channel, OvsFamilies.resolve(channel))
                                .get("storm")
                                .stat("n_lost");
                assertThat(count(agent, Counter.MISSES)).isEqualTo(missed - lost);
                assertThat(agent.await(1)).isFalse();
                assertThat(agent.health())
                        .noneMatch(stage -> stage.state() == StageHealth.State.DEAD);
                assertThat(count(agent, Counter.POLICY_ERRORS)).isPositive();
                assertThat(count(agent, Counter.EXECUTE_FAILED)).isPositive();
                assertThat(count(agent, Counter.PORTS_REMOVED)).isPositive();
                assertThat(Accounts.descriptors()).isBetween(descriptors - 20, descriptors + 20);
                assertThat(agent.rounds().purge(10_000)).isTrue();
                h1.forget();
                for (int i = 0; i < 20 && h1.ping(h2.address(), 1, 56, 500) == 0; i++) {
                    h2.forget();
                }
                assertThat(h1.ping(h2.address(), 10, 56, 2000)).isEqualTo(10);
            }
        }
    }

    @Test
    void shouldAccountForEveryPacketAndForwardRightAfterAShortStorm() throws Exception {
        survive(4);
    }

    /** Ten minutes; the profile {@code soak} runs it. */
    @Test
    @Tag("nightly")
    void shouldAccountForEveryPacketAndForwardRightAfterALongStorm() throws Exception {
        survive(Integer.getInteger("odp4j.soak.seconds", 600));
    }
}
