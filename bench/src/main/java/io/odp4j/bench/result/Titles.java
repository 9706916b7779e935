package io.odp4j.bench.result;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What benchmarks are called before people. */
public final class Titles {
    private static final String PREFIX = "io.odp4j.bench.jmh.";

    private Titles() {}

    /** A JMH benchmark's name without what all have. */
    public static String shorten(String benchmark) {
        return benchmark.startsWith(PREFIX) ? benchmark.substring(PREFIX.length()) : benchmark;
    }

    /** Name and parameters in one line. */
    public static String of(
            String benchmark, Supplier<Collection<String>> names, Function<String, String> values) {
        String words =
                names.get().stream()
                        .sorted()
                        .map(name -> name + "=" + values.apply(name))
                        .collect(Collectors.joining(" "));
        return (shorten(benchmark) + " " + words).strip();
    }
}
