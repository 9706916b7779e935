package io.odp4j.upcall.port;

/** By what the datapath chooses the socket that an upcall goes to. */
public enum DispatchMode {
    /** By the packet's port: a queue for each, so that a flooding port fills none but its own. */
    VPORT,
    /** By the CPU that the packet is on: a queue for each CPU, whatever the ports. From 5.15. */
    CPU,
    /** {@link #CPU} where the datapath can, {@link #VPORT} elsewhere. */
    AUTO
}
