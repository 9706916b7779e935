/**
 * Actions: checked before they are accepted, and the edits that they make to a packet.
 *
 * <pre>
 *   FlowRequests ─▶ ActionValidator;  forwarding.ActionExecutor ─▶ PacketEditor ─▶ Packet
 * </pre>
 */
package io.odp4j.datapath.embedded.action;
