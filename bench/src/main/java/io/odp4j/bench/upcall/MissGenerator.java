package io.odp4j.bench.upcall;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.embedded.port.FrameBatch;
import io.odp4j.datapath.packet.FrameBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings frames in at one device, each of a flow of its own, and counts what comes out at another:
 * a closed loop with so many frames under way at most.
 */
final class MissGenerator implements AutoCloseable {
    private static final int BYTES = 60;
    private static final int SOURCE = 26;
    private static final int CHECKSUM = 40;
    private static final int SOURCE_PORT = 34;
    private static final int BATCH = 32;
    private static final long PATIENCE_NANOS = 500_000_000;

    private final int window;
    private final DeviceLink in;
    private final DeviceLink out;
    private final FrameBatch batch = new FrameBatch(BATCH);
    private final ByteBuffer frame =
            ByteBuffer.allocateDirect(BYTES).order(ByteOrder.nativeOrder());
    private int flow;
    private volatile long arrived;
    private volatile Thread waiting;
    private long lost;

    private record In(String name) implements Device {
        @Override
        public void transmit(ByteBuffer sent, int offset, int length) {
            // Nothing is to be sent there.
        }
    }

    /** Counts, and wakes the generator when there is room for a batch again. */
    private final class Out implements Device {
        private final String name;

        Out(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void transmit(ByteBuffer sent, int offset, int length) {
            arrived++;
        }

        @Override
        public void flush() {
            Thread thread = waiting;
            if (thread != null) {
                LockSupport.unpark(thread);
            }
        }
    }

    MissGenerator(EmbeddedDatapath embedded, String inName, String outName, int window) {
        this.window = window;
        this.in = embedded.plug(new In(inName));
        this.out = embedded.plug(new Out(outName));
        byte[] bytes =
                FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
                        .ipv4(0x0a00_0001, 0x0a00_0002)
                        .udp(1, 2)
                        .payload(BYTES - 42)
                        .build();
        frame.put(0, bytes).putShort(CHECKSUM, (short) 0);
    }

    /**
     * Sends so many frames and waits for them.
     *
     * @return nanoseconds that it took
     */
    long run(int frames) {
        lost = 0;
        long base = arrived;
        long start = System.nanoTime();
        int sent = 0;
        while (sent < frames) {
            int room = (int) Math.min(window - (sent - lost - (arrived - base)), frames - sent);
            if (room >= Math.min(BATCH, frames - sent)) {
                sent += send(Math.min(room, BATCH));
            } else {
                await(base + sent - lost - window + BATCH);
            }
        }
        await(base + sent - lost);
        return System.nanoTime() - start;
    }

    private int send(int count) {
        batch.clear();
        for (int i = 0; i < count; i++) {
            flow++;
            frame.put(SOURCE + 2, (byte) (flow >>> 24)).put(SOURCE + 3, (byte) (flow >>> 16));
            frame.put(SOURCE_PORT, (byte) (flow >>> 8)).put(SOURCE_PORT + 1, (byte) flow);
            batch.copy(frame, 0, BYTES);
        }
        in.receive(batch);
        return count;
    }

    /** Waits until so many frames have arrived; those that do not come are lost. */
    private void await(long wanted) {
        waiting = Thread.currentThread();
        long seen = arrived;
        long since = System.nanoTime();
        while (arrived < wanted) {
            LockSupport.parkNanos(PATIENCE_NANOS / 10);
            if (arrived != seen) {
                seen = arrived;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > PATIENCE_NANOS) {
                lost += wanted - seen;
                break;
            }
        }
        waiting = null;
    }

    /** Frames of the last run that did not arrive. */
    long lost() {
        return lost;
    }

    @Override
    public void close() {
        in.close();
        out.close();
    }
}
