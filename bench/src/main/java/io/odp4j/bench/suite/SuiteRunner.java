package io.odp4j.bench.suite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs a suite's benchmarks, each in JVMs of its own with a heap of one size. */
public final class SuiteRunner {
    /**
     * A heap that does not grow, with room for a million flows twice; and the collector of {@code
     * odp4j} itself, whose barriers the hot path pays for.
     */
    private static final List<String> JVM =
            List.of("-Xms3g", "-Xmx3g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

    private SuiteRunner() {}

    /** The options of the JVMs that measure. */
    public static String jvmFlags() {
        return String.join(" ", JVM);
    }

    /**
     * Runs everything; allocation is profiled.
     *
     * @param failed is told of a benchmark that fails; the others go on
     */
    public static Collection<RunResult> run(
            Suite suite,
            List<Selection> selections,
            OutputFormat output,
            BiConsumer<Selection, RunnerException> failed) {
        Collection<RunResult> results = new ArrayList<>();
        for (Selection selection : selections) {
            ChainedOptionsBuilder options =
                    only(selection)
                            .forks(Suite.FORKS)
                            .warmupIterations(suite.warmups())
                            .warmupTime(suite.time())
                            .measurementIterations(suite.iterations())
                            .measurementTime(suite.time())
                            .jvmArgs(JVM.toArray(new String[0]))
                            .jvmArgsAppend()
                            .addProfiler(GCProfiler.class);
            try {
                results.addAll(new Runner(options.build(), output).run());
            } catch (RunnerException e) {
                failed.accept(selection, e);
            }
        }
        return results;
    }

    /** JMH's options for one benchmark with its parameters, which must not fail. */
    static ChainedOptionsBuilder only(Selection selection) {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include('^' + Pattern.quote(selection.benchmark()) + '$')
                        .shouldFailOnError(true);
        selection
                .parameters()
                .forEach((name, values) -> options.param(name, values.toArray(new String[0])));
        return options;
    }
}
