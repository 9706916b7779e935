/**
 * Meters: token buckets that a datapath's meter actions ask.
 *
 * <pre>
 *   ovs_meter ─▶ server.MeterRequests ─▶ Meters ◀─ forwarding.ActionExecutor
 *                                          └─▶ Meter ─▶ MeterBand
 * </pre>
 */
package io.odp4j.datapath.embedded.meter;
