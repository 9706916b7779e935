package io.odp4j.bench.jmh;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.policy.table.RuleTable;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.field.RuleKey;
import java.util.Arrays;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * One table's answer, with and without the megaflow mask, and the plain tuple search's; 65,536
 * distinct packets.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms3g", "-Xmx3g"})
public class PolicyLookupBenchmark {
    /** Rules and masks, or a kind of ClassBench and rules. */
    @Param({
        "1000/20",
        "1000/100",
        "10000/20",
        "10000/100",
        "10000/300",
        "acl/1000",
        "acl/10000",
        "acl/100000",
        "fw/1000",
        "fw/10000",
        "fw/100000",
        "ipc/1000",
        "ipc/10000",
        "ipc/100000"
    })
    public String set;

    private final long[] key = new long[RuleKey.WORDS];
    private final FlowMask wildcards = new FlowMask();
    private RuleTable table;
    private PriorityTupleSearch tuples;
    private PacketStream packets;

    @Setup
    public void fill() {
        LookupSet made = LookupSet.named(set);
        table = RuleSets.tables(String.join("\n", made.rules())).table(0);
        packets = new PacketStream(made.packets());
        tuples = new PriorityTupleSearch(table.rules());
        System.out.printf("%d rules, %d masks%n", table.size(), table.maskCount());
    }

    private long[] next() {
        packets.next(key);
        return key;
    }

    @Benchmark
    @OperationsPerInvocation(PacketStream.BATCH)
    public long tupleSearch() {
        long sum = 0;
        for (int i = 0; i < PacketStream.BATCH; i++) {
            Rule rule = tuples.lookup(next());
            sum += rule == null ? 0 : rule.priority();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(PacketStream.BATCH)
    public long withoutMask() {
        long sum = 0;
        for (int i = 0; i < PacketStream.BATCH; i++) {
            Rule rule = table.lookup(next(), null);
            sum += rule == null ? 0 : rule.priority();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(PacketStream.BATCH)
    public long withMask() {
        long sum = 0;
        for (int i = 0; i < PacketStream.BATCH; i++) {
            Arrays.fill(wildcards.words(), 0, FlowKey.MATCH_WORDS, 0);
            Rule rule = table.lookup(next(), wildcards);
            sum += rule == null ? 0 : rule.priority();
        }
        return sum;
    }
}
