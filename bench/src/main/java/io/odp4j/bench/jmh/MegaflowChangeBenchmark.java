package io.odp4j.bench.jmh;

import io.odp4j.flowcache.MegaflowCache;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Deletion of an entry by its handle and insertion of the same one, 100,000 entries. */
@State(Scope.Thread)
public class MegaflowChangeBenchmark extends CacheBenchmark {
    private static final int ENTRIES = 100_000;

    @Param({"16", "64"})
    public int masks;

    private MegaflowWorkload load;
    private MegaflowCache cache;
    private long[] handles;
    private int next;

    @Setup
    public void fill() {
        load = MegaflowWorkload.spread(ENTRIES, masks);
        cache = new MegaflowCache(ENTRIES);
        handles = new long[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            handles[i] = cache.insert(load.keys.get(i), load.maskOf(i), i, 0);
        }
    }

    /** One of each: half of it is the price of one. */
    @Benchmark
    @OperationsPerInvocation(PacketStream.BATCH)
    public long deleteAndInsert() {
        long deleted = 0;
        for (int i = 0; i < PacketStream.BATCH; i++) {
            deleted += cache.delete(handles[next]) ? 1 : 0;
            handles[next] = cache.insert(load.keys.get(next), load.maskOf(next), next, 0);
            next = next + 1 == ENTRIES ? 0 : next + 1;
        }
        return deleted;
    }
}
