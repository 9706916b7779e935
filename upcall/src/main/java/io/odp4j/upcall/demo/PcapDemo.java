package io.odp4j.upcall.demo;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.counter.Counter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs a capture through the learning switch on an embedded datapath: every source address has a
 * port of its own. A packet waits until what was decided about the one before has taken effect, so
 * that the figures are the capture's and not this machine's.
 */
public final class PcapDemo {
    private static final String DATAPATH = "pcap";
    private static final int MOST_PORTS = 1000;
    private static final long SETTLE_NANOS = 1_000_000;
    private static final long PATIENCE_NANOS = 1_000_000_000;

    /** A port at which nobody listens. */
    private record Sink(String name) implements Device {
        @Override
        public void transmit(ByteBuffer frame, int offset, int length) {
            // What the switch sends there is counted by its port.
        }
    }

    private final PrintStream out;

    public PcapDemo(PrintStream out) {
        this.out = out;
    }

    /** Runs a capture and reports. */
    public void run(Path file)
            throws IOException, NetlinkException, AgentException, InterruptedException {
        CaptureFrames capture = new CaptureFrames(file);
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open()) {
            Map<Long, DeviceLink> links = plug(file, capture, embedded);
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= links.size(); i++) {
                names.add("p" + i);
            }
            AgentConfig config =
                    AgentConfig.of(DATAPATH)
                            .endpoint(embedded.endpoint())
                            .ports(names)
                            .idleMillis(600_000)
                            .build();
            try (Agent agent = Agent.start(config);
                    DatapathView view = new DatapathView(embedded.endpoint(), DATAPATH)) {
                play(capture, links, agent, view);
                report(capture, links.size(), view);
            }
        }
    }

    private static Map<Long, DeviceLink> plug(
            Path file, CaptureFrames capture, EmbeddedDatapath embedded) throws IOException {
        Map<Long, DeviceLink> links = new LinkedHashMap<>();
        capture.forEach(
                (source, frame, length) -> {
                    if (links.containsKey(source)) {
                        return;
                    }
                    if (links.size() == MOST_PORTS) {
                        throw new IOException(
                                file + " has more than " + MOST_PORTS + " source addresses");
                    }
                    links.put(source, embedded.plug(new Sink("p" + (links.size() + 1))));
                });
        if (links.isEmpty()) {
            throw new IOException(
                    file + " has no Ethernet frame among its " + capture.others() + " packets");
        }
        return links;
    }

    private static void play(
            CaptureFrames capture, Map<Long, DeviceLink> links, Agent agent, DatapathView view)
            throws IOException {
        long[] misses = {view.stat("n_missed")};
        capture.forEach(
                (source, frame, length) -> {
                    links.get(source).receive(frame, 0, length);
                    long now = view.stat("n_missed");
                    if (now != misses[0]) {
                        misses[0] = now;
                        settle(agent, now);
                    }
                });
    }

    private static void settle(Agent agent, long misses) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (agent.counters()[Counter.MISSES.ordinal()] < misses
                && System.nanoTime() < deadline) {
            LockSupport.parkNanos(SETTLE_NANOS / 10);
        }
        LockSupport.parkNanos(SETTLE_NANOS);
    }

    private void report(CaptureFrames capture, int ports, DatapathView view)
            throws NetlinkException {
        long hits = view.stat("n_hit");
        long misses = view.stat("n_missed");
        out.printf("%d packets from %d source addresses%n", capture.frames(), ports);
        if (capture.others() > 0) {
            out.printf("  left out   %8d   without an Ethernet header%n", capture.others());
        }
        out.printf("  upcalls    %8d%n", misses);
        out.printf("  flows      %8d%n", view.stat("n_flows"));
        out.printf("  masks      %8d%n", view.masks());
        out.printf("  hit rate   %8.2f %%%n", 100.0 * hits / Math.max(1, hits + misses));
        if (capture.broken() != null) {
            out.println("The capture is broken behind these: " + capture.broken());
        }
        out.flush();
    }
}
