package io.odp4j.bench.jmh.pipeline;

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
 * All that the classifier's thread does for an upcall: decode, look up, decide, encode, and send
 * once for 64. One thread.
 */
@State(Scope.Thread)
public class PipelineBenchmark extends StageBenchmark {
    /** Upcalls of new flows, each installed and executed; or of known ones, executed alone. */
    @Param({"new", "known"})
    public String flows;

    private UpcallRing ring;
    private PipelineUpcalls upcalls;
    private Classifier classifier;

    @Setup
    public void open() throws NetlinkException {
        ring = new UpcallRing(PipelineUpcalls.ROUND, WaitMode.BLOCKING.strategy());
        upcalls = new PipelineUpcalls(flows.equals("new"), ring);
    }

    /** Nothing is ever published: the free slots are always the same. */
    @Setup(Level.Invocation)
    public void prepare() throws NetlinkException {
        upcalls.prepare();
        classifier = upcalls.stage().classifier();
        long now = System.nanoTime();
        for (int i = 0; i < PipelineUpcalls.ROUND; i++) {
            upcalls.receive(i, ring.freeSlot(i), now);
        }
    }

    @TearDown
    public void close() {
        upcalls.check();
        upcalls.close();
    }

    /** A round, in batches. */
    @Benchmark
    @OperationsPerInvocation(PipelineUpcalls.ROUND)
    public void upcall() {
        for (int i = 0; i < PipelineUpcalls.ROUND; i++) {
            UpcallSlot slot = ring.freeSlot(i);
            classifier.onEvent(slot, i, (i + 1) % PipelineUpcalls.BATCH == 0);
        }
    }
}
