package io.odp4j.bench.upcall.result;

import java.util.List;
import java.util.Map;

/**
 * All that a run of the benchmark found.
 *
 * @param environment where it ran
 * @param options how it was asked to run, by name
 * @param peer the name of the subject that odp4j is compared with; null for none
 * @param warmUps by subject
 * @param loads in the order of measuring
 */
public record UpcallResults(
        Environment environment,
        Map<String, String> options,
        String peer,
        Map<String, WarmUp> warmUps,
        List<LoadResult> loads) {
    /** The subject that all is about. */
    public static final String ODP4J = "odp4j";

    /** The C program that only moves the messages. */
    public static final String LIMIT = "limit";

    /** The same on a JVM. */
    public static final String BARE = "bare";

    /** Open vSwitch's daemon. */
    public static final String OVS = "ovs";
}
