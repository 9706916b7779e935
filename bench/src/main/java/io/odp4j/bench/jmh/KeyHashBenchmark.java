package io.odp4j.bench.jmh;

import io.odp4j.flowcache.FlowCache;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The hash of a flow key over the bits that any of 16 masks looks at. */
@State(Scope.Thread)
public class KeyHashBenchmark extends StageBenchmark {
    private static final int FLOWS = 1000;
    private static final int MASKS = 16;

    private FlowCache cache;
    private PacketStream packets;

    @Setup
    public void fill() {
        cache = new FlowCache(FLOWS);
        MegaflowWorkload load = MegaflowWorkload.spread(FLOWS, MASKS);
        for (int i = 0; i < FLOWS; i++) {
            cache.insert(load.keys.get(i), load.maskOf(i), i, 0);
        }
        packets = load.hits(PacketStream.PACKETS);
    }

    @Benchmark
    @OperationsPerInvocation(PacketStream.BATCH)
    public long hash() {
        long sum = 0;
        for (int i = 0; i < PacketStream.BATCH; i++) {
            sum += cache.hash(packets.next());
        }
        return sum;
    }

    /** The baseline: what making the packets takes. */
    @Benchmark
    @OperationsPerInvocation(PacketStream.BATCH)
    public long packetsAlone() {
        long sum = 0;
        for (int i = 0; i < PacketStream.BATCH; i++) {
            sum += packets.next().inPort();
        }
        return sum;
    }
}
