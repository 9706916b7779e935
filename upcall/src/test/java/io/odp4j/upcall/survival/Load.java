package io.odp4j.upcall.survival;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Frames of new flows without end, on several wires in turn. */
final class Load implements AutoCloseable {
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
    static Load start(int frames, Wire... wires) {
        Load load = new Load(List.of(wires), frames);
        load.thread.setDaemon(true);
        load.thread.start();
        return load;
    }

    private void send() {
        int flow = 0;
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
    long sent() {
        return sent.get();
    }

    /** Ends it. */
    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
