/**
 * Packets: frames to flow keys, frames from parts, and capture files.
 *
 * <pre>
 *   frame ─▶ FlowExtractor ─▶ FlowKey ─▶ flow cache, policy, FlowKeyEncoder
 *   FrameBuilder ─▶ frame ─▶ OVS_PACKET_CMD_EXECUTE, PcapWriter
 *   text ─▶ craft ─▶ a frame, header by header
 *   capture file ─▶ PcapReader ─▶ frame
 * </pre>
 *
 * The extractor is on the hot path of the embedded datapath and allocates nothing; the rest serves
 * tools and tests.
 */
package io.odp4j.datapath.packet;
