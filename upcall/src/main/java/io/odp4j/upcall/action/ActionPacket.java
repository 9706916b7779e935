package io.odp4j.upcall.action;

import io.odp4j.datapath.flow.ActionWriter;
import io.odp4j.datapath.flow.FlowKey;
import java.nio.ByteBuffer;

/** A packet that a userspace action sent up. */
public interface ActionPacket {
    /** What it was sent up for. */
    ActionCookie cookie();

    /** Its key where the action was; not to be kept. */
    FlowKey key();

    /** Where the packet lies; not to be written. */
    ByteBuffer buffer();

    /** Where in the buffer its first byte lies. */
    int offset();

    /** Bytes that came up. */
    int length();

    /** Bytes of the whole packet, more if the action cut it. */
    int fullLength();

    /** A copy of the bytes that came up. */
    byte[] toBytes();

    /** Has the datapath execute actions on the packet. */
    void execute(ActionWriter actions);
}
