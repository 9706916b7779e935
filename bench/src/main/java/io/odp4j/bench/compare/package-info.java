/**
 * Whether two results differ, and by how much.
 *
 * <pre>
 *   ResultFile before ─┐
 *                      ├─ ResultComparison ─▶ Comparison, one for each metric of each measurement
 *   ResultFile after ──┘        │ Interval: Welch's t on logarithms
 * </pre>
 */
package io.odp4j.bench.compare;
