package io.odp4j.bench.jmh;

import io.odp4j.flowcache.MegaflowCache;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Tuple-space explosion: 8,192 masks of one entry each, beside the naive tuple search. */
@State(Scope.Thread)
public class ExplosionBenchmark extends BesideWriterBenchmark {
    private static final int BURST = 100;

    /** The attacker's own packets, those of the allowed flow, or packets that nothing matches. */
    @Param({"attack", "victim", "miss"})
    public String stream;

    /** Masks that another thread deletes and inserts again, per second. */
    @Param({"0", "100000"})
    public int churn;

    private MegaflowCache cache;
    private TupleSearch naive;
    private PacketStream packets;

    @Setup
    public void fill() {
        MegaflowWorkload load = MegaflowWorkload.explosion();
        cache = new MegaflowCache(1 << 16);
        naive = new TupleSearch();
        long[] handles = new long[load.keys.size()];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = cache.insert(load.keys.get(i), load.maskOf(i), i, 0);
            naive.insert(load.keys.get(i), load.maskOf(i), i);
        }
        var exact = load.masks.get(load.masks.size() - 1);
        cache.insert(load.allowed(), exact, handles.length, 0);
        naive.insert(load.allowed(), exact, handles.length);
        packets =
                switch (stream) {
                    case "attack" -> load.hits(PacketStream.PACKETS);
                    case "victim" -> load.victims(PacketStream.PACKETS);
                    default -> load.misses(PacketStream.PACKETS);
                };
        if (churn > 0) {
            startWriter(() -> churn(load, handles));
        }
    }

    private void churn(MegaflowWorkload load, long[] handles) {
        int next = 0;
        long due = System.nanoTime();
        while (!isDone()) {
            for (int i = 0; i < BURST; i++) {
                next = (next + 5003) % handles.length;
                cache.delete(handles[next]);
                handles[next] = cache.insert(load.keys.get(next), load.maskOf(next), next, 0);
            }
            due += TimeUnit.SECONDS.toNanos(BURST) / churn;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    @Benchmark
    @OperationsPerInvocation(PacketStream.BATCH)
    public long megaflow() {
        long sum = 0;
        for (int i = 0; i < PacketStream.BATCH; i++) {
            sum += cache.lookup(packets.next());
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(PacketStream.BATCH)
    public long naiveTupleSearch() {
        long sum = 0;
        for (int i = 0; i < PacketStream.BATCH; i++) {
            sum += naive.lookup(packets.next());
        }
        return sum;
    }
}
