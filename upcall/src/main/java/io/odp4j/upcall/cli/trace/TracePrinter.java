package io.odp4j.upcall.cli.trace;

import io.odp4j.flowcache.trace.Pass;
import java.io.IOException;
import java.util.List;

/** Prints what became of a packet. */
interface TracePrinter {
    /** Prints all passes of one packet. */
    void print(List<Pass> passes) throws IOException;
}
