package io.odp4j.bench.result;

import io.odp4j.bench.upcall.result.UpcallJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON of {@code odp4j bench upcall}; docs/benchmarks.md has its fields. */
final class UpcallDocument {
    static final String FORMAT = UpcallJson.FORMAT;

    /** Arrays of the document, and what the loads in them are called. */
    private static final Map<String, String> LOADS =
            Map.of("windows", "closed", "rates", "open", "fills", "fill");

    /** Fields of a load that say how large it is, and what they are called. */
    private static final Map<String, String> SIZES =
            Map.of(
                    "window", "window",
                    "offered_per_second", Measurement.OFFERED,
                    "flows", "flows");

    private UpcallDocument() {}

    static ResultFile read(String name, JsonValue json) throws ResultSyntaxException {
        List<Measurement> measurements = new ArrayList<>();
        for (String array : List.of("windows", "rates", "fills")) {
            for (JsonValue load : json.get(array).elements()) {
                load("upcall " + LOADS.get(array), load, measurements);
            }
        }
        return new ResultFile(
                name, json.get("environment").texts(), json.get("options").texts(), measurements);
    }

    private static void load(String benchmark, JsonValue load, List<Measurement> to)
            throws ResultSyntaxException {
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> subjects = new ArrayList<>();
        for (Map.Entry<String, JsonValue> field : load.fields().entrySet()) {
            if (SIZES.containsKey(field.getKey())) {
                double size = field.getValue().number();
                parameters.put(SIZES.get(field.getKey()), JsonValue.plain(size));
            } else if (field.getValue().isObject()) {
                subjects.add(field.getKey());
            }
        }
        for (String subject : subjects) {
            JsonValue figures = load.get(subject);
            List<Metric> metrics = metrics(figures.get("rounds").elements());
            if (!metrics.isEmpty()) {
                to.add(
                        new Measurement(
                                benchmark,
                                subject,
                                parameters,
                                metrics,
                                latency(figures.get("latency_ns"))));
            }
        }
    }

    private static List<Metric> metrics(List<JsonValue> rounds) throws ResultSyntaxException {
        List<Metric> metrics = new ArrayList<>();
        add(metrics, Metric.SETUPS, "setups/s", Better.HIGHER, rounds, "setups_per_second");
        add(metrics, Metric.PACKETS, "packets/s", Better.HIGHER, rounds, "packets_per_second");
        for (String percentile : List.of("p50", "p99")) {
            List<JsonValue> latencies = new ArrayList<>();
            for (JsonValue round : rounds) {
                latencies.add(round.get("latency_ns"));
            }
            add(metrics, "latency " + percentile, "ns", Better.LOWER, latencies, percentile);
        }
        add(metrics, Metric.CPU, "ns/setup", Better.LOWER, rounds, "cpu_ns_per_setup");
        add(metrics, Metric.MEMORY, "B", Better.LOWER, rounds, "resident_bytes");
        List<Double> losses = new ArrayList<>();
        for (JsonValue round : rounds) {
            double sent = round.get("sent").number();
            losses.add(sent == 0 ? 0 : 100 * round.get("lost").number() / sent);
        }
        if (!losses.isEmpty()) {
            metrics.add(Metric.of(Metric.LOSS, "%", Better.LOWER, doubles(losses)));
        }
        return metrics;
    }

    /** Adds a metric with the rounds that have the field; none of them: none. */
    private static void add(
            List<Metric> to,
            String name,
            String unit,
            Better better,
            List<JsonValue> rounds,
            String field)
            throws ResultSyntaxException {
        List<Double> samples = new ArrayList<>();
        for (JsonValue round : rounds) {
            Optional<JsonValue> value = round.find(field);
            if (value.isPresent()) {
                samples.add(value.get().number());
            }
        }
        if (!samples.isEmpty()) {
            to.add(Metric.of(name, unit, better, doubles(samples)));
        }
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** From p50, p99_9, max and the like. */
    private static List<Latency> latency(JsonValue json) throws ResultSyntaxException {
        List<Latency> points = new ArrayList<>();
        for (Map.Entry<String, JsonValue> field : json.fields().entrySet()) {
            String name = field.getKey();
            if (json.find(name).isPresent()) {
                double percentile =
                        name.equals("max")
                                ? 100
                                : Double.parseDouble(name.substring(1).replace('_', '.'));
                points.add(new Latency(percentile, field.getValue().number()));
            }
        }
        return Latency.sorted(points);
    }
}
