package io.odp4j.datapath.embedded.port;

import java.nio.ByteBuffer;

/** A device that is plugged in: its way into the switch. Any thread may use it. */
public interface DeviceLink extends AutoCloseable {
    /** The interface index that the datapath gave it. */
    int ifindex();

    /**
     * Takes a frame from outside. Without a vport on the device, or with less than an Ethernet
     * header, it is dropped and counted.
     *
     * @param frame a buffer of native byte order; it is copied
     * @throws IllegalStateException if called out of {@link Device#transmit}
     * @throws IndexOutOfBoundsException if the frame lies beyond the buffer
     */
    void receive(ByteBuffer frame, int offset, int length);

    /** Pulls the device out; a vport on it is deleted, and those who follow events are told. */
    @Override
    void close();
}
