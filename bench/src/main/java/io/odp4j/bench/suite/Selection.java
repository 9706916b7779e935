package io.odp4j.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A benchmark of a suite.
 *
 * @param stage what it is about
 * @param benchmark its full name
 * @param parameters the values of each of its parameters
 */
public record Selection(Stage stage, String benchmark, Map<String, List<String>> parameters) {
    /**
     * What a suite runs, by stage.
     *
     * @param only further condition, looked for in the full name; null for none
     */
    public static List<Selection> of(Suite suite, Pattern only) {
        List<Selection> all = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            String include = stage.include(suite);
            if (include == null) {
                continue;
            }
            for (BenchmarkListEntry entry : benchmarks(include)) {
                if (only == null || only.matcher(entry.getUsername()).find()) {
                    all.add(
                            new Selection(
                                    stage,
                                    entry.getUsername(),
                                    parameters(entry, stage.parameters(suite))));
                }
            }
        }
        return all;
    }

    /** How many combinations of its parameters there are. */
    public int cases() {
        return parameters.values().stream().mapToInt(List::size).reduce(1, (a, b) -> a * b);
    }

    /** Every benchmark there is. */
    static Iterable<BenchmarkListEntry> benchmarks(String include) {
        return BenchmarkList.defaultList()
                .find(
                        OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT),
                        List.of(include),
                        List.of());
    }

    private static Map<String, List<String>> parameters(
            BenchmarkListEntry entry, Map<String, List<String>> chosen) {
        Map<String, List<String>> parameters = new java.util.TreeMap<>();
        entry.getParams()
                .orElse(Map.of())
                .forEach(
                        (name, values) ->
                                parameters.put(name, chosen.getOrDefault(name, List.of(values))));
        return parameters;
    }
}
