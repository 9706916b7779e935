package io.odp4j.bench.upcall.embedded;

import java.io.IOException;

/** What answers the upcalls of the embedded datapath. */
interface EmbeddedSubject extends AutoCloseable {
    /** Processor time that it has used, ns. */
    long cpuNanos() throws IOException;

    /** The process that answers, whose memory is told. */
    long pid();

    /** Takes every flow out of the datapath, and out of its own books. */
    void purge() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
