package io.odp4j.datapath.embedded.fragment;

/**
 * The congestion notification of a packet that is put together (RFC 3168, section 5.3): congestion
 * that one fragment has met counts for all; fragments with and without notification do not belong
 * together.
 */
final class Ecn {
    /** The fragments cannot be of one packet. */
    static final int INVALID = -1;

    private static final int MASK = 3;
    private static final int NOT_CAPABLE = 1;
    private static final int CONGESTION_SEEN = 1 << 3;
    private static final int CONGESTION = 3;

    private Ecn() {}

    /** A bit for the notification in a type of service or traffic class. */
    static int bit(int trafficClass) {
        return 1 << (trafficClass & MASK);
    }

    /** What is to be set in the whole packet, given the bits of all its fragments. */
    static int combined(int bits) {
        if ((bits & NOT_CAPABLE) != 0) {
            return bits == NOT_CAPABLE ? 0 : INVALID;
        }
        return (bits & CONGESTION_SEEN) != 0 && bits != CONGESTION_SEEN ? CONGESTION : 0;
    }
}
