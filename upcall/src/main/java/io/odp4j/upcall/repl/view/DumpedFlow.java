package io.odp4j.upcall.repl.view;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;

/**
 * A flow of a dump.
 *
 * @param identity its ufid, or its match if the dump has none
 * @param match as text, with the ports' names
 * @param usedMillis how long ago it was used, or -1 for never
 * @param actions as text, with the ports' names
 */
record DumpedFlow(
        String identity,
        String match,
        FlowKey key,
        FlowMask mask,
        long packets,
        long bytes,
        long usedMillis,
        String actions) {}
