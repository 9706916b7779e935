package io.odp4j.datapath.embedded.device;

import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.embedded.port.FrameBatch;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of a device that makes its frames itself. It begins when somebody takes the upcalls of
 * the device's port, so that nothing is lost for coming too early.
 */
final class SourceThread {
    private static final Logger LOG = LoggerFactory.getLogger(SourceThread.class);
    private static final int BATCH = 32;
    private static final long LOOK_NANOS = 10_000_000;
    private static final long LONGEST_NAP_NANOS = 100_000_000;
    private static final long JOIN_MILLIS = 5000;

    /** Where the frames come from. */
    interface Source {
        /** No frame is left. */
        long END = -1;

        /**
         * Adds the frames that are due, at least one unless one is still to be waited for.
         *
         * @param nanos since the first call
         * @return how many nanoseconds to wait for the next frame, or {@link #END}
         */
        long fill(FrameBatch batch, long nanos) throws java.io.IOException;
    }

    private final String name;
    private final Source source;
    private final FrameBatch batch = new FrameBatch(BATCH);
    private volatile boolean running = true;
    private Thread thread;

    SourceThread(String name, Source source) {
        this.name = name;
        this.source = source;
    }

    void start(DeviceLink link) {
        thread = new Thread(() -> run(link), "odp4j-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(DeviceLink link) {
        while (running && !link.isServed()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        long start = System.nanoTime();
        long wait = 0;
        try {
            while (running && wait != Source.END) {
                batch.clear();
                wait = source.fill(batch, System.nanoTime() - start);
                if (batch.count() > 0) {
                    link.receive(batch);
                }
                if (wait > 0) {
                    LockSupport.parkNanos(Math.min(wait, LONGEST_NAP_NANOS));
                }
            }
            if (wait == Source.END) {
                LOG.info("{}: all frames are in", name);
            }
        } catch (java.io.IOException e) {
            LOG.error("{}: no more frames: {}", name, e.getMessage());
        }
    }

    void stop() {
        running = false;
        if (thread != null) {
            LockSupport.unpark(thread);
            join(thread);
        }
    }

    static void join(Thread thread) {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
