package io.odp4j.upcall.capacity;

import java.io.IOException;

/** Who controls the datapath while it is measured. */
interface Subject extends AutoCloseable {
    /** As it is called in the results. */
    String name();

    /** The name of its datapath. */
    String datapath();

    /** Its process, whose memory and descriptors count. */
    long pid();

    @Override
    void close() throws IOException;
}
