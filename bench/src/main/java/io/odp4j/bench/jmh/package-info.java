/**
 * JMH suites, one class per subject; {@code java -jar bench/target/benchmarks.jar} runs them.
 *
 * <pre>
 *   Messages (what a kernel would send) ─▶ a suite ─▶ ns/op, and B/op with -prof gc
 * </pre>
 *
 * Inputs are many and differ, so that neither the branch predictor nor the compiler learns them.
 */
package io.odp4j.bench.jmh;
