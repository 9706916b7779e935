package io.odp4j.datapath.packet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a pcapng file of one section and one interface with nanosecond times, in native byte
 * order.
 *
 * <pre>
 * section:    0x0a0d0d0a, 28, 0x1a2b3c4d, version 1.0, length unknown (-1), 28
 * interface:  1, 32, link type, 0, snap length, option 9: 10^-9 s, end of options, 32
 * packet:     6, length, interface 0, time (high, low), bytes kept, bytes there were,
 *             the bytes padded to four, length
 * </pre>
 *
 * The format is that of draft-ietf-opsawg-pcapng. Not for several threads at once.
 */
public final class PcapngWriter implements CaptureWriter {
    private static final int PACKET_BLOCK = 32;

    private final OutputStream out;
    private final ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
    private byte[] bytes = new byte[2048];

    /** Starts a file on a stream, which {@link #close()} closes. */
    public PcapngWriter(OutputStream out, int linkType) throws IOException {
        this.out = out;
        header.putInt(PcapBlocks.SECTION_HEADER).putInt(28).putInt(PcapBlocks.BYTE_ORDER_MAGIC);
        header.putShort((short) 1).putShort((short) 0).putLong(-1).putInt(28);
        header.putInt(PcapBlocks.INTERFACE).putInt(32).putShort((short) linkType);
        header.putShort((short) 0).putInt(PcapWriter.MAX_PACKET);
        header.putShort((short) PcapBlocks.OPTION_RESOLUTION).putShort((short) 1);
        header.put((byte) 9).put((byte) 0).putShort((short) 0).putInt(0).putInt(32);
        out.write(header.array(), 0, header.position());
    }

    /** Creates or replaces a file of Ethernet frames. */
    public static PcapngWriter create(Path file) throws IOException {
        return new PcapngWriter(
                new BufferedOutputStream(Files.newOutputStream(file)), PcapWriter.LINK_ETHERNET);
    }

    @Override
    public void write(long nanos, ByteBuffer frame, int offset, int length, int originalLength)
            throws IOException {
        if (length > PcapWriter.MAX_PACKET) {
            throw new IllegalArgumentException("a frame of " + length + " bytes");
        }
        int padded = length + 3 & ~3;
        if (bytes.length < padded) {
            bytes = new byte[padded];
        }
        frame.get(offset, bytes, 0, length);
        header.clear();
        header.putInt(PcapBlocks.ENHANCED_PACKET).putInt(PACKET_BLOCK + padded).putInt(0);
        header.putInt((int) (nanos >>> 32)).putInt((int) nanos);
        header.putInt(length).putInt(originalLength).putInt(PACKET_BLOCK + padded);
        out.write(header.array(), 0, 28);
        out.write(bytes, 0, padded);
        out.write(header.array(), 28, 4);
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
