package io.odp4j.datapath.packet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a classic capture file with nanosecond times, in native byte order.
 *
 * <pre>
 * file:    magic 0xa1b23c4d, version 2.4, 0, 0, snap length, link type   (24 bytes)
 * packet:  seconds, nanoseconds, bytes kept, bytes there were            (16 bytes), then the bytes
 * </pre>
 *
 * The format is that of pcap-savefile(5). Not for several threads at once.
 */
public final class PcapWriter implements CaptureWriter {
    static final int MAGIC_NANOS = 0xa1b23c4d;
    static final int MAGIC_MICROS = 0xa1b2c3d4;

    /** Frames with an Ethernet header. */
    public static final int LINK_ETHERNET = 1;

    /** Packets that start with their IP header. */
    public static final int LINK_RAW = 101;

    /** The most bytes of one packet that readers must be able to take. */
    static final int MAX_PACKET = 0x40000;

    private final OutputStream out;
    private final ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
    private byte[] bytes = new byte[2048];

    /** Starts a file on a stream, which {@link #close()} closes. */
    public PcapWriter(OutputStream out, int linkType) throws IOException {
        this.out = out;
        header.putInt(0, MAGIC_NANOS).putShort(4, (short) 2).putShort(6, (short) 4);
        header.putLong(8, 0).putInt(16, MAX_PACKET).putInt(20, linkType);
        out.write(header.array(), 0, 24);
    }

    /** Creates or replaces a file of Ethernet frames. */
    public static PcapWriter create(Path file) throws IOException {
        return new PcapWriter(new BufferedOutputStream(Files.newOutputStream(file)), LINK_ETHERNET);
    }

    @Override
    public void write(long nanos, ByteBuffer frame, int offset, int length, int originalLength)
            throws IOException {
        if (length > MAX_PACKET) {
            throw new IllegalArgumentException("a frame of " + length + " bytes");
        }
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        frame.get(offset, bytes, 0, length);
        header.putInt(0, (int) Math.floorDiv(nanos, 1_000_000_000L));
        header.putInt(4, (int) Math.floorMod(nanos, 1_000_000_000L));
        header.putInt(8, length).putInt(12, originalLength);
        out.write(header.array(), 0, 16);
        out.write(bytes, 0, length);
    }

    /** Writes one whole frame. */
    public void write(long nanos, byte[] frame) throws IOException {
        write(nanos, ByteBuffer.wrap(frame), 0, frame.length, frame.length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
