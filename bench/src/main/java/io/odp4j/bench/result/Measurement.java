package io.odp4j.bench.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one benchmark gave of one subject with one set of parameters.
 *
 * @param benchmark its name: {@code upcall/open}, or a JMH benchmark's {@code Class.method}
 * @param subject who was measured, {@code odp4j} or a peer; empty where there is but one
 * @param parameters by name; {@link #OFFERED} is what a report draws others against
 * @param metrics in the order in which they are shown
 * @param latency the distribution over all repetitions, by ascending percentile; may be empty
 */
public record Measurement(
        String benchmark,
        String subject,
        Map<String, String> parameters,
        List<Metric> metrics,
        List<Latency> latency) {
    /** The parameter of an open loop: packets a second that were offered. */
    public static final String OFFERED = "offered";

    /** Takes copies. */
    public Measurement {
        parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
        metrics = List.copyOf(metrics);
        latency = List.copyOf(latency);
    }

    /** The metric of a name. */
    public Optional<Metric> metric(String name) {
        return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }

    /** Benchmark, subject and parameters in one line, the same for the same things measured. */
    public String title() {
        String name = subject.isEmpty() ? benchmark : benchmark + " " + subject;
        return Titles.of(name, parameters::keySet, parameters::get);
    }
}
