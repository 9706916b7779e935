package io.odp4j.bench.jmh;

import org.openjdk.jmh.annotations.TearDown;

/** Lookups while another thread may change the cache. */
public abstract class BesideWriterBenchmark extends CacheBenchmark {
    private Thread writer;
    private volatile boolean done;

    /** Starts the other thread, which goes on until {@link #isDone}. */
    final void startWriter(Runnable changes) {
        writer = new Thread(changes, "writer");
        writer.start();
    }

    final boolean isDone() {
        return done;
    }

    /** Ends the other thread. */
    @TearDown
    public void stop() throws InterruptedException {
        done = true;
        if (writer != null) {
            writer.join();
        }
    }
}
