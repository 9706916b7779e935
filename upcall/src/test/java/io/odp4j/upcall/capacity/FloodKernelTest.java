package io.odp4j.upcall.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.survival.Wire;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One port floods while another sets up fifty flows a second; ovs-vswitchd beside. */
@Tag("nightly-kernel")
class FloodKernelTest extends CapacityRun {
    private static final int MOST_LOST = 20;

    private int flow;

    /** Starts what is measured. */
    @FunctionalInterface
    private interface Start {
        Subject subject(List<String> ports) throws Exception;
    }

    @Test
    void shouldServeAQuietPortBesideAFlood() throws Exception {
        flood(ports -> AgentSubject.start("-Xmx256m", ports, PAIRS));
        flood(ports -> AgentSubject.start("-Xmx256m", ports, PAIRS, "--port-rate", "1000"));
        flood(
                ports ->
                        AgentSubject.start(
                                "-Xmx256m",
                                ports,
                                PAIRS,
                                "--port-rate",
                                "1000",
                                "--over-rate",
                                "mute"));
        flood(ports -> VswitchdSubject.start(ports, PAIRS));
    }

    private void flood(Start start) throws Exception {
        try (Wire quiet = Wire.create("c1", 1, 2);
                Wire heard = Wire.create("c2", 2, 1);
                Wire loud = Wire.create("c3", 3, 4);
                Wire sink = Wire.create("c4", 4, 3);
                Subject subject =
                        start.subject(
                                List.of(quiet.port(), heard.port(), loud.port(), sink.port()))) {
            heard.listen();
            setUps(quiet, heard, 100); // warm
            long[] idle = setUps(quiet, heard, 250);
            AtomicBoolean running = new AtomicBoolean(true);
            long sent = loud.sent();
            Thread flooding =
                    new Thread(
                            () -> {
                                for (int i = 1 << 24; running.get(); i += Wire.BATCH) {
                                    loud.send(i, Wire.BATCH);
                                }
                            });
            flooding.start();
            long began = System.nanoTime();
            Thread.sleep(500);
            long[] flooded = setUps(quiet, heard, 250);
            running.set(false);
            flooding.join();
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    "flood | %s | idle: lost %d, p50 %.2f, p99 %.2f ms | flooded: lost %d, p50"
                            + " %.2f, p99 %.2f ms | offered %.0f/s, carried %.0f/s%n",
                    subject.name(),
                    lost(idle),
                    millis(idle, 50),
                    millis(idle, 99),
                    lost(flooded),
                    millis(flooded, 50),
                    millis(flooded, 99),
                    (loud.sent() - sent) / seconds,
                    sink.received() / seconds);
            if (subject instanceof AgentSubject) {
                assertThat(lost(flooded)).isZero();
            }
        }
    }

    /** The nanoseconds that each of so many first packets took, 50 a second; sorted. */
    private long[] setUps(Wire from, Wire to, int count) throws InterruptedException {
        long[] nanos = new long[count];
        int lost = 0;
        for (int i = 0; i < count; i++) {
            assertThat(lost).as("first packets lost of %d", i).isLessThan(MOST_LOST);
            while (to.awaitFrame(0)) {
                continue;
            }
            long before = System.nanoTime();
            from.send(flow++, 1);
            nanos[i] = to.awaitFrame(2000) ? System.nanoTime() - before : Long.MAX_VALUE;
            lost += nanos[i] == Long.MAX_VALUE ? 1 : 0;
            Thread.sleep(Math.max(0, 20 - (System.nanoTime() - before) / 1_000_000));
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static long lost(long[] nanos) {
        return Arrays.stream(nanos).filter(n -> n == Long.MAX_VALUE).count();
    }

    private static double millis(long[] sorted, int percent) {
        return sorted[(sorted.length - 1) * percent / 100] / 1e6;
    }
}
