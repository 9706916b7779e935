package io.odp4j.bench.compare;

import io.odp4j.bench.result.Measurement;
import io.odp4j.bench.result.Metric;
import io.odp4j.bench.result.ResultFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that two results have in common, and what they have not.
 *
 * @param confidence of every interval, 0 to 1
 * @param comparisons in the order of the first result
 * @param onlyBefore titles of measurements that the second lacks
 * @param onlyAfter titles of measurements that the first lacks
 * @param differences in environment and options: name, and both values
 */
public record ResultComparison(
        double confidence,
        List<Comparison> comparisons,
        List<String> onlyBefore,
        List<String> onlyAfter,
        Map<String, List<String>> differences) {

    /** Compares everything that was measured in both. */
    public static ResultComparison of(ResultFile before, ResultFile after, double confidence) {
        Map<String, Measurement> others = new LinkedHashMap<>();
        after.measurements().forEach(m -> others.put(m.title(), m));
        List<Comparison> comparisons = new ArrayList<>();
        List<String> onlyBefore = new ArrayList<>();
        for (Measurement measurement : before.measurements()) {
            Measurement other = others.remove(measurement.title());
            if (other == null) {
                onlyBefore.add(measurement.title());
                continue;
            }
            for (Metric metric : measurement.metrics()) {
                Optional<Metric> same =
                        other.metric(metric.name()).filter(m -> m.unit().equals(metric.unit()));
                if (same.isPresent()) {
                    comparisons.add(Comparison.of(measurement, metric, same.get(), confidence));
                }
            }
        }
        return new ResultComparison(
                confidence,
                comparisons,
                onlyBefore,
                List.copyOf(others.keySet()),
                differences(before, after));
    }

    /** How many of the comparisons would show a difference though there were none anywhere. */
    public double expectedByChance() {
        return comparisons.stream().filter(c -> c.interval().isKnown()).count() * (1 - confidence);
    }

    private static Map<String, List<String>> differences(ResultFile before, ResultFile after) {
        Map<String, List<String>> differences = new TreeMap<>();
        differ(before.options(), after.options(), differences);
        differ(before.environment(), after.environment(), differences);
        return differences;
    }

    private static void differ(
            Map<String, String> before, Map<String, String> after, Map<String, List<String>> to) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            String a = before.getOrDefault(name, "-");
            String b = after.getOrDefault(name, "-");
            if (!a.equals(b)) {
                to.put(name, List.of(a, b));
            }
        }
    }
}
