package io.odp4j.upcall;

import static io.odp4j.upcall.TwoHosts.count;
import static io.odp4j.upcall.TwoHosts.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.Verdict;
import io.odp4j.upcall.ring.WaitMode;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an upcall that installs a flow costs the collector: nothing. */
class UpcallAllocationTest {
    private static final int WINDOW = 32;
    private static final int ROUND = 4096;

    /** A flow for every pair of UDP ports. */
    private static final Policy EXACT =
            new Policy() {
                @Override
                public void decide(FlowKey key, Verdict verdict) {
                    decideAgain(key, verdict);
                }

                @Override
                public void decideAgain(FlowKey key, Verdict verdict) {
                    verdict.match(FlowField.RECIRC_ID)
                            .match(FlowField.IN_PORT)
                            .match(FlowField.DL_TYPE)
                            .match(FlowField.NW_PROTO)
                            .match(FlowField.TP_SRC)
                            .match(FlowField.TP_DST);
                    verdict.actions().output(3 - key.inPort());
                }
            };

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            String name = info == null ? "" : info.getThreadName();
            if (name.startsWith("odp4j-reader") || name.startsWith("odp4j-classifier")) {
                bytes += threads.getThreadAllocatedBytes(id);
            }
        }
        return bytes;
    }

    private static void send(Generator from, Agent agent, long before) throws Exception {
        for (int sent = 0; sent < ROUND; sent += WINDOW) {
            for (int i = 0; i < WINDOW; i++) {
                from.send((sent + i) * 0x9e3779b1); // odd: no two are equal
            }
            long expected = before + sent + WINDOW;
            while (count(agent, Counter.PACKETS_EXECUTED) < expected) {
                Thread.onSpinWait();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "DIRECT"})
    void shouldAllocateNothingForAnUpcallInSteadyState(WaitMode wait) throws Exception {
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open();
                Generator from = Generator.plug(embedded, "gen", 1);
                Generator to = Generator.plug(embedded, "sink", 2);
                Agent agent =
                        Agent.builder("alloc")
                                .endpoint(embedded.endpoint())
                                .ports(List.of("gen", "sink"))
                                .policy(EXACT)
                                .waitMode(wait)
                                .idleMillis(600_000)
                                .start()) {
            long least = Long.MAX_VALUE;
            // What compiles and grows does so in the first rounds: the last must be free of it.
            for (int round = 0; round < 8 && least >= ROUND; round++) {
                agent.rounds().resume();
                assertThat(agent.rounds().purge(10_000)).isTrue();
                assertThat(eventually(() -> flows(agent) == 0)).isTrue();
                agent.rounds().pause();
                assertThat(eventually(() -> !agent.rounds().isUnderWay())).isTrue();
                long executed = count(agent, Counter.PACKETS_EXECUTED);
                long bytes = allocated();
                send(from, agent, executed);
                least = Math.min(least, allocated() - bytes);
            }
            assertThat(count(agent, Counter.FLOWS_INSTALLED)).isGreaterThanOrEqualTo(ROUND);
            assertThat(to.received()).isGreaterThanOrEqualTo(ROUND);
            // Under a byte for each upcall: none allocates.
            assertThat(least).isLessThan(ROUND);
        }
    }

    private static int flows(Agent agent) {
        try {
            return agent.flows();
        } catch (AgentException | InterruptedException e) {
            return -1;
        }
    }
}
