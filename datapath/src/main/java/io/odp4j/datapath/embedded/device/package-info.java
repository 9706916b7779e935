/**
 * What stands behind the ports of an embedded datapath, named by one line each.
 *
 * <pre>
 *   PortSpec "tap:t0" ─▶ PortDevices ─▶ TapDevice, PacketDevice, PipeDevice ◀─ DevicePoller
 *                                       PcapDevice, GeneratorDevice, SinkDevice
 *                                              │ frames            ▲ frames
 *                                              ▼                   │
 *                                       DeviceLink.receive   Device.transmit, flush
 * </pre>
 */
package io.odp4j.datapath.embedded.device;
