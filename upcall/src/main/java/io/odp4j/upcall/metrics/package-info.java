/**
 * What can be watched from outside: latencies of the stages, a Prometheus endpoint, flight recorder
 * events.
 *
 * <pre>
 *   classifier ─▶ StageLatencies ─┐
 *   every thread ─▶ Counters ─────┼─▶ MetricsServer ─▶ http://127.0.0.1:PORT/metrics
 *   sockets, health, revalidator ─┘
 * </pre>
 */
package io.odp4j.upcall.metrics;
