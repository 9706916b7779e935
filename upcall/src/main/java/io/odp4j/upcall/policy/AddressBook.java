package io.odp4j.upcall.policy;

import io.odp4j.flowcache.policy.MacTable;

/** A policy that learns behind which port an address is. */
public interface AddressBook extends Policy {
    /** What it has learnt; the classifier's thread's. */
    MacTable addresses();

    /** The number by which the table knows the datapath's own port. */
    int localPort();
}
