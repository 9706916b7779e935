package io.odp4j.datapath.packet;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the packets of a capture file: classic pcap (micro- or nanoseconds, either byte order,
 * pcap-savefile(5)) and pcapng (enhanced and simple packet blocks, any time resolution,
 * draft-ietf-opsawg-pcapng).
 *
 * <pre>{@code
 * try (PcapReader pcap = PcapReader.open(file)) {
 *     while (pcap.next()) {
 *         extractor.extract(pcap.frame(), 0, pcap.length(), port, key);
 *     }
 * }
 * }</pre>
 *
 * The frame lies in one buffer that the next packet overwrites. What does not follow the format
 * throws {@link PcapFormatException}, a file cut within a packet too. No more than 256 KiB are kept
 * for one packet, whatever its length field says.
 */
public final class PcapReader implements Closeable {
    private final PcapInput in;
    private final PcapBlocks blocks;
    private final boolean nanoseconds;
    private final int linkType;

    private long timestamp;
    private int length;
    private int originalLength;

    /** Reads the file's header from a stream, which {@link #close()} closes. */
    public PcapReader(InputStream stream) throws IOException {
        in = new PcapInput(stream);
        int magic = in.magic();
        if (magic == PcapBlocks.SECTION_HEADER) {
            blocks = new PcapBlocks(in);
            nanoseconds = true;
            linkType = -1;
            return;
        }
        blocks = null;
        nanoseconds = in.orderFrom(magic, PcapWriter.MAGIC_NANOS);
        if (!nanoseconds && !in.orderFrom(magic, PcapWriter.MAGIC_MICROS)) {
            throw new PcapFormatException("no magic number of a capture file", 0);
        }
        in.require(20);
        // The upper bits say how long the frame check sequence is.
        linkType = in.intAt(16) & 0xffff;
    }

    public static PcapReader open(Path file) throws IOException {
        return new PcapReader(new BufferedInputStream(Files.newInputStream(file)));
    }

    /** Reads the next packet; false at the end of the file. */
    public boolean next() throws IOException {
        if (blocks != null) {
            boolean found = blocks.next();
            timestamp = blocks.timestamp();
            length = blocks.length();
            originalLength = blocks.originalLength();
            return found;
        }
        if (!in.read(16)) {
            return false;
        }
        long seconds = in.intAt(0) & 0xffff_ffffL;
        long fraction = in.intAt(4) & 0xffff_ffffL;
        timestamp = seconds * 1_000_000_000L + (nanoseconds ? fraction : fraction * 1000);
        length = in.intAt(8);
        originalLength = in.intAt(12);
        if (length < 0 || length > PcapWriter.MAX_PACKET) {
            throw new PcapFormatException(
                    "a packet of " + Integer.toUnsignedString(length) + " bytes", in.offset());
        }
        in.packet(length, 0);
        return true;
    }

    /** When the packet was seen, nanoseconds since 1970. */
    public long timestampNanos() {
        return timestamp;
    }

    /** Bytes of the packet that the file has; they start at 0 of {@link #frame()}. */
    public int length() {
        return length;
    }

    /** Bytes that the packet had. */
    public int originalLength() {
        return originalLength;
    }

    /** The link type of the packet, LINKTYPE_*: 1 is Ethernet. */
    public int linkType() {
        return blocks == null ? linkType : blocks.linkType();
    }

    /** Holds the packet from offset 0 on, in native byte order; bytes behind it are old. */
    public ByteBuffer frame() {
        return in.frame();
    }

    /** A copy of the packet. */
    public byte[] bytes() {
        byte[] bytes = new byte[length];
        in.frame().get(0, bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
