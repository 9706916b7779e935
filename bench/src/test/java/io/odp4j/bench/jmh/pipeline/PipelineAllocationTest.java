package io.odp4j.bench.jmh.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole of the classifier's work, with nothing around it: no byte for an upcall. */
class PipelineAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 200;

    @ParameterizedTest
    @ValueSource(strings = {"new", "known"})
    void shouldAllocateNothingForAnUpcall(String flows) throws Exception {
        PipelineBenchmark pipeline = new PipelineBenchmark();
        pipeline.flows = flows;
        pipeline.open();
        long bytes = Long.MAX_VALUE;
        // What grows and what compiles does so in the first rounds; then there must be one without.
        for (int round = 0; round < ROUNDS && bytes > 0; round++) {
            pipeline.prepare();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            pipeline.upcall();
            bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        pipeline.close();
        assertThat(bytes).isZero();
    }
}
