package io.odp4j.upcall;

import static io.odp4j.upcall.TwoHosts.count;
import static io.odp4j.upcall.TwoHosts.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.psample.Sample;
import io.odp4j.upcall.TwoHosts.Net;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.Verdict;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Packets that flows have the kernel sample, on their way to a listener. */
@Tag("kernel")
class KernelSamplesKernelTest {
    private static final int GROUP = 42;
    private static final byte[] COOKIE = {1, 2, 3, 4, 5};

    @RegisterExtension final TwoHosts hosts = new NamespaceHosts();

    /** Samples every packet and sends it out of the other port. */
    private static final Policy SAMPLING =
            new Policy() {
                @Override
                public void decide(FlowKey key, Verdict verdict) {
                    decideAgain(key, verdict);
                }

                @Override
                public void decideAgain(FlowKey key, Verdict verdict) {
                    verdict.match(FlowField.IN_PORT);
                    verdict.actions().psample(GROUP, COOKIE).output(3 - key.inPort());
                }
            };

    @Test
    void shouldHandWhatTheKernelSamplesToTheListener() throws Exception {
        List<Sample> samples = new CopyOnWriteArrayList<>();
        try (Agent agent = hosts.config().policy(SAMPLING).onKernelSample(samples::add).start()) {
            boolean answered = hosts.ping(1, Net.IPV4, 3, 56);
            // Before Linux 6.11 a datapath has no such action, and refuses it.
            assumeTrue(count(agent, Counter.EXECUTE_FAILED) == 0);
            assertThat(answered).isTrue();
            // Three requests and three answers at least.
            assertThat(eventually(() -> samples.size() >= 6)).isTrue();
            assertThat(samples)
                    .allSatisfy(
                            sample -> {
                                assertThat(sample.group()).isEqualTo(GROUP);
                                assertThat(sample.cookie()).isEqualTo(COOKIE);
                                assertThat(sample.probability()).isEqualTo(1);
                                assertThat(sample.data()).hasSizeGreaterThanOrEqualTo(42);
                            });
            assertThat(eventually(() -> count(agent, Counter.SAMPLES_RECEIVED) == samples.size()))
                    .isTrue();
            assertThat(count(agent, Counter.SAMPLES_LOST)).isZero();
            assertThat(agent.health().toString()).contains("odp4j-samples");
        }
    }
}
