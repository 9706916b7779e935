package io.odp4j.bench.upcall.traffic;

import io.odp4j.datapath.packet.FrameBuilder;
import java.nio.ByteBuffer;

/**
 * Makes a model's frames, each with a tag in its last eight bytes that tells it from the others.
 *
 * <pre>
 *   frame … | run, 32 bits | index within the run, 32 bits
 * </pre>
 *
 * in the machine's byte order. UDP frames have 64 bytes and no checksum.
 */
public final class FrameTemplate {
    /** Longest frame that is made. */
    public static final int LONGEST = 2048;

    private static final int BYTES = 64;
    private static final int PORTS = 34;
    private static final int CHECKSUM = 40;
    private static final int TAG = 8;

    private final Traffic traffic;
    private final byte[] udp;

    public FrameTemplate(Traffic traffic) {
        this.traffic = traffic;
        udp =
                FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
                        .ipv4(0x0a00_0001, 0x0a00_0002)
                        .udp(1, 2)
                        .payload(BYTES - 42)
                        .build();
        udp[CHECKSUM] = 0;
        udp[CHECKSUM + 1] = 0;
    }

    /**
     * Writes a frame to the start of a buffer.
     *
     * @param first number of the port pair of the run's first frame
     * @return its length
     */
    public int write(ByteBuffer to, int run, int index, int first) {
        byte[] frame = udp;
        int length = BYTES;
        if (traffic.frames() != null) {
            frame = traffic.frames().get(index % traffic.frames().size());
            length = frame.length + TAG;
        }
        to.put(0, frame);
        if (traffic.frames() == null) {
            int pair = first + traffic.flow(index);
            for (int i = 0; i < Integer.BYTES; i++) {
                to.put(PORTS + i, (byte) (pair >>> 24 - 8 * i));
            }
        }
        to.putInt(length - TAG, run).putInt(length - TAG / 2, index);
        return length;
    }

    /** The index of a frame of that run; -1 for any other frame. */
    public static int index(ByteBuffer frame, int offset, int length, int run) {
        int tag = offset + length - TAG;
        return length >= TAG && frame.getInt(tag) == run ? frame.getInt(tag + TAG / 2) : -1;
    }
}
