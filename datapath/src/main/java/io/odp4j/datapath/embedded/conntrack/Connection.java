package io.odp4j.datapath.embedded.conntrack;

/**
 * One connection, from its first packet on. It is <em>confirmed</em> once an action commits it;
 * only then do other packets find it. Pooled, never freed.
 */
final class Connection {
    /** One direction, as an entry of the table. */
    static final class Direction {
        final Tuple tuple = new Tuple();
        final Connection connection;
        final boolean reply;
        Direction next;

        Direction(Connection connection, boolean reply) {
            this.connection = connection;
            this.reply = reply;
        }
    }

    // Bits of status.
    static final int SEEN_REPLY = 1;
    static final int ASSURED = 1 << 1;
    static final int CONFIRMED = 1 << 2;
    static final int SRC_NAT = 1 << 3;
    static final int DST_NAT = 1 << 4;
    static final int SRC_NAT_DONE = 1 << 5;
    static final int DST_NAT_DONE = 1 << 6;

    /** Taken out of the table; a packet may still hold on to it. */
    static final int DYING = 1 << 7;

    static final int NAT = SRC_NAT | DST_NAT;
    static final int NAT_DONE = SRC_NAT_DONE | DST_NAT_DONE;

    final Direction original = new Direction(this, false);
    final Direction reply = new Direction(this, true);
    final TcpState tcp = new TcpState();
    int zone;
    int status;
    int mark;
    long labelHigh;
    long labelLow;

    /** When it ends, in milliseconds; before it is confirmed: how long it will last then. */
    long timeout;

    /** When a UDP connection that is still in use counts as a stream, in milliseconds. */
    long streamAt;

    /** Whether it counts for its zone's limit. */
    boolean counted;

    /** Of those whose source may be translated: next and previous of the same bucket. */
    Connection nextBySource;

    Connection previousBySource;
    boolean bySource;

    /** Whether the pool holds it for the packet at hand. */
    boolean held;

    void reset(int inZone) {
        zone = inZone;
        status = 0;
        mark = 0;
        labelHigh = 0;
        labelLow = 0;
        timeout = 0;
        streamAt = 0;
        counted = false;
    }

    boolean has(int bits) {
        return (status & bits) != 0;
    }

    boolean isConfirmed() {
        return has(CONFIRMED);
    }

    int proto() {
        return original.tuple.proto;
    }

    Direction direction(boolean ofReply) {
        return ofReply ? reply : original;
    }

    /** Makes it last from now on, unless it is not confirmed: then from that moment on. */
    void refresh(long now, long millis) {
        timeout = isConfirmed() ? now + millis : millis;
    }

    boolean isExpired(long now) {
        return timeout <= now;
    }
}
