/**
 * What benchmarks gave, read back: one model for whatever kind of benchmark, so that all are
 * compared and drawn alike.
 *
 * <pre>
 *   bench upcall --json ─▶ UpcallDocument ─┐
 *                                          ├─ ResultReader ─▶ ResultFile ─▶ compare, report
 *   bench jmh --json, JMH's own JSON ──────┘
 *                       JmhDocument
 * </pre>
 *
 * <p>A {@link io.odp4j.bench.result.ResultFile} has an environment and measurements; a measurement
 * is one benchmark with one subject and one set of parameters, and has metrics; a metric has
 * samples, one for each repetition: a round of {@code bench upcall}, a JVM of JMH.
 */
package io.odp4j.bench.result;
