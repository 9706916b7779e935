package io.odp4j.bench.jmh;

import io.odp4j.flowcache.MegaflowCache;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lookups among 100,000 entries that stay, while another thread deletes and inserts 20,000 others
 * as fast as it can; it wants two processors.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms3g", "-Xmx3g", "-XX:+UseTransparentHugePages"})
public class ReadWhileWritingBenchmark {
    private static final int STAYING = 100_000;
    private static final int CHANGED = 20_000;

    @Param({"16", "64"})
    public int masks;

    /** Whether the other thread writes. */
    @Param({"false", "true"})
    public boolean writing;

    private MegaflowCache cache;
    private PacketStream packets;
    private Thread writer;
    private volatile boolean done;

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
            writer = new Thread(() -> change(load, handles), "writer");
            writer.start();
        }
    }

    private long insert(MegaflowWorkload load, int i) {
        int at = STAYING + i;
        return cache.insert(load.keys.get(at), load.maskOf(at), at, 0);
    }

    private void change(MegaflowWorkload load, long[] handles) {
        long changes = 0;
        long start = System.nanoTime();
        while (!done) {
            for (int i = 0; i < CHANGED; i++) {
                cache.delete(handles[i]);
                handles[i] = insert(load, i);
            }
            changes += CHANGED;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%.2f million entries a second replaced%n", changes / seconds / 1e6);
    }

    @TearDown
    public void stop() throws InterruptedException {
        done = true;
        if (writer != null) {
            writer.join();
        }
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
