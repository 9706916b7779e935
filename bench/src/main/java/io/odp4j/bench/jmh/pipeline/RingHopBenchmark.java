package io.odp4j.bench.jmh.pipeline;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import io.odp4j.bench.jmh.StageBenchmark;
import io.odp4j.upcall.ring.UpcallRing;
import io.odp4j.upcall.ring.UpcallSlot;
import io.odp4j.upcall.ring.WaitMode;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From one thread to another through the ring: 64 slots, the time of one. */
@State(Scope.Thread)
public class RingHopBenchmark extends StageBenchmark {
    private static final int SLOTS = 512;
    private static final int OPERATIONS = 64;

    /** How the consumer waits. */
    @Param({"BLOCKING", "SPIN", "BUSY"})
    public WaitMode wait;

    /** Slots that are published at a time. */
    @Param({"1", "16", "64"})
    public int batch;

    private UpcallRing ring;
    private BatchEventProcessor<UpcallSlot> consumer;
    private Thread thread;
    private long bytes;

    @Setup
    public void start() {
        ring = new UpcallRing(SLOTS, wait.strategy());
        consumer =
                new BatchEventProcessorBuilder()
                        .build(
                                ring.disruptor(),
                                ring.disruptor().newBarrier(),
                                (slot, sequence, last) -> bytes += slot.length());
        ring.disruptor().addGatingSequences(consumer.getSequence());
        thread = new Thread(consumer, "consumer");
        thread.setDaemon(true);
        thread.start();
    }

    @TearDown
    public void stop() throws InterruptedException {
        consumer.halt();
        thread.join();
        if (bytes == 0) {
            throw new IllegalStateException("nothing arrived");
        }
    }

    private void publish(long now) {
        while (ring.free(batch) < batch) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < batch; i++) {
            ring.freeSlot(i).received(1, OPERATIONS, now);
        }
        ring.publish(batch);
    }

    /** The next batch at once: what the ring carries. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void stream() {
        for (int i = 0; i < OPERATIONS; i += batch) {
            publish(i);
        }
    }

    /** The next batch when the consumer is done with this one: how long it is on its way. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void oneByOne() {
        for (int i = 0; i < OPERATIONS; i += batch) {
            publish(i);
            while (!ring.isEmpty()) {
                Thread.onSpinWait();
            }
        }
    }
}
