package io.odp4j.datapath.packet;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A capture file being written: {@link PcapWriter} or {@link PcapngWriter}. */
public interface CaptureWriter extends Closeable, Flushable {
    /**
     * Creates or replaces a file of Ethernet frames: pcapng if its name ends so, else pcap.
     *
     * @throws IOException if it cannot be written
     */
    static CaptureWriter create(Path file) throws IOException {
        return file.toString().endsWith(".pcapng")
                ? PcapngWriter.create(file)
                : PcapWriter.create(file);
    }

    /**
     * Writes one frame.
     *
     * @param nanos time since 1970
     * @param originalLength bytes the frame had before it was cut to {@code length}
     */
    void write(long nanos, ByteBuffer frame, int offset, int length, int originalLength)
            throws IOException;
}
