package io.odp4j.upcall;

import static io.odp4j.upcall.TwoHosts.count;
import static io.odp4j.upcall.TwoHosts.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.forwarding.PacketCounter;
import io.odp4j.datapath.flow.ActionWriter;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.upcall.action.ActionCookie;
import io.odp4j.upcall.action.ActionPort;
import io.odp4j.upcall.action.PacketSample;
import io.odp4j.upcall.action.SampleRecorder;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.RulePolicy;
import io.odp4j.upcall.policy.Verdict;
import io.odp4j.upcall.port.DispatchMode;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets that userspace actions send up, to those who take them. */
class ActionsEmbeddedTest {
    private EmbeddedDatapath embedded;
    private Generator a;
    private Generator b;
    private final Queue<ActionCookie> cookies = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> lengths = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void plug() throws Exception {
        embedded = EmbeddedDatapath.open();
        a = Generator.plug(embedded, "a", 1);
        b = Generator.plug(embedded, "b", 2);
    }

    @AfterEach
    void unplug() {
        a.close();
        b.close();
        embedded.close();
    }

    private AgentConfig.Builder agent() {
        return Agent.builder("act").endpoint(embedded.endpoint()).ports(List.of("a", "b"));
    }

    /** A policy with flows that send every packet up with a cookie. */
    private static Policy up(ActionCookie cookie) {
        return new Policy() {
            private ActionPort port;

            @Override
            public void attached(ActionPort to) {
                port = to;
            }

            @Override
            public void decide(FlowKey key, Verdict verdict) {
                decideAgain(key, verdict);
            }

            @Override
            public void decideAgain(FlowKey key, Verdict verdict) {
                verdict.match(FlowField.RECIRC_ID).match(FlowField.IN_PORT);
                cookie.appendTo(verdict.actions(), port.portId());
            }
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = DispatchMode.class,
            names = {"VPORT", "CPU"})
    void shouldHandPacketsToTheHandlerOfTheirNumber(DispatchMode dispatch) throws Exception {
        ActionWriter onwards = new ActionWriter().output(2);
        try (Agent agent =
                agent().policy(up(ActionCookie.user(7, 0x1234)))
                        .dispatch(dispatch)
                        .onAction(
                                7,
                                packet -> {
                                    cookies.add(packet.cookie());
                                    lengths.add(packet.toBytes().length);
                                    assertThat(packet.key().inPort()).isEqualTo(1);
                                    packet.execute(onwards);
                                })
                        .start()) {
            for (int i = 0; i < 50; i++) {
                a.send(i);
            }
            assertThat(eventually(() -> b.received() == 50)).isTrue();
            assertThat(cookies).hasSize(50).containsOnly(ActionCookie.user(7, 0x1234));
            assertThat(lengths).containsOnly(60);
            assertThat(count(agent, Counter.ACTIONS_USER)).isEqualTo(50);
            assertThat(count(agent, Counter.ACTIONS_UNHANDLED)).isZero();
        }
    }

    @Test
    void shouldCountWhatNobodyTakesAndWhatItsHandlerFailsOn() throws Exception {
        try (Agent agent =
                agent().policy(up(ActionCookie.user(7, 0)))
                        .onAction(
                                8,
                                packet -> {
                                    throw new AssertionError("not mine");
                                })
                        .start()) {
            a.send(1);
            assertThat(eventually(() -> count(agent, Counter.ACTIONS_UNHANDLED) == 1)).isTrue();
        }
        try (Agent agent =
                agent().policy(up(ActionCookie.user(8, 0)))
                        .onAction(
                                8,
                                packet -> {
                                    throw new IllegalStateException("no idea");
                                })
                        .start()) {
            a.send(1);
            a.send(2);
            assertThat(eventually(() -> count(agent, Counter.ACTIONS_FAILED) == 2)).isTrue();
            assertThat(agent.await(1)).isFalse();
        }
    }

    @Test
    void shouldHaveThePolicyDecidePacketByPacketOnTheSlowPath() throws Exception {
        int[] decided = {0};
        Policy policy =
                new Policy() {
                    private ActionPort port;

                    @Override
                    public void attached(ActionPort to) {
                        port = to;
                    }

                    @Override
                    public void decide(FlowKey key, Verdict verdict) {
                        verdict.match(FlowField.RECIRC_ID).match(FlowField.IN_PORT);
                        if (decided[0]++ == 0) {
                            ActionCookie.FOR_SLOW_PATH.appendTo(verdict.actions(), port.portId());
                        } else {
                            verdict.actions().output(2);
                        }
                    }

                    @Override
                    public void decideAgain(FlowKey key, Verdict verdict) {
                        ActionCookie.FOR_SLOW_PATH.appendTo(verdict.actions(), port.portId());
                    }
                };
        try (Agent agent = agent().policy(policy).start()) {
            for (int i = 0; i < 20; i++) {
                a.send(i);
            }
            assertThat(eventually(() -> b.received() == 20)).isTrue();
            assertThat(count(agent, Counter.ACTIONS_SLOW_PATH)).isEqualTo(20);
            assertThat(agent.flows()).isEqualTo(1);
        }
    }

    @Test
    void shouldSendUpWhatRulesSendToTheControllerAndSample() throws Exception {
        Queue<ActionCookie> samples = new ConcurrentLinkedQueue<>();
        String rules =
                """
                cookie=0x77,in_port=1,actions=controller(max_len=128),output:2
                in_port=2,actions=sample(probability=65535,collector_set_id=5,obs_domain_id=6,obs_point_id=7),output:1
                """;
        try (Agent agent =
                agent().policies(RulePolicy.sharing(rules))
                        .onController(packet -> cookies.add(packet.cookie()))
                        .onSample(packet -> samples.add(packet.cookie()))
                        .start()) {
            for (int i = 0; i < 10; i++) {
                a.send(i);
                b.send(i);
            }
            assertThat(eventually(() -> b.received() == 10 && a.received() == 10)).isTrue();
            assertThat(eventually(() -> cookies.size() == 10 && samples.size() == 10)).isTrue();
            assertThat(cookies)
                    .containsOnly(new ActionCookie(ActionCookie.CONTROLLER, 0, 128, 0x77));
            assertThat(samples)
                    .containsOnly(
                            new ActionCookie(ActionCookie.SAMPLE, 5, 0xffff_ffff, 0x6_0000_0007L));
            assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
        }
    }

    @Test
    void shouldRecordSamplesWithRateLengthAndHeader() throws Exception {
        Queue<PacketSample> samples = new ConcurrentLinkedQueue<>();
        String rules =
                "in_port=1,actions=sample(probability=32768,collector_set_id=9,obs_domain_id=1,obs_point_id=2),output:2";
        try (Agent agent =
                agent().policies(RulePolicy.sharing(rules))
                        .shards(2)
                        .onSample(new SampleRecorder(42, samples::add))
                        .start()) {
            for (int i = 0; i < 200; i++) {
                a.send(i);
            }
            assertThat(eventually(() -> b.received() == 200)).isTrue();
            // Everything that was sent up has arrived.
            assertThat(
                            eventually(
                                    () ->
                                            count(agent, Counter.MISSES) + samples.size()
                                                    == embedded.counters()[
                                                            PacketCounter.UPCALLS.ordinal()]))
                    .isTrue();
            // Half of them: fewer than 50 or more than 150 has a chance of 10^-12.
            assertThat(samples).hasSizeBetween(50, 150);
            assertThat(samples.stream().map(PacketSample::sequence))
                    .doesNotHaveDuplicates()
                    .contains(1L, (long) samples.size());
            assertThat(samples)
                    .allSatisfy(
                            sample -> {
                                assertThat(sample.samplingRate()).isBetween(1.999, 2.001);
                                assertThat(sample.inPort()).isEqualTo(1);
                                assertThat(sample.frameLength()).isEqualTo(60);
                                assertThat(sample.header()).hasSize(42);
                                assertThat(sample.collectorSet()).isEqualTo(9);
                                assertThat(sample.observation()).isEqualTo(0x1_0000_0002L);
                            });
        }
    }
}
