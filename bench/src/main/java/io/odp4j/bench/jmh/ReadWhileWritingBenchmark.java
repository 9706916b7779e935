package io.odp4j.bench.jmh;

import io.odp4j.flowcache.MegaflowCache;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Lookups among 100,000 entries that stay, while another thread deletes and inserts 20,000 others
 * as fast as it can; it wants two processors.
 */
@State(Scope.Thread)
public class ReadWhileWritingBenchmark extends BesideWriterBenchmark {
    private static final int STAYING = 100_000;
    private static final int CHANGED = 20_000;

    @Param({"16", "64"})
    public int masks;

    /** Whether the other thread writes. */
    @Param({"false", "true"})
    public boolean writing;

    private MegaflowCache cache;
    private PacketStream packets;

    @Setup
    public void fill() {
        MegaflowWorkload load = MegaflowWorkload.spread(STAYING, masks);
        cache = new MegaflowCache(STAYING + CHANGED);
        for (int i = 0; i < STAYING; i++) {
            cache.insert(load.keys.get(i), load.maskOf(i), i, 0);
        }
        packets = load.hits(PacketStream.PACKETS);
        for (int i = 0; i < CHANGED; i++) {
            load.keys.add(load.key());
        }
        long[] handles = new long[CHANGED];
        for (int i = 0; i < CHANGED; i++) {
            handles[i] = insert(load, i);
        }
        if (writing) {
            startWriter(() -> change(load, handles));
        }
    }

    private long insert(MegaflowWorkload load, int i) {
        int at = STAYING + i;
        return cache.insert(load.keys.get(at), load.maskOf(at), at, 0);
    }

    private void change(MegaflowWorkload load, long[] handles) {
        long changes = 0;
        long start = System.nanoTime();
        while (!isDone()) {
            for (int i = 0; i < CHANGED; i++) {
                cache.delete(handles[i]);
                handles[i] = insert(load, i);
            }
            changes += CHANGED;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%.2f million entries a second replaced%n", changes / seconds / 1e6);
    }

    @Benchmark
    @OperationsPerInvocation(PacketStream.BATCH)
    public long lookup() {
        long sum = 0;
        for (int i = 0; i < PacketStream.BATCH; i++) {
            sum += cache.lookup(packets.next());
        }
        return sum;
    }
}
