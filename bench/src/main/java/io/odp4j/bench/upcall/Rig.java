package io.odp4j.bench.upcall;

import io.odp4j.bench.upcall.result.Load;
import io.odp4j.bench.upcall.result.Sample;
import java.io.IOException;

/** A datapath of its own with a generator of frames, and one subject that answers the upcalls. */
public interface Rig extends AutoCloseable {
    /** Who answers, as it is called in the results. */
    String subject();

    /** Whether something in it is slow until a JIT compiler has been at it. */
    boolean compilesItself();

    /**
     * Takes the flows away and then sends frames, each brought to the other port by the subject.
     *
     * @param millis how long a load lasts that does not say so itself
     * @throws IOException if the datapath or a process of the rig fails
     */
    Sample run(Load load, long millis) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
