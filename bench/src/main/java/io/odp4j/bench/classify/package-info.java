/**
 * Classification measured with anyone's rules and packets.
 *
 * <pre>
 *   capture or text ─ PacketFile ─▶ FlowKey… ─▶ Classification ─▶ ClassifyReport
 *   rule file ───────────────────▶ PolicyTables ─┘
 * </pre>
 */
package io.odp4j.bench.classify;
