package io.odp4j.bench.suite;

import org.openjdk.jmh.runner.options.TimeValue;

/** How much is measured. */
public enum Suite {
    /** One case of each stage, in less than five minutes. */
    QUICK(2, 3, 300),
    /** Every benchmark with every parameter: well over an hour. */
    FULL(5, 5, 1000);

    /** JVMs that each benchmark runs in, one after the other. */
    public static final int FORKS = 3;

    /** What a JVM's start and a benchmark's preparations take, on a middling machine. */
    private static final double SECONDS_TO_START = 1.2;

    private final int warmups;
    private final int iterations;
    private final int millis;

    Suite(int warmups, int iterations, int millis) {
        this.warmups = warmups;
        this.iterations = iterations;
        this.millis = millis;
    }

    int warmups() {
        return warmups;
    }

    int iterations() {
        return iterations;
    }

    /** Iterations of one case in all its JVMs, those that warm up included. */
    public int iterationsOfAll() {
        return FORKS * (warmups + iterations);
    }

    /** About how long so many cases take. */
    public double secondsOf(int cases) {
        return cases * (iterationsOfAll() * millis / 1e3 + FORKS * SECONDS_TO_START);
    }

    /** How long an iteration is, warming up or measured. */
    TimeValue time() {
        return TimeValue.milliseconds(millis);
    }
}
