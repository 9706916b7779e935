/**
 * A packet on its way through the switch, and where its headers lie.
 *
 * <pre>
 *   Device ─▶ Packet ─▶ forwarding.Switch
 * </pre>
 */
package io.odp4j.datapath.embedded.packet;
