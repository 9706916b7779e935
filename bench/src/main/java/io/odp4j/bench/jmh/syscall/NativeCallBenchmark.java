package io.odp4j.bench.jmh.syscall;

import java.util.concurrent.TimeUnit;
import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.IgnoreError;
import jnr.ffi.annotations.SaveError;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A native call through jnr-ffi that does next to nothing, and the cheapest system call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class NativeCallBenchmark {
    private static final Calls C = LibraryLoader.create(Calls.class).load("c");

    private int value = -1;

    /** Of the C library. */
    public interface Calls {
        @IgnoreError
        int abs(int value);

        @SaveError
        long labs(long value);

        @SaveError
        int getppid();
    }

    /** The baseline: the same in Java. */
    @Benchmark
    public int inJava() {
        return Math.abs(value--);
    }

    @Benchmark
    public int call() {
        return C.abs(value--);
    }

    /** As all calls of odp4j are made: errno is kept for the thread. */
    @Benchmark
    public long callThatSavesErrno() {
        return C.labs(value--);
    }

    @Benchmark
    public int systemCall() {
        return C.getppid();
    }
}
