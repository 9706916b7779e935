package io.odp4j.upcall.action;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Makes a {@link PacketSample} of each packet that a sample action sends up, and hands it on. To be
 * given to {@code onSample}; may be called by several shards.
 */
public final class SampleRecorder implements ActionHandler {
    private static final double ALL = 0x1p32;

    private final int headerBytes;
    private final Consumer<PacketSample> listener;
    private final AtomicLong sequence = new AtomicLong();

    /**
     * @param headerBytes how much of a packet is kept, at most; 128 is customary
     * @param listener takes the samples, on the classifiers' threads: it may not wait
     */
    public SampleRecorder(int headerBytes, Consumer<PacketSample> listener) {
        if (headerBytes < 0) {
            throw new IllegalArgumentException("bytes of the header: at least 0");
        }
        this.headerBytes = headerBytes;
        this.listener = Objects.requireNonNull(listener);
    }

    @Override
    public void handle(ActionPacket packet) {
        ActionCookie cookie = packet.cookie();
        byte[] header = new byte[Math.min(headerBytes, packet.length())];
        packet.buffer().get(packet.offset(), header);
        listener.accept(
                new PacketSample(
                        sequence.incrementAndGet(),
                        samplingRate(cookie.value()),
                        packet.key().inPort(),
                        packet.fullLength(),
                        header,
                        cookie.number(),
                        cookie.detail()));
    }

    /** Of 2^32 packets that many; 0xffffffff is how all of them is written. */
    private static double samplingRate(int probability) {
        long of = Integer.toUnsignedLong(probability);
        return of == 0 || of == 0xffff_ffffL ? 1 : ALL / of;
    }
}
