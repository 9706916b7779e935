package io.odp4j.upcall.port;

/** Hears of ports that come and go, and of what ends the agent. */
public interface PortListener {
    /** The datapath's ports are these from now on. */
    void portsChanged(int[] numbers);

    /** The datapath is gone, or cannot be followed any more. */
    void failed(String why, Throwable cause);
}
