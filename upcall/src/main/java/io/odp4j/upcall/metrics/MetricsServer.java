package io.odp4j.upcall.metrics;

import io.odp4j.upcall.Agent;
import io.odp4j.upcall.StageHealth;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.reader.UpcallSource;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.SummaryWithCallback;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Answers Prometheus at {@code /metrics} with everything that an agent counts and times. Nothing is
 * read from the agent until somebody asks.
 */
public final class MetricsServer implements AutoCloseable {
    private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999, 1};
    private static final double NANOS = 1e9;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final HTTPServer server;

    private MetricsServer(Agent agent, InetSocketAddress address) throws IOException {
        register(agent);
        server =
                HTTPServer.builder()
                        .inetAddress(address.getAddress())
                        .port(address.getPort())
                        .registry(registry)
                        .buildAndStart();
    }

    /**
     * Starts answering.
     *
     * @param address port 0 for any
     * @throws IOException if the address cannot be bound
     */
    public static MetricsServer start(Agent agent, InetSocketAddress address) throws IOException {
        return new MetricsServer(agent, address);
    }

    /** The port that it answers on. */
    public int port() {
        return server.getPort();
    }

    private void register(Agent agent) {
        for (Counter counter : Counter.values()) {
            CounterWithCallback.builder()
                    .name("odp4j_" + counter.label())
                    .help(counter.meaning())
                    .callback(value -> value.call(agent.counters()[counter.ordinal()]))
                    .register(registry);
        }
        CounterWithCallback.builder()
                .name("odp4j_queue_losses")
                .help("Times the datapath said that a queue was full and upcalls were dropped.")
                .labelNames("queue", "shard")
                .callback(
                        value -> {
                            for (int shard = 0; shard < agent.shards(); shard++) {
                                for (UpcallSource source : agent.sources(shard)) {
                                    value.call(source.losses(), source.name(), "" + shard);
                                }
                            }
                        })
                .register(registry);
        gauge("odp4j_ports", "Ports of the datapath.", agent::ports);
        gauge(
                "odp4j_flows",
                "Flows that the last round of the revalidator listed.",
                () -> agent.lastRound().flows());
        gauge(
                "odp4j_flow_limit",
                "How many flows may be installed at present.",
                () -> agent.lastRound().flowLimit());
        gauge(
                "odp4j_revalidation_work_ms",
                "What the last round of the revalidator took for the flows, in milliseconds.",
                () -> agent.lastRound().workMillis());
        GaugeWithCallback.builder()
                .name("odp4j_stage_ok")
                .help("Whether a stage works: 1, or 0 if it is stuck or its thread has ended.")
                .labelNames("stage")
                .callback(
                        value -> {
                            for (StageHealth stage : agent.health()) {
                                boolean ok = stage.state() == StageHealth.State.OK;
                                value.call(ok ? 1 : 0, stage.stage());
                            }
                        })
                .register(registry);
        SummaryWithCallback.builder()
                .name("odp4j_stage_latency_seconds")
                .help("How long the stages of an upcall took; the maximum is quantile 1.")
                .unit(Unit.SECONDS)
                .labelNames("stage")
                .callback(
                        value -> {
                            for (Stage stage : Stage.values()) {
                                Histogram times = agent.latency(stage);
                                value.call(
                                        times.getTotalCount(),
                                        times.getMean() * times.getTotalCount() / NANOS,
                                        quantiles(times),
                                        stage.label());
                            }
                        })
                .register(registry);
    }

    /** A number that is read when somebody asks. */
    @FunctionalInterface
    private interface Number {
        double get();
    }

    private void gauge(String name, String help, Number number) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(value -> value.call(number.get()))
                .register(registry);
    }

    private static Quantiles quantiles(Histogram times) {
        List<Quantile> list = new ArrayList<>();
        for (double quantile : QUANTILES) {
            list.add(new Quantile(quantile, times.getValueAtPercentile(quantile * 100) / NANOS));
        }
        return Quantiles.of(list);
    }

    /** Stops answering. */
    @Override
    public void close() {
        server.close();
    }
}
