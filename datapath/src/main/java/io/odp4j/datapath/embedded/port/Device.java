package io.odp4j.datapath.embedded.port;

import java.nio.ByteBuffer;

/**
 * A network device in memory: what a vport of type netdev attaches. What the switch sends goes to
 * {@link #transmit}; what comes from outside goes into the {@link DeviceLink} that {@link
 * io.odp4j.datapath.embedded.EmbeddedDatapath#plug} returned.
 */
public interface Device {
    /** The name by which a vport asks for it, 1 to 15 bytes. */
    String name();

    /**
     * Takes a frame that the switch sends out of this device.
     *
     * <p>Called while the switch is working: it must not wait, and must not call {@link
     * DeviceLink#receive} of the same datapath, which throws then.
     *
     * @param frame holds the frame; valid, and to be left as it is, during the call
     * @param offset where the frame starts
     * @param length bytes of the frame, without checksum
     */
    void transmit(ByteBuffer frame, int offset, int length);

    /**
     * Told after a batch of frames that the switch has sent here; a device that gathers frames
     * sends them now. As in {@link #transmit}, it must not wait.
     */
    default void flush() {
        // A device that does not gather has nothing left to send.
    }
}
