package io.odp4j.datapath.embedded.conntrack;

/** What is known of a TCP connection: its state, and both sides' sequence numbers and windows. */
final class TcpState {
    // States, and what TcpTransitions says instead of one.
    static final int NONE = 0;
    static final int SYN_SENT = 1;
    static final int SYN_RECV = 2;
    static final int ESTABLISHED = 3;
    static final int FIN_WAIT = 4;
    static final int CLOSE_WAIT = 5;
    static final int LAST_ACK = 6;
    static final int TIME_WAIT = 7;
    static final int CLOSE = 8;
    static final int SYN_SENT2 = 9;
    static final int IGNORE = 10;
    static final int INVALID = 11;

    // Bits of a side's flags.
    static final int WINDOW_SCALE = 1;
    static final int SACK_PERMITTED = 1 << 1;
    static final int CLOSE_INIT = 1 << 2;
    static final int LIBERAL = 1 << 3;
    static final int UNACKNOWLEDGED = 1 << 4;
    static final int MAX_ACK_SET = 1 << 5;

    // Bits of lastFlags beside those of options.
    static final int CHALLENGE_EXPECTED = 1 << 6;
    static final int SIMULTANEOUS_OPEN = 1 << 7;

    /** One side, as its own segments and the other's acknowledgements show it. */
    static final class Side {
        /** The highest sequence number sent, and one. */
        int end;

        /** The highest that the other side can take. */
        int maxEnd;

        /** The largest window offered; 0 before the side's first segment. */
        int maxWindow;

        int maxAck;
        int scale;
        int flags;

        void clear() {
            reset();
            flags = 0;
        }

        /** Forgets all but that it is to be taken liberally. */
        void reset() {
            end = 0;
            maxEnd = 0;
            maxWindow = 0;
            maxAck = 0;
            scale = 0;
            flags &= LIBERAL;
        }

        boolean has(int bits) {
            return (flags & bits) != 0;
        }
    }

    final Side original = new Side();
    final Side reply = new Side();
    int state;

    // Of the last segment that counted.
    boolean lastReply;
    int lastKind;
    int lastSeq;
    int lastAck;
    int lastEnd;
    int lastWindow;
    int lastScale;
    int lastFlags;

    /** How often it has been sent again. */
    int retransmissions;

    void clear() {
        original.clear();
        reply.clear();
        state = NONE;
        lastReply = false;
        lastKind = TcpSegment.NOTHING;
        lastSeq = 0;
        lastAck = 0;
        lastEnd = 0;
        lastWindow = 0;
        lastScale = 0;
        lastFlags = 0;
        retransmissions = 0;
    }

    Side side(boolean ofReply) {
        return ofReply ? reply : original;
    }

    /** Whether it is on its way to its end. */
    boolean isClosing() {
        return state >= FIN_WAIT && state <= CLOSE;
    }
}
