/**
 * Flows: a key and its mask read and checked, and the tables that find the flow of a packet.
 *
 * <pre>
 *   FlowRequests ─▶ FlowMatch ─▶ FlowEntry ─▶ FlowTable ◀─ forwarding.Switch
 * </pre>
 */
package io.odp4j.datapath.embedded.table;
