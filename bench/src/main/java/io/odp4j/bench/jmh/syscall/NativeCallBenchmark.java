package io.odp4j.bench.jmh.syscall;

import io.odp4j.bench.jmh.StageBenchmark;
import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.IgnoreError;
import jnr.ffi.annotations.SaveError;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A native call through jnr-ffi that does next to nothing, and the cheapest system call. */
@State(Scope.Thread)
public class NativeCallBenchmark extends StageBenchmark {
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
