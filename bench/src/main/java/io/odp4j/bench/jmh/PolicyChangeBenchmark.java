package io.odp4j.bench.jmh;

import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.field.RuleKey;
import io.odp4j.flowcache.rule.parse.RuleParser;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
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

/** Rules that come and go in a table of 10,000 with five-tuples and 17 prefix lengths. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
public class PolicyChangeBenchmark {
    private static final int RULES = 10_000;
    private static final int SPARE = 1 << 15;

    /** Changes between two lookups with a megaflow mask; 0: there are no lookups. */
    @Param({"0", "64"})
    public int changesPerLookup;

    private final long[] key = new long[RuleKey.WORDS];
    private final FlowMask wildcards = new FlowMask();
    private PolicyTables tables;
    private List<Rule> spare;
    private int next;

    @Setup
    public void fill() throws RuleSyntaxException {
        tables = new PolicyTables();
        tables.load(rules(RULES, 1, 2));
        spare = new ArrayList<>();
        for (RuleParser.Line line : RuleParser.parseAll(rules(SPARE, 1, 3))) {
            spare.add(line.rule());
        }
    }

    static String rules(int count, int tables, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "table=%d,priority=%d,cookie=0x%x,tcp,in_port=%d,nw_src=10.%d.%d.%d/%d,"
                                    + "nw_dst=192.168.%d.%d,tp_dst=%d,actions=load:%d->NXM_NX_REG0[],"
                                    + "mod_dl_dst:02:00:00:00:00:0%d,dec_ttl,output:%d%n",
                            i % tables,
                            1000 + random.nextInt(60000),
                            i,
                            1 + random.nextInt(8),
                            random.nextInt(256),
                            random.nextInt(256),
                            random.nextInt(256),
                            16 + random.nextInt(17),
                            random.nextInt(256),
                            random.nextInt(256),
                            random.nextInt(65536),
                            random.nextInt(9),
                            random.nextInt(9),
                            1 + random.nextInt(8)));
        }
        return text.toString();
    }

    /** One operation is one rule added or one removed. */
    @Benchmark
    @OperationsPerInvocation(PacketStream.BATCH)
    public long addAndRemove() {
        for (int i = 0; i < PacketStream.BATCH / 2; i++) {
            Rule rule = spare.get(next);
            tables.add(rule);
            tables.remove(rule);
            next = next + 1 & SPARE - 1;
            if (changesPerLookup > 0 && i % (changesPerLookup / 2) == 0) {
                System.arraycopy(rule.match().value(), 0, key, 0, key.length);
                tables.table(0).lookup(key, wildcards);
            }
        }
        return tables.version();
    }
}
