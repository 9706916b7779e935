package io.odp4j.bench.upcall.kernel;

import io.odp4j.bench.upcall.UpcallOptions;
import java.io.IOException;

/** What answers the upcalls of a kernel datapath: a process beside this one. */
interface KernelSubject extends AutoCloseable {
    /** As it is called in the results. */
    String name();

    /** Whether it runs on a JVM. */
    default boolean compilesItself() {
        return false;
    }

    /** Makes a datapath with these ports, and answers its upcalls. */
    void start(UpcallOptions options, Veths ports) throws IOException, InterruptedException;

    /** Name of the datapath. */
    String datapath();

    /** The process whose time is to be counted. */
    long pid();

    /** Takes every flow out of the datapath, and out of the subject's own books. */
    void purge() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
