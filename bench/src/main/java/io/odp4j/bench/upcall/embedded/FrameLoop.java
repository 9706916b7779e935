package io.odp4j.bench.upcall.embedded;

import io.odp4j.bench.upcall.result.Load;
import io.odp4j.bench.upcall.traffic.FrameTemplate;
import io.odp4j.bench.upcall.traffic.Traffic;
import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.embedded.port.FrameBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Brings frames in at one device, and notes when they come out at another: a closed loop with so
 * many frames under way at most, or an open one with so many frames a second.
 */
final class FrameLoop implements AutoCloseable {
    private static final int BATCH = 32;
    private static final int MOST = 1 << 22;
    private static final long PATIENCE_NANOS = 1_000_000_000;
    private static final long LONGEST_PARK_NANOS = 50_000_000;
    private static final int DIGITS = 3;

    private final Traffic traffic;
    private final FrameTemplate template;
    private final DeviceLink in;
    private final DeviceLink out;
    private final FrameBatch batch = new FrameBatch(BATCH);
    private final ByteBuffer frame =
            ByteBuffer.allocateDirect(FrameTemplate.LONGEST).order(ByteOrder.nativeOrder());
    private final long[] sentNanos = new long[MOST];
    private final int[] latest = new int[MOST];
    private Histogram latency = new Histogram(DIGITS);
    private int run;
    private int first;
    private int sent;
    private long startNanos;
    private long lastNanos;
    private long overtaken;
    private volatile long arrived;
    private volatile Thread waiting;

    private record In(String name) implements Device {
        @Override
        public void transmit(ByteBuffer sent, int offset, int length) {
            // Nothing is to be sent there.
        }
    }

    /** Notes what comes out, and wakes the generator. Called under the datapath's lock. */
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
        public void transmit(ByteBuffer frames, int offset, int length) {
            int index = FrameTemplate.index(frames, offset, length, run);
            if (index >= 0 && index < MOST && sentNanos[index] != 0) {
                lastNanos = System.nanoTime();
                latency.recordValue(Math.max(0, lastNanos - sentNanos[index]));
                sentNanos[index] = 0; // a copy does not count
                noteOrder(index);
                arrived++;
            }
        }

        @Override
        public void flush() {
            Thread thread = waiting;
            if (thread != null) {
                LockSupport.unpark(thread);
            }
        }
    }

    private void noteOrder(int index) {
        int flow = traffic.flow(index);
        if (flow < 0) {
            return;
        }
        if (index < latest[flow]) {
            overtaken++;
        } else {
            latest[flow] = index;
        }
    }

    FrameLoop(EmbeddedDatapath embedded, String inName, String outName, Traffic traffic) {
        this.traffic = traffic;
        this.template = new FrameTemplate(traffic);
        this.in = embedded.plug(new In(inName));
        this.out = embedded.plug(new Out(outName));
    }

    /** Sends a load's frames and waits for them. */
    void run(Load load, long millis) {
        first += sent;
        run++;
        sent = 0;
        arrived = 0;
        overtaken = 0;
        Arrays.fill(latest, 0);
        latency = new Histogram(DIGITS);
        startNanos = System.nanoTime();
        lastNanos = startNanos;
        long end = load.frames() > 0 ? Long.MAX_VALUE : startNanos + millis * 1_000_000L;
        if (load.kind() == Load.Kind.OPEN) {
            open(load.rate(), end);
        } else {
            closed(load.window(), load.frames() > 0 ? load.frames() : MOST, end);
        }
        await(sent);
    }

    private void closed(int window, int most, long end) {
        int quantum = Math.max(1, Math.min(BATCH, window / 4));
        long givenUp = 0;
        while (sent < most && System.nanoTime() < end) {
            int room = (int) Math.min(window - (sent - givenUp - arrived), most - sent);
            if (room >= Math.min(quantum, most - sent)) {
                send(Math.min(room, BATCH), 0, 0);
            } else if (!await(sent - givenUp - window + quantum)) {
                givenUp = sent - arrived;
            }
        }
    }

    private void open(double rate, long end) {
        double nanos = 1e9 / rate;
        int burst = traffic.burst();
        while (sent < MOST) {
            long now = System.nanoTime();
            long due = (long) ((Math.min(now, end) - startNanos) / nanos / burst + 1) * burst;
            int count = (int) Math.min(Math.min(due, MOST) - sent, BATCH);
            if (count > 0) {
                send(count, nanos, burst);
            } else if (now >= end) {
                return;
            } else {
                LockSupport.parkNanos(startNanos + (long) (due * nanos) - now);
            }
        }
    }

    /** Sends frames that were to be sent when they are due, or at once if there is no interval. */
    private void send(int count, double nanos, int burst) {
        batch.clear();
        long now = System.nanoTime();
        for (int i = 0; i < count; i++) {
            int length = template.write(frame, run, sent, first);
            batch.copy(frame, 0, length);
            sentNanos[sent] =
                    nanos == 0 ? now : startNanos + (long) ((long) sent / burst * burst * nanos);
            sent++;
        }
        in.receive(batch);
    }

    /** Waits until so many frames have come out; false if they do not come. */
    private boolean await(long wanted) {
        waiting = Thread.currentThread();
        try {
            long seen = arrived;
            long since = System.nanoTime();
            while (arrived < wanted) {
                LockSupport.parkNanos(LONGEST_PARK_NANOS);
                if (arrived != seen) {
                    seen = arrived;
                    since = System.nanoTime();
                } else if (System.nanoTime() - since > PATIENCE_NANOS) {
                    return false;
                }
            }
            return true;
        } finally {
            waiting = null;
        }
    }

    /** Frames of the last run. */
    long sent() {
        return sent;
    }

    /** Frames of the last run that came out. */
    long arrived() {
        return arrived;
    }

    /** Frames of the last run that came out behind a later one of their flow. */
    long overtaken() {
        return overtaken;
    }

    /** From the first frame in to the last frame out. */
    long nanos() {
        return Math.max(1, lastNanos - startNanos);
    }

    /** How long the frames of the last run took. */
    Histogram latency() {
        return latency;
    }

    @Override
    public void close() {
        in.close();
        out.close();
    }
}
