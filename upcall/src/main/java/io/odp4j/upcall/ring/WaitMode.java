package io.odp4j.upcall.ring;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.PhasedBackoffWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How a classifier waits for upcalls when there are none. */
public enum WaitMode {
    /** Sleeps: costs no CPU, and a wake-up for the first upcall after a pause. */
    BLOCKING(BlockingWaitStrategy::new),
    /** Spins for 50 µs, then sleeps: for steady traffic, with a CPU to spare. */
    SPIN(() -> PhasedBackoffWaitStrategy.withLock(50, 1, TimeUnit.MICROSECONDS)),
    /** Spins for ever: takes a CPU for each shard. */
    BUSY(BusySpinWaitStrategy::new);

    private final Supplier<WaitStrategy> maker;

    WaitMode(Supplier<WaitStrategy> maker) {
        this.maker = maker;
    }

    /** A new strategy, for one ring. */
    public WaitStrategy strategy() {
        return maker.get();
    }
}
