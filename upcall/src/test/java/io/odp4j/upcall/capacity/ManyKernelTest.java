package io.odp4j.upcall.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.demo.Shell;
import io.odp4j.upcall.survival.Wire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand ports, and two hundred thousand flows; ovs-vswitchd beside. */
@Tag("nightly-kernel")
class ManyKernelTest extends CapacityRun {
    private static final int PORTS = 1000;
    private static final int FLOWS = Integer.getInteger("odp4j.capacity.flows", 200_000);

    /** A flow for each port: rules look at it. */
    private static final String PORT_BY_PORT = "in_port=9999,actions=drop\nactions=drop";

    @Test
    void shouldServeAThousandPorts() throws Exception {
        List<String> ports = new ArrayList<>();
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < PORTS / 2; i++) {
            batch.append("link add t%1$da type veth peer name t%1$db\n".formatted(i));
            for (String end : List.of("t" + i + "a", "t" + i + "b")) {
                batch.append("link set " + end + " up\n");
                ports.add(end);
            }
        }
        Path file = Files.writeString(Files.createTempFile("links", ".batch"), batch.toString());
        Shell.must("sysctl -q -w net.ipv6.conf.default.disable_ipv6=1");
        Shell.must("ip -batch " + file);
        long began = System.nanoTime();
        try (AgentSubject subject =
                AgentSubject.start("-Xmx256m", ports, PORT_BY_PORT, "--idle-timeout", "600")) {
            double start = (System.nanoTime() - began) / 1e9;
            long missed = stat(subject, "n_missed");
            long descriptors = descriptors(subject);
            long sent = System.nanoTime();
            for (String port : ports) {
                // What one end of a pair sends comes in at the other, a port as well.
                Wire.on(port).send(1, 1);
            }
            for (int i = 0; i < 200 && stat(subject, "n_flows") < PORTS; i++) {
                Thread.sleep(20);
            }
            System.out.printf(
                    "ports | %d | start %.1f s | %d descriptors | upcalls %d, lost %d, flows %d in"
                            + " %.2f s | resident %d MB%n",
                    PORTS,
                    start,
                    descriptors,
                    stat(subject, "n_missed") - missed,
                    stat(subject, "n_lost"),
                    stat(subject, "n_flows"),
                    (System.nanoTime() - sent) / 1e9,
                    residentMegabytes(subject));
            assertThat(stat(subject, "n_lost")).isZero();
            assertThat(stat(subject, "n_flows")).isEqualTo(PORTS);
        }
    }

    @Test
    void shouldHoldTwoHundredThousandFlows() throws Exception {
        try (Wire a = Wire.create("c1", 1, 2);
                Wire b = Wire.create("c2", 2, 1)) {
            List<String> ports = List.of(a.port(), b.port());
            try (AgentSubject subject =
                    AgentSubject.start(
                            "-Xmx256m",
                            ports,
                            PAIRS,
                            "--idle-timeout",
                            "600",
                            "--metrics",
                            "9199")) {
                double seconds = fill(subject, a, 120);
                Thread.sleep(4000);
                String metrics = metrics();
                System.out.printf(
                        "flows | odp4j -Xmx256m | %d flows in %.1f s | resident %d MB | a round's"
                                + " work %s ms | limit %s | lost %d%n",
                        stat(subject, "n_flows"),
                        seconds,
                        residentMegabytes(subject),
                        value(metrics, "odp4j_revalidation_work_ms"),
                        value(metrics, "odp4j_flow_limit"),
                        stat(subject, "n_lost"));
                assertThat(residentMegabytes(subject)).isLessThan(400);
            }
            try (VswitchdSubject subject = VswitchdSubject.start(ports, PAIRS, 600)) {
                double seconds = fill(subject, a, 60);
                System.out.printf(
                        "flows | ovs-vswitchd | %d flows in %.1f s | resident %d MB | lost %d |"
                                + " %s%n",
                        stat(subject, "n_flows"),
                        seconds,
                        residentMegabytes(subject),
                        stat(subject, "n_lost"),
                        subject.run("ovs-appctl -t ovs-vswitchd upcall/show | head -4")
                                .replace('\n', ' '));
            }
        }
    }

    /** Sends new flows until there are as many as wanted, or the time is over. */
    private double fill(Subject subject, Wire from, int seconds) throws Exception {
        long began = System.nanoTime();
        int next = 1 << 20;
        while (stat(subject, "n_flows") < FLOWS
                && System.nanoTime() - began < seconds * 1_000_000_000L) {
            long left = FLOWS - stat(subject, "n_flows");
            for (int i = 0; i < Math.min(left, 2048); i += Wire.BATCH) {
                from.send(next, (int) Math.min(left - i, Wire.BATCH));
                next += Wire.BATCH;
                Thread.sleep(1);
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static String metrics() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:9199/metrics")).build();
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String value(String metrics, String name) {
        Matcher line = Pattern.compile("(?m)^" + name + " (.*)$").matcher(metrics);
        return line.find() ? line.group(1) : "?";
    }
}
