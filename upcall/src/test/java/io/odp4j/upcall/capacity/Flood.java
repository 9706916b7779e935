package io.odp4j.upcall.capacity;

import io.odp4j.upcall.survival.Wire;
import java.io.IOException;

/** A thread that sends frames through a wire as fast as it can. */
final class Flood implements AutoCloseable {
    /** Flows below this number have UDP's destination port 0. */
    private static final int PORT_ZERO = 1 << 16;

    private final Wire wire;
    private final int step;
    private final Thread thread = new Thread(this::send, "flood");
    private final long sentBefore;
    private final long began;
    private volatile boolean ready;
    private volatile boolean running = true;

    private Flood(Wire wire, int step) throws IOException, InterruptedException {
        this.wire = wire;
        this.step = step;
        this.sentBefore = wire.sent();
        thread.start();
        while (!ready) {
            Thread.sleep(1);
        }
        this.began = System.nanoTime();
    }

    /** Each frame is of a new flow, to some other port than 0. */
    static Flood ofNewFlows(Wire wire) throws IOException, InterruptedException {
        return new Flood(wire, Wire.BATCH);
    }

    /** Every frame goes to port 0. */
    static Flood toPortZero(Wire wire) throws IOException, InterruptedException {
        return new Flood(wire, 0);
    }

    private void send() {
        try {
            Niceness.ofThisThread(0); // not that of who started it
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ready = true;
        for (int flow = step == 0 ? 0 : PORT_ZERO; running; flow += step) {
            wire.send(flow, Wire.BATCH);
        }
    }

    /** Frames sent a second, so far. */
    double rate() throws IOException {
        return (wire.sent() - sentBefore) / seconds();
    }

    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

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
