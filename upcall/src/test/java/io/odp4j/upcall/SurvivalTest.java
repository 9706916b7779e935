package io.odp4j.upcall;

import static io.odp4j.upcall.TwoHosts.count;
import static io.odp4j.upcall.TwoHosts.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.flowcache.rule.parse.RuleParser;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.demo.MemoryHost;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.PolicyFactory;
import io.odp4j.upcall.policy.RulePolicy;
import io.odp4j.upcall.policy.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
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
    private static final String RULES = "priority=1,actions=normal";

    private final AtomicBoolean calm = new AtomicBoolean();

    /** Decides as the rules do, but for the worse now and then. */
    private final class Moody implements Policy {
        private final Policy rules;
        private final Random random;

        Moody(Policy rules, int shard) {
            this.rules = rules;
            this.random = new Random(shard);
        }

        @Override
        public void decide(FlowKey key, Verdict verdict) {
            int mood = calm.get() ? -1 : random.nextInt(20_000);
            if (mood >= 0 && mood < 200) {
                throw new IllegalStateException("no mood");
            }
            if (mood == 200) {
                sleep(300);
            }
            rules.decide(key, verdict);
            if (mood > 200 && mood < 400) {
                verdict.actions().output(70_000 + mood);
            }
        }

        @Override
        public void decideAgain(FlowKey key, Verdict verdict) {
            rules.decideAgain(key, verdict);
        }

        @Override
        public void portsChanged(int[] numbers) {
            rules.portsChanged(numbers);
        }

        @Override
        public void credit(Object attachment, long packets, long bytes) {
            rules.credit(attachment, packets, bytes);
        }

        @Override
        public void used(FlowKey key) {
            rules.used(key);
        }

        @Override
        public void tick() {
            rules.tick();
        }

        @Override
        public long version() {
            return rules.version();
        }

        void replaceRules() {
            try {
                ((RulePolicy) rules).tables().apply(RuleParser.parseAll(RULES));
            } catch (io.odp4j.flowcache.rule.parse.RuleSyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What came in must have gone out, or been dropped under a name. */
    private static long unaccounted(Agent agent) {
        long received = count(agent, Counter.UPCALLS_RECEIVED);
        long handled = 0;
        for (Counter counter :
                List.of(
                        Counter.UPCALLS_OVER_SHARE,
                        Counter.UPCALLS_MALFORMED,
                        Counter.UPCALLS_UNKNOWN,
                        Counter.POLICY_DROPS,
                        Counter.CLASSIFIER_ERRORS,
                        Counter.PACKETS_DROPPED,
                        Counter.ACTIONS_UNHANDLED,
                        Counter.PACKETS_EXECUTED)) {
            handled += count(agent, counter);
        }
        // An overrun is told in a message of its own where the peer is no kernel.
        return received - count(agent, Counter.UPCALLS_LOST_AT_SOCKET) - handled;
    }

    private static long descriptors() throws Exception {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

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
                agent.withPolicies(policy -> ((Moody) policy).replaceRules());
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
            PolicyFactory rules = RulePolicy.sharing(RULES);
            AgentConfig.Builder config =
                    Agent.builder("storm")
                            .endpoint(embedded.endpoint())
                            .ports(List.of("g1", "g2", "h1p", "h2p", "flap"))
                            .policies(shard -> new Moody(rules.create(shard), shard))
                            .shards(2)
                            .flowLimit(5000);
            try (Agent agent = config.start()) {
                storm(embedded, agent, new Generator[] {g1, g2}, 1);
                long descriptors = descriptors();
                storm(embedded, agent, new Generator[] {g1, g2}, seconds);
                calm.set(true);
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
                assertThat(descriptors()).isBetween(descriptors - 20, descriptors + 20);
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
