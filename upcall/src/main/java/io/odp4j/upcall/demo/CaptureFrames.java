package io.odp4j.upcall.demo;

import io.odp4j.datapath.packet.PcapFormatException;
import io.odp4j.datapath.packet.PcapReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The Ethernet frames of a capture file. One that ends within a packet, as that of a program that
 * was killed, or is broken further on, still has those before.
 */
final class CaptureFrames {
    /** Is shown a frame, which is gone after the call. */
    interface Visitor {
        void visit(long source, ByteBuffer frame, int length) throws IOException;
    }

    private static final int ETHERNET = 1;
    private static final int HEADER = 14;

    private final Path file;
    private long frames;
    private long others;
    private String broken;

    CaptureFrames(Path file) {
        this.file = file;
    }

    /** Shows every frame. */
    void forEach(Visitor visitor) throws IOException {
        frames = 0;
        others = 0;
        broken = null;
        try (PcapReader pcap = open()) {
            while (next(pcap)) {
                if (pcap.linkType() == ETHERNET && pcap.length() >= HEADER) {
                    frames++;
                    visitor.visit(source(pcap.frame()), pcap.frame(), pcap.length());
                } else {
                    others++;
                }
            }
        }
    }

    private PcapReader open() throws IOException {
        try {
            return PcapReader.open(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file", e);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private boolean next(PcapReader pcap) throws IOException {
        try {
            return pcap.next();
        } catch (PcapFormatException e) {
            if (frames + others == 0) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
            broken = e.getMessage();
            return false;
        }
    }

    private static long source(ByteBuffer frame) {
        long address = 0;
        for (int i = 6; i < 12; i++) {
            address = address << 8 | frame.get(i) & 0xff;
        }
        return address;
    }

    // --- of the last time ---

    /** How many frames there were. */
    long frames() {
        return frames;
    }

    /** How many packets have no Ethernet header. */
    long others() {
        return others;
    }

    /** What is wrong behind the last packet; or null. */
    String broken() {
        return broken;
    }
}
