package io.odp4j.bench.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that one run of a benchmark command gave.
 *
 * @param name of the file, less its ending
 * @param environment where and how it ran: facts by name
 * @param options how it was asked to run, by name; empty if the file does not say
 * @param measurements in the order in which they were made
 */
public record ResultFile(
        String name,
        Map<String, String> environment,
        Map<String, String> options,
        List<Measurement> measurements) {
    /** Takes copies. */
    public ResultFile {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        measurements = List.copyOf(measurements);
    }
}
