package io.odp4j.bench.jmh;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.FlowCache;
import io.odp4j.flowcache.MegaflowCache;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Lookups of at least 65,536 distinct packets among entries spread evenly over the masks. */
@State(Scope.Thread)
public class MegaflowLookupBenchmark extends CacheBenchmark {
    /** Keys of a batch. */
    private static final int KEYS = 32;

    /** Distinct packets of which the cache can know few again. */
    private static final int FRESH = 1 << 21;

    /** Entries and masks. */
    @Param({"10000/16", "100000/64", "1000000/16"})
    public String size;

    /**
     * Which entries packets hit: each as often as the others; the n-th with a share of about 1/n;
     * none; or each as often, but of so many distinct packets that hardly one is known again.
     */
    @Param({"even", "zipf", "none", "fresh"})
    public String hits;

    private MegaflowCache cache;
    private TupleSearch naive;
    private PacketStream packets;
    private final FlowKey[] batch = new FlowKey[KEYS];
    private final long[] handles = new long[KEYS];

    @Setup
    public void fill() {
        int slash = size.indexOf('/');
        int entries = Integer.parseInt(size.substring(0, slash));
        int masks = Integer.parseInt(size.substring(slash + 1));
        MegaflowWorkload load = MegaflowWorkload.spread(entries, masks);
        cache = new MegaflowCache(entries);
        naive = new TupleSearch();
        for (int i = 0; i < entries; i++) {
            cache.insert(load.keys.get(i), load.maskOf(i), i, 0);
            naive.insert(load.keys.get(i), load.maskOf(i), i);
        }
        packets =
                switch (hits) {
                    case "even" -> load.hits(PacketStream.PACKETS);
                    case "fresh" -> load.hits(FRESH);
                    case "zipf" -> load.zipfHits(PacketStream.PACKETS);
                    default -> load.misses(PacketStream.PACKETS);
                };
        Arrays.setAll(batch, i -> new FlowKey());
        System.out.printf(
                "%d entries, %d masks, %.1f B per entry%n",
                cache.size(),
                cache.maskCount(),
                (double) new FlowCache(cache).memory() / cache.size());
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
    public long megaflowBatched() {
        long sum = 0;
        for (int i = 0; i < PacketStream.BATCH; i += KEYS) {
            nextBatch();
            cache.lookup(batch, KEYS, handles);
            sum += handles[0];
        }
        return sum;
    }

    private void nextBatch() {
        for (FlowKey key : batch) {
            packets.next(key.words());
        }
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
