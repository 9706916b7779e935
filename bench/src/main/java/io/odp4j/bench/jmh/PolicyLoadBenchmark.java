package io.odp4j.bench.jmh;

import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A rule file from text to tables, the first time in a JVM, as who starts an agent meets it: the
 * time to compile the reader is in it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
        value = 5,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
public class PolicyLoadBenchmark {
    @Param({"1000", "10000", "100000"})
    public int rules;

    private String text;

    @Setup
    public void write() {
        text = PolicyChangeBenchmark.rules(rules, 3, 1);
    }

    @Benchmark
    public int load() throws RuleSyntaxException {
        PolicyTables tables = new PolicyTables();
        tables.load(text);
        return tables.size();
    }
}
