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

    /**
     * Takes a batch of frames from outside, each as {@link #receive(ByteBuffer, int, int)} does.
     * What they cause goes out together.
     */
    void receive(FrameBatch batch);

    /** Whether a vport is on the device, and somebody takes its upcalls. */
    boolean isServed();

    /** Counts frames that came to the device and could not be taken in: rx_dropped. */
    void notReceived(long frames);

    /**
     * Counts frames that {@link Device#transmit} took and that could not be sent: tx_dropped, and
     * no longer tx_packets. Out of {@link Device#transmit} and {@link Device#flush} alone.
     *
     * @param bytes of these frames
     */
    void notSent(int frames, long bytes);

    /** Pulls the device out; a vport on it is deleted, and those who follow events are told. */
    @Override
    void close();
}
