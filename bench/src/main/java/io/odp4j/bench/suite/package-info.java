/**
 * {@code odp4j bench jmh}: the JMH benchmarks by stage of an upcall's way, run and written down.
 *
 * <pre>
 *   Stage (which benchmarks) ─▶ Suite (how long, which parameters) ─▶ SuiteRunner ─ JMH ─▶ SuiteJson
 *                                                                        └─▶ Progress ─▶ terminal
 * </pre>
 */
package io.odp4j.bench.suite;
