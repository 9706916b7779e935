package io.odp4j.upcall.outbox;

/**
 * What the last requests were, by sequence number: an error or a reply finds its flow. The kernel
 * answers while it takes the request, so that a few thousand are enough.
 */
final class PendingRequests {
    static final byte NONE = 0;
    static final byte EXECUTE = 1;
    static final byte INSTALL = 2;
    static final byte MODIFY = 3;
    static final byte DELETE = 4;

    private static final int SIZE = 1 << 14;

    private final int[] sequences = new int[SIZE];
    private final byte[] kinds = new byte[SIZE];
    private final long[] handles = new long[SIZE];

    /** Remembers a request and returns its sequence number. */
    int add(int sequence, byte kind, long handle) {
        int i = sequence & SIZE - 1;
        sequences[i] = sequence;
        kinds[i] = kind;
        handles[i] = handle;
        return sequence;
    }

    /** The kind of request of that sequence number; {@link #NONE} if it is forgotten. */
    byte kind(int sequence) {
        int i = sequence & SIZE - 1;
        return sequences[i] == sequence ? kinds[i] : NONE;
    }

    long handle(int sequence) {
        return handles[sequence & SIZE - 1];
    }
}
