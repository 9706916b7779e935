/**
 * Packets from text, header by header: {@code eth(),ipv4(dst=10.0.0.2),udp(dst=53)}.
 *
 * <pre>
 *   text ─▶ HeaderReader ─▶ PacketHeader … ─▶ LayerWriter ─▶ FrameBuilder ─▶ frame   ┐
 *                        └▶ in_port(), tunnel() … ─▶ FlowParser ─▶ metadata          ┘ CraftedPacket
 * </pre>
 *
 * What is left out has a usual value; lengths, types and checksums are filled in. A flow's key as a
 * datapath prints it is such a text too, and makes a packet that has that key.
 */
package io.odp4j.datapath.packet.craft;
