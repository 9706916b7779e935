package io.odp4j.datapath.embedded.device;

import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.embedded.port.FrameBatch;
import io.odp4j.datapath.packet.FrameBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A device that brings in UDP frames, one of each flow in turn. Flow {@code i} has source port
 * {@code i mod 65536} and destination port {@code 1 + i / 65536}; no checksum, as UDP over IPv4
 * allows. What is sent to it is gone.
 */
final class GeneratorDevice implements PortDevice, SourceThread.Source {
    private static final int HEADERS = 42;
    private static final int SOURCE_PORT = 34;
    private static final int CHECKSUM = 40;
    private static final long MAX = 0;

    private final String name;
    private final long flows;
    private final long rate;
    private final ByteBuffer frame;
    private final SourceThread thread;
    private long left;
    private long made;

    /**
     * @throws IllegalArgumentException if a number is out of its bounds
     */
    GeneratorDevice(PortSpec spec) {
        name = spec.name();
        flows = spec.number("flows", 1, 1, 1L << 31, -1);
        rate = spec.number("rate", 1000, 1, 1_000_000_000, MAX);
        left = spec.number("count", Long.MAX_VALUE, 1, Long.MAX_VALUE, -1);
        int size = (int) spec.number("size", 60, HEADERS, 65_535, -1);
        byte[] bytes =
                FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
                        .ipv4(0x0a00_0001, 0x0a00_0002)
                        .udp(0, 1)
                        .payload(size - HEADERS)
                        .build();
        frame = ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.nativeOrder());
        frame.put(0, bytes);
        frame.putShort(CHECKSUM, (short) 0);
        thread = new SourceThread(name, this);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start(DeviceLink link) {
        thread.start(link);
    }

    @Override
    public long fill(FrameBatch batch, long nanos) {
        long due = rate == MAX ? Long.MAX_VALUE : (long) (nanos * 1e-9 * rate) + 1;
        while (left > 0 && made < due && !batch.isFull()) {
            long flow = made % flows;
            frame.put(SOURCE_PORT, (byte) (flow >>> 8)).put(SOURCE_PORT + 1, (byte) flow);
            long destination = 1 + (flow >>> 16);
            frame.put(SOURCE_PORT + 2, (byte) (destination >>> 8))
                    .put(SOURCE_PORT + 3, (byte) destination);
            batch.copy(frame, 0, frame.capacity());
            made++;
            left--;
        }
        if (left == 0) {
            return END;
        }
        return made < due ? 0 : Math.max(1000, (long) (made * 1e9 / rate) - nanos);
    }

    @Override
    public void transmit(ByteBuffer sent, int offset, int length) {
        // Counted by the port, and gone.
    }

    @Override
    public void close() {
        thread.stop();
    }
}
