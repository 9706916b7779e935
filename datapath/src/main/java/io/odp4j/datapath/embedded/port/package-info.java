/**
 * What may be plugged into the switch.
 *
 * <pre>
 *   Device ─▶ DeviceLink ─▶ forwarding.Switch ─▶ Device
 * </pre>
 */
package io.odp4j.datapath.embedded.port;
