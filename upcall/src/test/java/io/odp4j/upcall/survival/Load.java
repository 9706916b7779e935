package io.odp4j.upcall.survival;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Frames of new flows without end, on several wires in turn. */
public final class Load implements AutoCloseable {
    /** A learning switch by which each of the flows misses: it looks at UDP ports. */
    public static final String RULES =
            """
            priority=10,udp,actions=move:OXM_OF_UDP_DST[]->NXM_NX_REG0[0..15],\
            move:OXM_OF_UDP_SRC[]->NXM_NX_REG1[0..15],normal
            priority=1,actions=normal
            """;

    private static final AtomicInteger LOADS = new AtomicInteger();
    private static final long PAUSE_MILLIS = 2;

    private final List<Wire> wires;
    private final int frames;
    private final Thread thread = new Thread(this::send, "load");
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean running = true;

    private Load(List<Wire> wires, int frames) {
        this.wires = wires;
        this.frames = frames;
    }

    /** Sends so many frames on each wire, every other millisecond at most. */
    public static Load start(int frames, Wire... wires) {
        Load load = new Load(List.of(wires), frames);
        load.thread.setDaemon(true);
        load.thread.start();
        return load;
    }

    private void send() {
        int flow = LOADS.getAndIncrement() << 21; // other flows than the load before
        try {
            while (running) {
                for (Wire wire : wires) {
                    sent.addAndGet(wire.send(flow, frames));
                    flow += frames;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Frames that the kernel took. */
    public long sent() {
        return sent.get();
    }

    /** Ends it. */
    @Override
    public void close() {
        stop();
    }

    /** Ends it, before it is closed. */
    public void stop() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
