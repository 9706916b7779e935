package io.odp4j.upcall;

import static io.odp4j.upcall.TwoHosts.count;
import static io.odp4j.upcall.TwoHosts.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.upcall.admission.Admission;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shares of upcalls for each port. */
class AdmissionEmbeddedTest {
    private static final int FRAMES = 400;

    /** Sends every packet to the other port, and has each come up. */
    private static final Policy ONE_BY_ONE =
            new Policy() {
                @Override
                public void decide(FlowKey key, Verdict verdict) {
                    verdict.match(FlowField.IN_PORT).once().actions().output(3 - key.inPort());
                }

                @Override
                public void decideAgain(FlowKey key, Verdict verdict) {
                    verdict.once();
                }
            };

    private static AgentConfig.Builder agent(EmbeddedDatapath embedded, Admission.Over over) {
        // One upcall in a hundred seconds, after a burst of ten.
        return Agent.builder("adm")
                .endpoint(embedded.endpoint())
                .ports(List.of("a", "b"))
                .policy(ONE_BY_ONE)
                .admission(new Admission(1, 10, over));
    }

    /** Waits until every frame was dropped or has arrived. */
    private static boolean settled(Agent agent, Generator to) throws InterruptedException {
        return eventually(() -> to.received() + count(agent, Counter.UPCALLS_OVER_SHARE) == FRAMES);
    }

    @Test
    void shouldDropWhatAPortSendsOverItsShareAndNothingOfOthers() throws Exception {
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open();
                Generator a = Generator.plug(embedded, "a", 1);
                Generator b = Generator.plug(embedded, "b", 2);
                Agent agent = agent(embedded, Admission.Over.DROP).start()) {
            for (int i = 0; i < FRAMES; i++) {
                a.send(1000 + i);
            }
            assertThat(settled(agent, b)).isTrue();
            long over = count(agent, Counter.UPCALLS_OVER_SHARE);
            assertThat(b.received()).isBetween(10L, 20L);
            for (int i = 0; i < 10; i++) {
                b.send(1000 + i);
            }
            assertThat(eventually(() -> a.received() == 10)).isTrue();
            assertThat(count(agent, Counter.UPCALLS_OVER_SHARE)).isEqualTo(over);
        }
    }

    @Test
    void shouldLetControlProtocolsThroughThatAPortsDataHasNoShareLeftFor() throws Exception {
        byte[] arp =
                FrameBuilder.ethernet(0xffff_ffff_ffffL, 0x0200_0000_0101L)
                        .tag(0x8100, 100)
                        .arp(1, 0x0200_0000_0101L, 1, 0, 2)
                        .build();
        byte[] bfd =
                FrameBuilder.ethernet(0x0200_0000_0102L, 0x0200_0000_0101L)
                        .ipv4(1, 2)
                        .udp(49152, 3784)
                        .payload(24)
                        .build();
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open();
                Generator a = Generator.plug(embedded, "a", 1);
                Generator b = Generator.plug(embedded, "b", 2);
                Agent agent = agent(embedded, Admission.Over.DROP).start()) {
            for (int i = 0; i < FRAMES; i++) {
                a.send(1000 + i);
            }
            assertThat(settled(agent, b)).isTrue();
            long data = b.received();
            long over = count(agent, Counter.UPCALLS_OVER_SHARE);
            for (int i = 0; i < 5; i++) {
                a.send(arp);
                a.send(bfd);
            }
            assertThat(eventually(() -> b.received() >= data + 10)).isTrue();
            assertThat(count(agent, Counter.UPCALLS_OVER_SHARE)).isEqualTo(over);
        }
    }

    @Test
    void shouldMuteAPortInTheDatapathForASecond() throws Exception {
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open();
                Generator a = Generator.plug(embedded, "a", 1);
                Generator b = Generator.plug(embedded, "b", 2);
                Agent agent = agent(embedded, Admission.Over.MUTE).start()) {
            for (int i = 0; i < 20; i++) {
                a.send(1000 + i);
            }
            assertThat(eventually(() -> count(agent, Counter.PORTS_MUTED) == 1)).isTrue();
            assertThat(agent.flows()).isEqualTo(1);
            long over = count(agent, Counter.UPCALLS_OVER_SHARE);
            for (int i = 0; i < FRAMES; i++) {
                a.send(1000 + i);
            }
            // The flow goes, and with it comes the count of what it dropped.
            assertThat(eventually(() -> agentFlows(agent) == 0)).isTrue();
            long muted = count(agent, Counter.PACKETS_MUTED);
            assertThat(muted).isPositive();
            assertThat(muted + count(agent, Counter.UPCALLS_OVER_SHARE) - over)
                    .isGreaterThanOrEqualTo(FRAMES - 5);
            assertThat(b.received()).isLessThan(20);
        }
    }

    private static int agentFlows(Agent agent) {
        try {
            return agent.flows();
        } catch (AgentException | InterruptedException e) {
            return -1;
        }
    }
}
