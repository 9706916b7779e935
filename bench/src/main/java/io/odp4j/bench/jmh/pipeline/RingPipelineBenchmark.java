package io.odp4j.bench.jmh.pipeline;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import io.odp4j.bench.jmh.StageBenchmark;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.upcall.classify.Classifier;
import io.odp4j.upcall.ring.UpcallRing;
import io.odp4j.upcall.ring.UpcallSlot;
import io.odp4j.upcall.ring.WaitMode;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From the reader's thread through the ring to the classifier's, and out: an upcall is copied into
 * its slot, which stands for the kernel's writing it there, and is done when its batch was sent.
 */
@State(Scope.Thread)
public class RingPipelineBenchmark extends StageBenchmark {
    private static final int SLOTS = 512;

    /** Upcalls of new flows, each installed and executed; or of known ones, executed alone. */
    @Param({"new", "known"})
    public String flows;

    /** How the classifier waits. */
    @Param({"BLOCKING", "SPIN", "BUSY"})
    public WaitMode wait;

    private volatile Classifier classifier;
    private UpcallRing ring;
    private PipelineUpcalls upcalls;
    private BatchEventProcessor<UpcallSlot> consumer;
    private Thread thread;

    @Setup
    public void start() throws NetlinkException {
        ring = new UpcallRing(SLOTS, wait.strategy());
        upcalls = new PipelineUpcalls(flows.equals("new"), ring);
        consumer =
                new BatchEventProcessorBuilder()
                        .build(
                                ring.disruptor(),
                                ring.disruptor().newBarrier(),
                                (slot, sequence, last) -> classifier.onEvent(slot, sequence, last));
        ring.disruptor().addGatingSequences(consumer.getSequence());
        thread = new Thread(consumer, "classifier");
        thread.setDaemon(true);
        thread.start();
    }

    @Setup(Level.Invocation)
    public void prepare() throws NetlinkException {
        upcalls.prepare();
        classifier = upcalls.stage().classifier();
    }

    @TearDown
    public void stop() throws InterruptedException {
        consumer.halt();
        thread.join();
        upcalls.check();
        upcalls.close();
    }

    /** A round, in batches. */
    @Benchmark
    @OperationsPerInvocation(PipelineUpcalls.ROUND)
    public void upcall() {
        for (int done = 0; done < PipelineUpcalls.ROUND; done += PipelineUpcalls.BATCH) {
            while (ring.free(PipelineUpcalls.BATCH) < PipelineUpcalls.BATCH) {
                Thread.onSpinWait();
            }
            long now = System.nanoTime();
            for (int i = 0; i < PipelineUpcalls.BATCH; i++) {
                upcalls.receive(done + i, ring.freeSlot(i), now);
            }
            ring.publish(PipelineUpcalls.BATCH);
        }
        while (!ring.isEmpty()) {
            Thread.onSpinWait();
        }
    }
}
