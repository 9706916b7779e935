/**
 * The classifier stage: from a received upcall to what is done with its packet.
 *
 * <pre>
 *   slot ─▶ UpcallMessage ─▶ FlowKey ─▶ FlowBook ── hit ──▶ the flow's actions ─────▶ execute
 *                                          └─ miss ─▶ Policy ─▶ Verdict ─▶ execute, FlowInstaller
 *   revalidator ─▶ FlowReviewer ─▶ statistics, idle and changed flows ─▶ delete, modify
 * </pre>
 *
 * One thread runs all of it and owns cache, policy, flows and outbox; others submit commands.
 */
package io.odp4j.upcall.classify;
