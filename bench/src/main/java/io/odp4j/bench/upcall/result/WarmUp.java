package io.odp4j.bench.upcall.result;

import java.util.List;

/**
 * How a subject was warmed up.
 *
 * @param setupsPerSecond of each run, in their order
 * @param seconds for all of them
 * @param steady whether the rate rose no more; false: the time for warming up was over before that
 */
public record WarmUp(List<Double> setupsPerSecond, double seconds, boolean steady) {}
