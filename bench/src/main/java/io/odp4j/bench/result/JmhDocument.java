package io.odp4j.bench.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JMH's JSON ({@code -rf json}): an array of benchmarks, each with the raw figures of its forks. A
 * fork is a sample: the mean of its iterations, or in sample mode the median of its histogram. Of
 * one fork alone the iterations are taken, and are not independent.
 *
 * <p>{@code odp4j bench jmh} puts that array into an object with {@code format}, {@code
 * environment} and {@code options}, strings by name, as {@code bench upcall} has them.
 */
public final class JmhDocument {
    /** The first field of what {@code odp4j bench jmh} writes. */
    public static final String FORMAT = "odp4j bench jmh 1";

    private JmhDocument() {}

    static ResultFile read(String name, JsonValue json) throws ResultSyntaxException {
        return new ResultFile(
                name,
                json.get("environment").texts(),
                json.get("options").texts(),
                measurements(json.get("benchmarks")));
    }

    /** JMH's own, that says of the environment what was the same for all benchmarks. */
    static ResultFile readBare(String name, JsonValue json) throws ResultSyntaxException {
        Map<String, String> environment = new LinkedHashMap<>();
        List<JsonValue> benchmarks = json.elements();
        if (!benchmarks.isEmpty()) {
            JsonValue first = benchmarks.get(0);
            if (first.find("vmName").isPresent() && first.find("vmVersion").isPresent()) {
                environment.put(
                        "jdk", first.get("vmName").text() + " " + first.get("vmVersion").text());
            }
            if (first.find("jvmArgs").isPresent()) {
                List<String> flags = new ArrayList<>();
                for (JsonValue flag : first.get("jvmArgs").elements()) {
                    flags.add(flag.text());
                }
                environment.put("jvm_flags", String.join(" ", flags));
            }
        }
        return new ResultFile(name, environment, Map.of(), measurements(json));
    }

    private static List<Measurement> measurements(JsonValue json) throws ResultSyntaxException {
        List<Measurement> measurements = new ArrayList<>();
        for (JsonValue benchmark : json.elements()) {
            measurements.add(measurement(benchmark));
        }
        return measurements;
    }

    private static Measurement measurement(JsonValue json) throws ResultSyntaxException {
        Map<String, String> parameters =
                json.find("params").isPresent() ? json.get("params").texts() : Map.of();
        String name = json.get("benchmark").text();
        JsonValue primary = json.get("primaryMetric");
        boolean throughput = json.get("mode").text().equals("thrpt");
        String unit = primary.get("scoreUnit").text();
        List<Metric> metrics = new ArrayList<>();
        metrics.add(
                metric(
                        throughput ? Metric.THROUGHPUT : Metric.TIME,
                        unit,
                        throughput ? Better.HIGHER : Better.LOWER,
                        primary));
        if (json.find("secondaryMetrics").isPresent()) {
            Map<String, JsonValue> secondary = json.get("secondaryMetrics").fields();
            for (Map.Entry<String, JsonValue> field : secondary.entrySet()) {
                // Older versions put a dot before the name.
                if (field.getKey().endsWith("gc.alloc.rate.norm")) {
                    metrics.add(metric(Metric.ALLOCATED, "B/op", Better.LOWER, field.getValue()));
                }
            }
        }
        return new Measurement(
                Titles.shorten(name),
                "",
                parameters,
                metrics,
                primary.find("rawDataHistogram").isPresent() ? latency(primary, unit) : List.of());
    }

    private static Metric metric(String name, String unit, Better better, JsonValue json)
            throws ResultSyntaxException {
        boolean histogram = json.find("rawDataHistogram").isPresent();
        List<JsonValue> forks = json.get(histogram ? "rawDataHistogram" : "rawData").elements();
        List<Double> samples = new ArrayList<>();
        if (forks.size() == 1) {
            for (JsonValue iteration : forks.get(0).elements()) {
                samples.add(histogram ? median(List.of(iteration)) : iteration.number());
            }
        } else {
            for (JsonValue fork : forks) {
                samples.add(histogram ? median(fork.elements()) : mean(fork.elements()));
            }
        }
        return new Metric(
                name,
                unit,
                better,
                forks.size() > 1,
                samples.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double mean(List<JsonValue> iterations) throws ResultSyntaxException {
        double sum = 0;
        for (JsonValue iteration : iterations) {
            sum += iteration.number();
        }
        return sum / iterations.size();
    }

    /** Of histograms, each an array of pairs: a value and how often it was seen. */
    private static double median(List<JsonValue> histograms) throws ResultSyntaxException {
        TreeMap<Double, Double> counts = new TreeMap<>();
        double all = 0;
        for (JsonValue histogram : histograms) {
            for (JsonValue pair : histogram.elements()) {
                List<JsonValue> two = pair.elements();
                if (two.size() != 2) {
                    throw pair.wrong("a value and its count");
                }
                counts.merge(two.get(0).number(), two.get(1).number(), Double::sum);
                all += two.get(1).number();
            }
        }
        double seen = 0;
        for (Map.Entry<Double, Double> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= all / 2) {
                return entry.getKey();
            }
        }
        return Double.NaN;
    }

    private static List<Latency> latency(JsonValue primary, String unit)
            throws ResultSyntaxException {
        double nanos =
                switch (unit) {
                    case "ns/op" -> 1;
                    case "us/op" -> 1e3;
                    case "ms/op" -> 1e6;
                    case "s/op" -> 1e9;
                    default -> 0;
                };
        List<Latency> points = new ArrayList<>();
        if (nanos > 0 && primary.find("scorePercentiles").isPresent()) {
            Map<String, JsonValue> percentiles = primary.get("scorePercentiles").fields();
            for (Map.Entry<String, JsonValue> field : percentiles.entrySet()) {
                double percentile = Double.parseDouble(field.getKey());
                points.add(new Latency(percentile, nanos * field.getValue().number()));
            }
        }
        return Latency.sorted(points);
    }
}
