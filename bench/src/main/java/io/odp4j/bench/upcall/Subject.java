package io.odp4j.bench.upcall;

import java.io.IOException;

/** What answers the upcalls while it is measured. */
interface Subject extends AutoCloseable {
    /** As it is called in the results. */
    String name();

    /** Starts to answer; every packet of port {@code in} goes to port {@code out}. */
    void start(Bench bench) throws Exception;

    @Override
    void close() throws IOException;
}
