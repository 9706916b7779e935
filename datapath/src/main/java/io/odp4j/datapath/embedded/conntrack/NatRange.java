package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.flow.Protocol;

/** From what addresses and ports a new one is chosen, and how. */
final class NatRange {
    boolean hasAddresses;
    long minHigh;
    long minLow;
    long maxHigh;
    long maxLow;
    boolean hasPorts;
    int minPort;
    int maxPort;

    /** Ports at random, rather than the packet's own if that is free. */
    boolean random;

    /** The same address for a source whatever its destination. */
    boolean persistent;

    void clear() {
        hasAddresses = false;
        minHigh = 0;
        minLow = 0;
        maxHigh = 0;
        maxLow = 0;
        hasPorts = false;
        minPort = 0;
        maxPort = 0;
        random = false;
        persistent = false;
    }

    /** Becomes the range of a single address and any port. */
    void only(long high, long low) {
        clear();
        hasAddresses = true;
        minHigh = high;
        minLow = low;
        maxHigh = high;
        maxLow = low;
    }

    boolean isOneAddress() {
        return minHigh == maxHigh && minLow == maxLow;
    }

    /** Whether a tuple's source lies within it. */
    boolean holdsSource(Tuple tuple) {
        if (hasAddresses
                && (isLess(tuple.srcHigh, tuple.srcLow, minHigh, minLow)
                        || isLess(maxHigh, maxLow, tuple.srcHigh, tuple.srcLow))) {
            return false;
        }
        return !hasPorts || holdsPort(tuple, true);
    }

    /** Whether the part of a tuple that is translated lies within it. */
    boolean holdsPort(Tuple tuple, boolean source) {
        return switch (tuple.proto) {
            case Protocol.IP_ICMP, Protocol.IP_ICMPV6 -> holdsPort(tuple.srcPart);
            case Protocol.IP_TCP, Protocol.IP_UDP, Protocol.IP_SCTP ->
                    holdsPort(source ? tuple.srcPart : tuple.dstPart);
            default -> true;
        };
    }

    private boolean holdsPort(int port) {
        return port >= minPort && port <= maxPort;
    }

    private static boolean isLess(long highA, long lowA, long highB, long lowB) {
        int high = Long.compareUnsigned(highA, highB);
        return high < 0 || high == 0 && Long.compareUnsigned(lowA, lowB) < 0;
    }
}
