package io.odp4j.datapath.embedded.table;

import io.odp4j.datapath.flow.FlowKey;

/**
 * Finds the flow that a packet's key matches. Flows of one table never overlap in a way that
 * matters: which of two that match is found is not said. One thread at a time uses it.
 */
public interface FlowTable {
    /** The flow that matches, or null; allocates nothing. */
    FlowEntry lookup(FlowKey key);

    /** Adds a flow; key and mask of it do not change as long as it is here. */
    void insert(FlowEntry flow);

    void remove(FlowEntry flow);

    void clear();

    /** How many different masks the flows have. */
    int masks();

    /** How many masks were tried since the table was made. */
    long masksTried();
}
