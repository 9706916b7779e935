package io.odp4j.datapath.embedded.conntrack;

/**
 * Follows TCP connections: {@code nf_conntrack_tcp_packet} with the kernel's default settings, by
 * which a connection may be picked up in its middle.
 */
final class TcpTracker {
    private static final int SECONDS = 1000;
    private static final int CLOSE_MILLIS = 10 * SECONDS;

    /** Without an answer to what was sent, and after some retransmissions. */
    private static final int UNANSWERED_MILLIS = 300 * SECONDS;

    private static final int MOST_RETRANSMISSIONS = 3;
    private static final int SHRINK_FROM_MILLIS = 120 * SECONDS;

    /** By state, in milliseconds. */
    private static final int[] TIMEOUTS = {
        120 * SECONDS, // none
        120 * SECONDS, // SYN sent
        60 * SECONDS, // SYN received
        5 * 24 * 3600 * SECONDS, // established
        120 * SECONDS, // FIN wait
        60 * SECONDS, // close wait
        30 * SECONDS, // last ACK
        120 * SECONDS, // time wait
        CLOSE_MILLIS, // closed
        120 * SECONDS, // second SYN
    };

    private final ConnectionTable table;
    private final TcpSegment segment = new TcpSegment();
    private final TcpState.Side options = new TcpState.Side();

    /** Whether the segment is believed without a look at the window. */
    private boolean inWindow;

    TcpTracker(ConnectionTable table) {
        this.table = table;
    }

    /** Looks at a packet of a connection, and brings that up to date. */
    Tracking track(Connection connection, boolean reply, IpPacket packet, long now) {
        if (!segment.wrap(packet) || !connection.isConfirmed() && !begin(connection)) {
            return Tracking.INVALID;
        }
        TcpState tcp = connection.tcp;
        int old = tcp.state;
        int kind = segment.kind;
        int next = TcpTransitions.next(reply, kind, old);
        inWindow = false;
        switch (next) {
            case TcpState.SYN_SENT, TcpState.IGNORE -> {
                boolean reopens = next == TcpState.SYN_SENT;
                if (reopens && old < TcpState.TIME_WAIT) {
                    break;
                }
                if (reopens && mayReopen(tcp, reply)) {
                    table.remove(connection);
                    return Tracking.REPEAT;
                }
                if (!answersIgnoredSyn(tcp, reply)) {
                    noteIgnored(tcp, reply, old);
                    return Tracking.ACCEPT;
                }
                resynchronize(tcp, reply);
                old = TcpState.SYN_SENT;
                next = TcpState.SYN_RECV;
            }
            case TcpState.TIME_WAIT -> {
                if (isChallengeAck(tcp, reply, old)) {
                    tcp.lastFlags &= ~TcpState.CHALLENGE_EXPECTED;
                    return Tracking.ACCEPT;
                }
            }
            case TcpState.SYN_SENT2 -> tcp.lastFlags |= TcpState.SIMULTANEOUS_OPEN;
            case TcpState.SYN_RECV -> {
                if (reply
                        && kind == TcpSegment.ACK
                        && (tcp.lastFlags & TcpState.SIMULTANEOUS_OPEN) != 0) {
                    next = TcpState.ESTABLISHED;
                }
            }
            case TcpState.CLOSE -> {
                if (kind == TcpSegment.RST) {
                    next = reset(connection, reply);
                }
            }
            default -> {}
        }
        if (next == TcpState.INVALID) {
            return Tracking.INVALID;
        }
        if (!inWindow) {
            switch (TcpWindow.check(tcp, reply, segment)) {
                case IGNORE -> {
                    return Tracking.ACCEPT;
                }
                case INVALID -> {
                    shorten(connection, reply, now);
                    return Tracking.INVALID;
                }
                default -> {}
            }
        }
        accept(connection, reply, old, next, now);
        return Tracking.ACCEPT;
    }

    /** The first segment of a connection; false if none begins with it. */
    private boolean begin(Connection connection) {
        int next = TcpTransitions.next(false, segment.kind, TcpState.NONE);
        if (next == TcpState.INVALID) {
            return false;
        }
        TcpState tcp = connection.tcp;
        tcp.clear();
        TcpState.Side sender = tcp.original;
        sender.end = segment.end;
        sender.maxWindow = Math.max(segment.window, 1);
        sender.maxEnd = segment.end;
        if (next == TcpState.SYN_SENT) {
            segment.readOptions(sender);
        } else {
            // In the middle of it: nothing is known of scaling.
            sender.maxEnd += sender.maxWindow;
            sender.flags = TcpState.SACK_PERMITTED | TcpState.LIBERAL;
            tcp.reply.flags = sender.flags;
        }
        return true;
    }

    private static boolean mayReopen(TcpState tcp, boolean reply) {
        return tcp.original.has(TcpState.CLOSE_INIT)
                || tcp.reply.has(TcpState.CLOSE_INIT)
                || tcp.lastReply == reply && tcp.lastKind == TcpSegment.RST;
    }

    /** Whether this SYN and ACK shows that a SYN that was ignored was right. */
    private boolean answersIgnoredSyn(TcpState tcp, boolean reply) {
        return segment.kind == TcpSegment.SYN_ACK
                && tcp.lastKind == TcpSegment.SYN
                && tcp.lastReply != reply
                && segment.ack == tcp.lastEnd;
    }

    private static void resynchronize(TcpState tcp, boolean reply) {
        TcpState.Side asker = tcp.side(tcp.lastReply);
        asker.end = tcp.lastEnd;
        asker.maxEnd = tcp.lastEnd;
        asker.maxWindow = Math.max(tcp.lastWindow, 1);
        asker.scale = tcp.lastScale;
        tcp.lastFlags &= ~TcpState.CHALLENGE_EXPECTED;
        asker.flags = tcp.lastFlags;
        tcp.side(reply).reset();
    }

    private void noteIgnored(TcpState tcp, boolean reply, int old) {
        tcp.lastKind = segment.kind;
        tcp.lastReply = reply;
        tcp.lastSeq = segment.seq;
        tcp.lastEnd = segment.end;
        tcp.lastWindow = segment.window;
        if (segment.kind == TcpSegment.SYN && !reply) {
            options.clear();
            segment.readOptions(options);
            boolean scales = options.has(TcpState.WINDOW_SCALE);
            tcp.lastScale = scales ? options.scale : 0;
            tcp.lastFlags = options.flags;
            if (old == TcpState.LAST_ACK) {
                tcp.lastFlags |= TcpState.CHALLENGE_EXPECTED;
            }
        }
        if (old == TcpState.SYN_SENT && segment.kind == TcpSegment.ACK && reply) {
            tcp.lastAck = segment.ack;
        }
    }

    /** An ACK that a stray SYN has called forth (RFC 5961) acknowledges no FIN. */
    private boolean isChallengeAck(TcpState tcp, boolean reply, int old) {
        return old == TcpState.LAST_ACK
                && segment.kind == TcpSegment.ACK
                && tcp.lastReply != reply
                && tcp.lastKind == TcpSegment.SYN
                && (tcp.lastFlags & TcpState.CHALLENGE_EXPECTED) != 0;
    }

    /** The state after a RST. */
    private int reset(Connection connection, boolean reply) {
        TcpState tcp = connection.tcp;
        if (tcp.isClosing()) {
            inWindow = true; // what is known of the numbers may be of an older connection
            return TcpState.CLOSE;
        }
        TcpState.Side other = tcp.side(!reply);
        int next = TcpState.CLOSE;
        if (other.has(TcpState.MAX_ACK_SET) && tcp.lastKind != TcpSegment.SYN) {
            if (segment.seq == 0 && !isEstablished(connection)) {
                return TcpState.CLOSE;
            }
            if (TcpWindow.before(segment.seq, other.maxAck)) {
                return TcpState.INVALID;
            }
            if (!mayBeChallenged(connection, reply, other)) {
                return TcpState.CLOSE;
            }
            next = tcp.state;
        }
        inWindow = answersUnseen(connection, reply);
        return next;
    }

    /** Whether a RST lies within the window, but not where it must (RFC 5961). */
    private boolean mayBeChallenged(Connection connection, boolean reply, TcpState.Side other) {
        TcpState tcp = connection.tcp;
        boolean follows =
                tcp.lastKind == TcpSegment.ACK
                        && tcp.lastReply == reply
                        && segment.seq == tcp.lastEnd;
        return isEstablished(connection) && segment.seq != other.maxAck && !follows;
    }

    /**
     * Whether a RST answers a segment that was let through without being believed. Only a SYN must
     * have come from the other side; the number counts even if the RST's ACK flag is not set.
     */
    private boolean answersUnseen(Connection connection, boolean reply) {
        TcpState tcp = connection.tcp;
        boolean toSyn =
                connection.has(Connection.SEEN_REPLY)
                        && tcp.lastKind == TcpSegment.SYN
                        && tcp.lastReply != reply;
        boolean toAck = !connection.has(Connection.ASSURED) && tcp.lastKind == TcpSegment.ACK;
        boolean toChallenge =
                tcp.state == TcpState.SYN_SENT && tcp.lastKind == TcpSegment.ACK && tcp.lastReply;
        return (toSyn || toAck) && segment.ack == tcp.lastEnd
                || toChallenge && segment.seq == tcp.lastAck;
    }

    static boolean isEstablished(Connection connection) {
        return connection.tcp.state == TcpState.ESTABLISHED && connection.has(Connection.ASSURED);
    }

    private void accept(Connection connection, boolean reply, int old, int next, long now) {
        TcpState tcp = connection.tcp;
        int kind = segment.kind;
        tcp.lastKind = kind;
        tcp.lastReply = reply;
        tcp.state = next;
        if (old != next && next == TcpState.FIN_WAIT) {
            tcp.side(reply).flags |= TcpState.CLOSE_INIT;
        }
        int timeout = timeout(tcp, kind, next);
        if (!connection.has(Connection.SEEN_REPLY)) {
            if (segment.hasRst()) {
                table.remove(connection);
                return;
            }
            if (kind == TcpSegment.SYN && old == TcpState.SYN_SENT) {
                return; // the same again
            }
            if (next == TcpState.ESTABLISHED) {
                timeout = Math.min(timeout, UNANSWERED_MILLIS);
            }
        } else if (next == TcpState.ESTABLISHED
                && (old == TcpState.SYN_RECV || old == TcpState.ESTABLISHED)) {
            connection.status |= Connection.ASSURED;
        }
        connection.refresh(now, timeout);
    }

    private static int timeout(TcpState tcp, int kind, int state) {
        int timeout = TIMEOUTS[state];
        boolean unacknowledged =
                tcp.original.has(TcpState.UNACKNOWLEDGED) || tcp.reply.has(TcpState.UNACKNOWLEDGED);
        if (tcp.retransmissions >= MOST_RETRANSMISSIONS && timeout > UNANSWERED_MILLIS) {
            return UNANSWERED_MILLIS;
        }
        if (kind == TcpSegment.RST) {
            return CLOSE_MILLIS;
        }
        return unacknowledged || tcp.lastWindow == 0
                ? Math.min(timeout, UNANSWERED_MILLIS)
                : timeout;
    }

    /** A FIN or RST out of the window after one of the other side: it will not last long. */
    private void shorten(Connection connection, boolean reply, long now) {
        int kind = segment.kind;
        TcpState tcp = connection.tcp;
        if (!connection.has(Connection.ASSURED)
                || kind != TcpSegment.RST && kind != TcpSegment.FIN) {
            return;
        }
        boolean afterOther =
                tcp.lastReply != reply
                        && (tcp.lastKind == TcpSegment.FIN || tcp.lastKind == TcpSegment.RST);
        if (!afterOther) {
            tcp.lastKind = kind;
            tcp.lastReply = reply;
        } else if (connection.timeout - now >= SHRINK_FROM_MILLIS) {
            connection.timeout = Math.min(connection.timeout, now + UNANSWERED_MILLIS);
        }
    }
}
