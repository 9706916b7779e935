package io.odp4j.bench.upcall;

import java.util.ArrayList;
import java.util.List;

/**
 * Upcalls per second over netlink sockets, end to end: every frame misses, is sent up, decided,
 * executed and has a flow installed. odp4j's agent beside a C program that only moves the same
 * messages, in turns, each round with a datapath of its own.
 *
 * <pre>java -cp bench/target/benchmarks.jar io.odp4j.bench.upcall.EmbeddedUpcallBenchmark</pre>
 *
 * <p>Arguments: rounds (12), frames of a round (100000), frames under way (256).
 */
public final class EmbeddedUpcallBenchmark {
    private EmbeddedUpcallBenchmark() {}

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        int rounds = argument(arguments, 0, 12);
        int frames = argument(arguments, 1, 100_000);
        int window = argument(arguments, 2, 256);
        NativeSubject limit = new NativeSubject();
        try {
            List<Double> odp4j = new ArrayList<>();
            List<Double> most = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                odp4j.add(round(new AgentSubject(), frames, window));
                most.add(round(limit, frames, window));
            }
            // The first half warms up.
            double own = median(odp4j.subList(rounds / 2, rounds));
            double c = median(most.subList(rounds / 2, rounds));
            System.out.printf(
                    "median of the last %d rounds: odp4j %.0f upcalls/s, C %.0f upcalls/s: %.0f %%%n",
                    rounds - rounds / 2, own, c, 100 * own / c);
        } finally {
            limit.delete();
        }
    }

    private static int argument(String[] arguments, int index, int absent) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : absent;
    }

    private static double round(Subject subject, int frames, int window) throws Exception {
        try (Bench bench = new Bench(window)) {
            try (subject) {
                subject.start(bench);
                Result result = bench.measure(subject.name(), frames);
                System.out.println(result);
                return result.perSecond();
            }
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
