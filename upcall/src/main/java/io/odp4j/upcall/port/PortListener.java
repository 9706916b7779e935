package io.odp4j.upcall.port;

import io.odp4j.upcall.tunnel.TunnelPorts;

/** Hears of ports that come and go, and of what ends the agent. */
public interface PortListener {
    /** The datapath's ports are these from now on, and of them these are tunnels. */
    void portsChanged(int[] numbers, TunnelPorts tunnels);

    /** The datapath is gone, or cannot be followed any more. */
    void failed(String why, Throwable cause);
}
