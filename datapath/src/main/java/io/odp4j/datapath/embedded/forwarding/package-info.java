/**
 * The switch itself: datapaths with their ports and flows, the way of a packet through them, and
 * what it sends up.
 *
 * <pre>
 *   DeviceLink.receive ─▶ Switch ─▶ FlowTable ─▶ ActionExecutor ─▶ SwitchPort ─▶ Device.transmit
 *                         └──▶ Upcalls ─▶ message.Wire
 * </pre>
 */
package io.odp4j.datapath.embedded.forwarding;
