package io.odp4j.datapath.embedded.device;

import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.embedded.port.FrameBatch;
import io.odp4j.datapath.packet.CaptureWriter;
import io.odp4j.datapath.packet.PcapReader;
import io.odp4j.datapath.packet.PcapWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A device of capture files: the Ethernet frames of one (pcap or pcapng) come in, once, as fast as
 * possible or at the times that they have in the file; what is sent goes into another (pcapng if
 * its name ends so). A frame that the file has cut off comes in as it is there.
 */
final class PcapDevice implements PortDevice, SourceThread.Source {
    private static final int ETHERNET = PcapWriter.LINK_ETHERNET;

    private final String name;
    private final PcapReader in;
    private final CaptureWriter out;
    private final boolean timed;
    private final SourceThread thread;
    private DeviceLink link;
    private boolean pending;
    private long first = Long.MIN_VALUE;

    private PcapDevice(String name, PcapReader in, CaptureWriter out, boolean timed) {
        this.name = name;
        this.in = in;
        this.out = out;
        this.timed = timed;
        this.thread = new SourceThread(name, this);
    }

    static PcapDevice open(PortSpec spec) throws IOException {
        String input = spec.options().get("in");
        String output = spec.options().get("out");
        String speed = spec.options().getOrDefault("speed", "max");
        if (input == null && output == null) {
            throw new IllegalArgumentException("port '" + spec + "': no file; in=FILE or out=FILE");
        }
        if (!speed.equals("max") && !speed.equals("real")) {
            throw new IllegalArgumentException("port '" + spec + "': speed is max or real");
        }
        PcapReader in = input == null ? null : PcapReader.open(Path.of(input));
        try {
            CaptureWriter out = output == null ? null : CaptureWriter.create(Path.of(output));
            return new PcapDevice(spec.name(), in, out, speed.equals("real"));
        } catch (IOException e) {
            if (in != null) {
                in.close();
            }
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start(DeviceLink to) {
        link = to;
        if (in != null) {
            thread.start(to);
        }
    }

    @Override
    public long fill(FrameBatch batch, long nanos) throws IOException {
        while (!batch.isFull()) {
            if (!pending) {
                if (!in.next()) {
                    return END;
                }
                if (in.linkType() != ETHERNET) {
                    throw new IOException("link type " + in.linkType() + " is not Ethernet");
                }
                pending = true;
            }
            if (first == Long.MIN_VALUE) {
                first = in.timestampNanos();
            }
            long early = timed ? in.timestampNanos() - first - nanos : 0;
            if (early > 0) {
                return early;
            }
            pending = false;
            if (!batch.copy(in.frame(), 0, in.length())) {
                link.notReceived(1);
            }
        }
        return 0;
    }

    @Override
    public void transmit(ByteBuffer frame, int offset, int length) {
        if (out == null) {
            return;
        }
        try {
            Instant now = Instant.now();
            long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
            out.write(nanos, frame, offset, length, length);
        } catch (IOException e) {
            link.notSent(1, length);
        }
    }

    @Override
    public void flush() {
        if (out != null) {
            try {
                out.flush();
            } catch (IOException e) {
                // What is lost of it is not known; the next write fails too, and is counted.
                return;
            }
        }
    }

    @Override
    public void close() {
        thread.stop();
        try {
            if (in != null) {
                in.close();
            }
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
