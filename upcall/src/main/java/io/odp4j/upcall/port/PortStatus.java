package io.odp4j.upcall.port;

import io.odp4j.upcall.tunnel.TunnelSpec;

/**
 * A port and its link.
 *
 * @param number in the datapath
 * @param name the device's name now
 * @param index the device's interface index; 0 if it is not known, as of an embedded datapath's
 * @param up whether it was told to be up
 * @param carrier whether it has a carrier
 * @param mtu bytes of the longest packet, its Ethernet header left out; 0 if not known
 * @param tunnel the tunnel that it is, or null
 */
public record PortStatus(
        int number,
        String name,
        int index,
        boolean up,
        boolean carrier,
        int mtu,
        TunnelSpec tunnel) {}
