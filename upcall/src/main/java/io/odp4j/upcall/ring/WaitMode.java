package io.odp4j.upcall.ring;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.PhasedBackoffWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How a classifier waits for upcalls when there are none, or that it need not. */
public enum WaitMode {
    /** Sleeps: costs no CPU, and a wake-up for the first upcall after a pause. */
    BLOCKING(BlockingWaitStrategy::new),
    /** Spins for 50 µs, then sleeps: for steady traffic, with a CPU to spare. */
    SPIN(() -> PhasedBackoffWaitStrategy.withLock(50, 1, TimeUnit.MICROSECONDS)),
    /** Spins for ever: takes a CPU for each shard. */
    BUSY(BusySpinWaitStrategy::new),
    /**
     * Does not wait: the reader's thread does the classifier's work, batch by batch. A shard then
     * has one thread, and an upcall costs no wake-up: for machines whose CPUs have other work.
     */
    DIRECT(BusySpinWaitStrategy::new),
    /**
     * {@link #DIRECT} on up to two processors, where a second thread takes from the datapath and
     * from what sends what it gives, else {@link #BLOCKING}.
     */
    AUTO(BlockingWaitStrategy::new);

    private static final int FEW_PROCESSORS = 2;

    private final Supplier<WaitStrategy> maker;

    WaitMode(Supplier<WaitStrategy> maker) {
        this.maker = maker;
    }

    /** What this comes to on this machine: any but {@link #AUTO}. */
    public WaitMode resolved() {
        return resolved(Runtime.getRuntime().availableProcessors());
    }

    WaitMode resolved(int processors) {
        if (this != AUTO) {
            return this;
        }
        return processors <= FEW_PROCESSORS ? DIRECT : BLOCKING;
    }

    /** A new strategy, for one ring. */
    public WaitStrategy strategy() {
        return maker.get();
    }
}
