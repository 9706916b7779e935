package io.odp4j.upcall;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.packet.FrameBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;

/** A device in memory that sends frames as fast as it can, and counts what it is sent. */
public final class Generator implements Device, AutoCloseable {
    private static final int PORTS_AT = 14 + 20;
    private static final int CHECKSUM_AT = PORTS_AT + 6;

    private final String name;
    private final AtomicLong received = new AtomicLong();
    private final ByteBuffer frame = ByteBuffer.allocateDirect(2048).order(ByteOrder.nativeOrder());
    private final int length;
    private DeviceLink link;

    private Generator(String name, int n) {
        this.name = name;
        long mac = 0x0200_0000_0100L | n;
        byte[] bytes =
                FrameBuilder.ethernet(0x0200_0000_0100L | 3 - n, mac)
                        .ipv4(0x0a00_0000 | n, 0x0a00_0000 | 3 - n)
                        .udp(1, 1)
                        .payload(18)
                        .build();
        length = bytes.length;
        frame.put(0, bytes);
        frame.put(CHECKSUM_AT, (byte) 0).put(CHECKSUM_AT + 1, (byte) 0); // not computed
    }

    /** Generator 1 sends to generator 2, and the other way round. */
    public static Generator plug(EmbeddedDatapath datapath, String name, int n) {
        Generator generator = new Generator(name, n);
        generator.link = datapath.plug(generator);
        return generator;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void transmit(ByteBuffer sent, int offset, int bytes) {
        received.incrementAndGet();
    }

    /** How many frames it was sent. */
    public long received() {
        return received.get();
    }

    /** Sends a UDP frame; each {@code flow} has ports of its own. */
    public void send(int flow) {
        frame.put(PORTS_AT, (byte) (flow >> 8)).put(PORTS_AT + 1, (byte) flow);
        frame.put(PORTS_AT + 2, (byte) (flow >> 24)).put(PORTS_AT + 3, (byte) (flow >> 16));
        link.receive(frame, 0, length);
    }

    /** Sends a frame as it is. */
    public void send(byte[] bytes) {
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.nativeOrder());
        link.receive(direct.put(0, bytes), 0, bytes.length);
    }

    @Override
    public void close() {
        link.close();
    }
}
