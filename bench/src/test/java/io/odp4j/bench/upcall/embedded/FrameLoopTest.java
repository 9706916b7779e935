package io.odp4j.bench.upcall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.bench.upcall.result.Load;
import io.odp4j.bench.upcall.traffic.Traffic;
import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.policy.RulePolicy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What the loops say of a receiver that stalls. */
class FrameLoopTest {
    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int RATE = 2000;

    /** A port that takes each frame at once, but one: then the whole datapath waits for it. */
    private static final class Stalling implements Device {
        private long frames;
        private volatile long stalledNanos;

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public void transmit(ByteBuffer sent, int offset, int length) {
            if (++frames == RATE / 4) {
                long began = System.nanoTime();
                long left;
                while ((left = STALL_NANOS - (System.nanoTime() - began)) > 0) {
                    LockSupport.parkNanos(left);
                }
                stalledNanos = System.nanoTime() - began;
            }
        }
    }

    /** Frames that took at least half as long as the stall, of {@link #RATE} frames or so. */
    private static long slow(Load load, long[] sent) throws Exception {
        Stalling stalling = new Stalling();
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open();
                FrameLoop frames = new FrameLoop(embedded, "in", "out", Traffic.UNIFORM);
                DeviceLink slow = embedded.plug(stalling);
                Agent agent =
                        Agent.start(
                                AgentConfig.of("loop")
                                        .endpoint(embedded.endpoint())
                                        .ports(List.of("in", "out", "slow"))
                                        .policies(
                                                RulePolicy.sharing(
                                                        "udp,in_port=1 actions=output:3,output:2"))
                                        .build())) {
            frames.run(load, 1000);
            assertThat(stalling.stalledNanos).isGreaterThanOrEqualTo(STALL_NANOS);
            assertThat(slow).isNotNull();
            assertThat(agent.counters()).isNotEmpty();
            sent[0] = frames.sent();
            assertThat(frames.arrived()).isEqualTo(sent[0]);
            assertThat(frames.latency().getTotalCount()).isEqualTo(sent[0]);
            return frames.latency()
                    .getCountBetweenValues(stalling.stalledNanos / 2, Long.MAX_VALUE);
        }
    }

    /**
     * What was due in the first half of the stall waited for more than half of it, though the
     * generator itself was held up and sent it when all was over.
     */
    @Test
    void shouldCountFromWhenAFrameWasDueInAnOpenLoop() throws Exception {
        long[] sent = new long[1];
        long slow = slow(Load.open(RATE), sent);
        assertThat(sent[0]).isGreaterThanOrEqualTo(RATE);
        assertThat(slow).isGreaterThanOrEqualTo(RATE * STALL_NANOS / 2 / 1_000_000_000L - 2);
    }

    /** A closed loop sends nothing meanwhile, and so has next to nothing to tell. */
    @Test
    void shouldHardlySeeAStallInAClosedLoop() throws Exception {
        assertThat(slow(new Load(Load.Kind.FILL, 1, 0, RATE), new long[1])).isLessThan(RATE / 20);
    }
}
