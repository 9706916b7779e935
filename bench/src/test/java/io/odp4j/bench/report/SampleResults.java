package io.odp4j.bench.report;

import io.odp4j.bench.result.Better;
import io.odp4j.bench.result.Latency;
import io.odp4j.bench.result.Measurement;
import io.odp4j.bench.result.Metric;
import io.odp4j.bench.result.ResultFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Results that look like real ones, made up. */
final class SampleResults {
    private SampleResults() {}

    /** End-to-end results and a few of JMH's; {@code speed} 1 is "before". */
    static ResultFile result(String name, double speed) {
        Random random = new Random(7);
        List<Measurement> all = new ArrayList<>();
        for (String subject : List.of("odp4j", "ovs", "limit")) {
            double most =
                    switch (subject) {
                        case "odp4j" -> 140_000 * speed;
                        case "ovs" -> 32_000;
                        default -> 180_000;
                    };
            for (int offered = 20_000; offered <= 200_000; offered += 20_000) {
                all.add(upcall("open", "offered", offered, subject, most, random));
            }
            for (int window = 1; window <= 1024; window *= 4) {
                all.add(upcall("closed", "window", window, subject, most, random));
            }
            for (int flows = 1000; flows <= 1_000_000; flows *= 10) {
                all.add(upcall("fill", "flows", flows, subject, most, random));
            }
        }
        for (String stage : List.of("frameToKey", "missToKeyAndPacket", "install", "upcall")) {
            double time = 12 * Math.pow(stage.length(), 1.5) / speed;
            all.add(
                    new Measurement(
                            "Benchmark." + stage,
                            "",
                            Map.of(),
                            List.of(
                                    Metric.of("time", "ns/op", Better.LOWER, spread(time, random)),
                                    Metric.of("allocated", "B/op", Better.LOWER, 0, 0, 1e-4)),
                            List.of()));
        }
        return new ResultFile(
                name,
                Map.of("kernel", "6.18", "processor", "<script>alert(1)</script>"),
                Map.of("traffic", "uniform"),
                all);
    }

    private static Measurement upcall(
            String kind, String parameter, int size, String subject, double most, Random random) {
        double demand = kind.equals("open") ? size : most * size / (size + 20.0);
        double rate = Math.min(demand, most);
        double p50 = 25_000 + 2e6 * Math.pow(demand / most, 6);
        List<Latency> latency = new ArrayList<>();
        for (double percentile : new double[] {50, 75, 90, 95, 99, 99.9, 99.99, 100}) {
            latency.add(new Latency(percentile, p50 * (1 + Math.pow(percentile / 70, 5))));
        }
        return new Measurement(
                "upcall " + kind,
                subject,
                Map.of(parameter, "" + size),
                List.of(
                        Metric.of("setups", "setups/s", Better.HIGHER, spread(rate, random)),
                        Metric.of("latency p50", "ns", Better.LOWER, spread(p50, random)),
                        Metric.of("latency p99", "ns", Better.LOWER, spread(9 * p50, random)),
                        Metric.of(
                                "loss",
                                "%",
                                Better.LOWER,
                                kind.equals("open") ? 100 * (1 - rate / size) : 0),
                        Metric.of("cpu", "ns/setup", Better.LOWER, spread(8e8 / most, random)),
                        Metric.of(Metric.MEMORY, "B", Better.LOWER, spread(3e8, random))),
                latency);
    }

    private static double[] spread(double middle, Random random) {
        double[] samples = new double[3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = middle * (1 + 0.04 * random.nextGaussian());
        }
        return samples;
    }
}
