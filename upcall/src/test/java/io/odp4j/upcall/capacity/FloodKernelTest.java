package io.odp4j.upcall.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.survival.Wire;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One port floods while another sets up fifty flows a second; ovs-vswitchd beside. The quiet port's
 * first packets are timed alone; beside as many frames as the sender can make, which a flow drops
 * in the datapath, so that the CPU is as busy; and beside the flood.
 */
@Tag("nightly-kernel")
class FloodKernelTest extends CapacityRun {
    /** What the flood is compared with is dropped: it goes to port 0. */
    private static final String RULES =
            "priority=200,udp,in_port=3,tp_dst=0,actions=drop\n" + PAIRS;

    /** Of a size that does not change. */
    private static final String HEAP = "-Xms256m -Xmx256m -XX:+AlwaysPreTouch";

    private static final int WARM = 150;
    private static final int COUNT = 250;

    /** Which are run, of {@link #shouldServeAQuietPort}'s. */
    private static final String ONLY = System.getProperty("odp4j.flood", ".*");

    private int flow = 1 << 24;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "odp4j",
                "odp4j, nice -10",
                "odp4j --port-rate 1000",
                "odp4j --port-rate 1000, nice -10",
                "odp4j --port-rate 1000 --over-rate mute, nice -10",
                "ovs-vswitchd",
                "ovs-vswitchd, nice -10"
            })
    void shouldServeAQuietPort(String name) throws Exception {
        if (!name.matches(ONLY)) {
            return;
        }
        try (Wire quiet = Wire.create("c1", 1, 2);
                Wire heard = Wire.create("c2", 2, 1);
                Wire loud = Wire.create("c3", 3, 4);
                Wire sink = Wire.create("c4", 4, 3);
                Subject subject =
                        start(
                                name,
                                List.of(quiet.port(), heard.port(), loud.port(), sink.port()))) {
            heard.listen();
            warm(subject, quiet, heard, loud);
            Niceness.ofThisThread(Niceness.FIRST);
            FirstPackets idle = setUps(quiet, heard, COUNT);
            FirstPackets busy;
            try (Flood dropped = Flood.toPortZero(loud)) {
                Thread.sleep(500);
                busy = setUps(quiet, heard, COUNT);
                assertThat(dropped.rate()).isPositive();
            }
            FirstPackets flooded;
            long carried = sink.received();
            try (Flood flood = Flood.ofNewFlows(loud)) {
                Thread.sleep(500);
                flooded = setUps(quiet, heard, COUNT);
                System.out.printf(
                        "flood | %s | idle: %s | busy: %s | flooded: %s | offered %.0f/s, carried"
                                + " %.0f/s, flows %d%n",
                        name,
                        idle,
                        busy,
                        flooded,
                        flood.rate(),
                        (sink.received() - carried) / flood.seconds(),
                        stat(subject, "n_flows"));
            }
            if (subject instanceof AgentSubject) {
                assertThat(flooded.lost()).isZero();
            }
        } finally {
            Niceness.ofThisThread(0);
        }
    }

    /** Code that was compiled for it, and no flows of it left. */
    private void warm(Subject subject, Wire quiet, Wire heard, Wire loud) throws Exception {
        try (Flood flood = Flood.ofNewFlows(loud)) {
            setUps(quiet, heard, WARM);
            assertThat(flood.rate()).isPositive();
        }
        for (int i = 0; i < 300 && stat(subject, "n_flows") > 100; i++) {
            Thread.sleep(100);
        }
    }

    private static Subject start(String name, List<String> ports) throws Exception {
        String[] parts = name.split(", nice ");
        Subject subject;
        if (name.startsWith("odp4j")) {
            String options = parts[0].substring("odp4j".length()).strip();
            subject =
                    AgentSubject.start(
                            HEAP,
                            ports,
                            RULES,
                            options.isEmpty() ? new String[0] : options.split(" "));
        } else {
            subject = VswitchdSubject.start(ports, RULES, 10);
        }
        if (parts.length > 1) {
            Niceness.ofProcess(subject.pid(), Integer.parseInt(parts[1]));
        }
        return subject;
    }

    private FirstPackets setUps(Wire from, Wire to, int count) throws IOException {
        FirstPackets packets = FirstPackets.send(from, to, flow, count);
        flow += count;
        return packets;
    }
}
