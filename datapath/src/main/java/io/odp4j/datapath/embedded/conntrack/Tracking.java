package io.odp4j.datapath.embedded.conntrack;

/** What a protocol's tracker says of a packet. */
enum Tracking {
    ACCEPT,
    /** It does not fit the connection. */
    INVALID,
    /** The connection that it named is gone: look again. */
    REPEAT
}
