package io.odp4j.upcall.outbox;

import io.odp4j.datapath.netlink.ExtendedAck;
import io.odp4j.datapath.ovs.FlowMessage;

/** Hears what became of flow requests that did not simply succeed. */
public interface OutboxListener {
    /** The kernel refused to install the flow of that handle. */
    void installFailed(long handle, int errno, ExtendedAck extendedAck);

    /** The kernel refused to change the actions of the flow of that handle. */
    void modifyFailed(long handle, int errno, ExtendedAck extendedAck);

    /** The flow of that handle is deleted; {@code last} has its final counters. */
    void deleted(long handle, FlowMessage last);

    /** The kernel refused to delete the flow of that handle. */
    void deleteFailed(long handle, int errno, ExtendedAck extendedAck);

    /** The kernel refused to execute a packet. */
    void executeFailed(int errno, ExtendedAck extendedAck);
}
