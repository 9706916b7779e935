package io.odp4j.datapath.embedded.conntrack;

/**
 * Whether a TCP segment lies in the window, and what it makes of what is known of both sides:
 * {@code tcp_in_window} in {@code nf_conntrack_proto_tcp.c}, after Guido van Rooij's "Real Stateful
 * TCP Packet Filtering in IP Filter".
 */
final class TcpWindow {
    /** What becomes of a segment. */
    enum Verdict {
        ACCEPT,
        /** It belongs to the connection, which stays as it is. */
        IGNORE,
        INVALID
    }

    /** How far an acknowledgement may lie behind, if the window is smaller. */
    private static final int LEAST_ACK_WINDOW = 66_000;

    private TcpWindow() {}

    static Verdict check(TcpState tcp, boolean reply, TcpSegment segment) {
        TcpState.Side sender = tcp.side(reply);
        TcpState.Side receiver = tcp.side(!reply);
        int seq = segment.seq;
        int end = segment.end;
        int ack = segment.ack;
        int sack = receiver.has(TcpState.SACK_PERMITTED) ? segment.highestAck() : ack;
        boolean isFirst = sender.maxWindow == 0;
        boolean isFresh =
                segment.hasSyn()
                        && after(end, sender.end)
                        && (tcp.state == TcpState.SYN_SENT || tcp.state == TcpState.SYN_RECV);
        if (isFirst && !segment.hasSyn()) {
            pickUp(sender, receiver, segment, sack);
        } else if (isFirst || isFresh) {
            begin(sender, receiver, segment, reply);
            if (!segment.hasAck() && (isFirst || reply)) {
                return Verdict.ACCEPT;
            }
        }
        // Some set ACK in a RST, and the number to zero.
        if (!segment.hasAck() || segment.hasRst() && ack == 0) {
            ack = receiver.end;
            sack = receiver.end;
        }
        if (segment.hasRst() && seq == 0 && tcp.state == TcpState.SYN_SENT) {
            seq = sender.end;
            end = sender.end;
        }
        Verdict verdict = inBounds(sender, receiver, seq, end, sack);
        if (verdict != Verdict.ACCEPT) {
            return sender.has(TcpState.LIBERAL) ? Verdict.ACCEPT : verdict;
        }
        update(sender, receiver, segment, ack, sack, end);
        if (segment.kind == TcpSegment.ACK) {
            noteRetransmission(tcp, reply, segment, seq, ack, end);
        }
        return Verdict.ACCEPT;
    }

    /** A side begins, or begins anew. */
    private static void begin(
            TcpState.Side sender, TcpState.Side receiver, TcpSegment segment, boolean reply) {
        sender.end = segment.end;
        sender.maxEnd = segment.end;
        sender.maxWindow = Math.max(segment.window, 1);
        segment.readOptions(sender);
        boolean both = sender.has(TcpState.WINDOW_SCALE) && receiver.has(TcpState.WINDOW_SCALE);
        if (reply && !both) {
            sender.scale = 0;
            receiver.scale = 0;
        }
    }

    /** The first that is seen of a side is not its beginning. */
    private static void pickUp(
            TcpState.Side sender, TcpState.Side receiver, TcpSegment segment, int sack) {
        sender.end = segment.end;
        sender.maxWindow = Math.max(segment.window << sender.scale, 1);
        sender.maxEnd = segment.end + sender.maxWindow;
        if (receiver.maxWindow == 0) {
            receiver.end = sack;
            receiver.maxEnd = sack;
        } else if (sack == receiver.end + 1) {
            receiver.end++;
        }
    }

    private static Verdict inBounds(
            TcpState.Side sender, TcpState.Side receiver, int seq, int end, int sack) {
        int window =
                Integer.compareUnsigned(sender.maxWindow, LEAST_ACK_WINDOW) > 0
                        ? sender.maxWindow
                        : LEAST_ACK_WINDOW;
        boolean ackNotTooOld = after(sack, receiver.end - window - 1);
        boolean ackNotTooNew = before(sack, receiver.end + 1);
        boolean notAllOld = after(end, sender.end - receiver.maxWindow - 1);
        if (!before(seq, sender.maxEnd + 1)) {
            int overshot = end - sender.maxEnd + 1;
            if (receiver.maxWindow != 0
                    && notAllOld
                    && ackNotTooOld
                    && ackNotTooNew
                    && Integer.compareUnsigned(overshot, receiver.maxWindow) <= 0) {
                // The other side may take and acknowledge it all the same.
                sender.end = end;
                sender.flags |= TcpState.UNACKNOWLEDGED;
                return Verdict.IGNORE;
            }
            return Verdict.INVALID;
        }
        if (!ackNotTooNew) {
            return Verdict.INVALID;
        }
        boolean fits = (receiver.maxWindow == 0 || notAllOld) && ackNotTooOld;
        return fits ? Verdict.ACCEPT : Verdict.IGNORE;
    }

    private static void update(
            TcpState.Side sender,
            TcpState.Side receiver,
            TcpSegment segment,
            int ack,
            int sack,
            int end) {
        int window = segment.hasSyn() ? segment.window : segment.window << sender.scale;
        int offered = window + (sack - ack);
        if (Integer.compareUnsigned(sender.maxWindow, offered) < 0) {
            sender.maxWindow = offered;
        }
        if (after(end, sender.end)) {
            sender.end = end;
            sender.flags |= TcpState.UNACKNOWLEDGED;
        }
        if (segment.hasAck() && (!sender.has(TcpState.MAX_ACK_SET) || after(ack, sender.maxAck))) {
            sender.maxAck = ack;
            sender.flags |= TcpState.MAX_ACK_SET;
        }
        if (receiver.maxWindow != 0 && after(end, sender.maxEnd)) {
            receiver.maxWindow += end - sender.maxEnd;
        }
        if (after(sack + window, receiver.maxEnd - 1)) {
            receiver.maxEnd = sack + window + (window == 0 ? 1 : 0);
        }
        if (ack == receiver.end) {
            receiver.flags &= ~TcpState.UNACKNOWLEDGED;
        }
    }

    private static void noteRetransmission(
            TcpState tcp, boolean reply, TcpSegment segment, int seq, int ack, int end) {
        if (tcp.lastReply == reply
                && tcp.lastSeq == seq
                && tcp.lastAck == ack
                && tcp.lastEnd == end
                && tcp.lastWindow == segment.window) {
            tcp.retransmissions++;
            return;
        }
        tcp.lastReply = reply;
        tcp.lastSeq = seq;
        tcp.lastAck = ack;
        tcp.lastEnd = end;
        tcp.lastWindow = segment.window;
        tcp.retransmissions = 0;
    }

    static boolean before(int a, int b) {
        return a - b < 0;
    }

    static boolean after(int a, int b) {
        return b - a < 0;
    }
}
