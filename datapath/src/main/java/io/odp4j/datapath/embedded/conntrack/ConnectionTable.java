package io.odp4j.datapath.embedded.conntrack;

/**
 * The connections of all zones: found by the tuple of either direction, ended by time. It grows
 * with what is in it up to a limit, and never shrinks.
 *
 * <p>What has run out is taken away when it is come across, and by {@link #sweep}, which looks at a
 * few buckets each time it is called.
 */
final class ConnectionTable {
    private static final int LEAST_BUCKETS = 1024;

    /** How many buckets are searched for something to give up when the table is full. */
    private static final int EVICTION_BUCKETS = 8;

    /** A sweep goes through everything in about this time, if packets come all the time. */
    private static final long SWEEP_MILLIS = 10_000;

    private static final int MOST_SWEPT = 64;

    private final int most;
    private final ConnectionPool pool;
    private final ZoneLimits limits;
    private final long[] counters;
    private Connection.Direction[] buckets = new Connection.Direction[LEAST_BUCKETS];
    private int count;
    private int cursor;
    private long lastSweep;

    ConnectionTable(int most, ConnectionPool pool, ZoneLimits limits, long[] counters) {
        this.most = most;
        this.pool = pool;
        this.limits = limits;
        this.counters = counters;
    }

    int count() {
        return count;
    }

    /** The direction that a tuple names in a zone, or null. */
    Connection.Direction find(Tuple tuple, int zone, long now) {
        Connection.Direction d = buckets[bucket(tuple, zone)];
        while (d != null) {
            Connection.Direction next = d.next;
            if (d.connection.isExpired(now)) {
                expire(d.connection);
            } else if (d.connection.zone == zone && d.tuple.same(tuple)) {
                return d;
            }
            d = next;
        }
        return null;
    }

    /**
     * Makes room for one more.
     *
     * @return false if it is full of what may not be given up
     */
    boolean makeRoom(Tuple tuple, int zone, long now) {
        if (count < most) {
            return true;
        }
        int at = bucket(tuple, zone);
        for (int i = 0; i < EVICTION_BUCKETS && count >= most; i++) {
            evict((at + i) % buckets.length, now);
        }
        return count < most;
    }

    private void evict(int bucket, long now) {
        Connection.Direction d = buckets[bucket];
        while (d != null) {
            Connection.Direction next = d.next;
            if (d.connection.isExpired(now)) {
                expire(d.connection);
            } else if (!d.connection.has(Connection.ASSURED | Connection.DYING)) {
                counters[ConntrackCounter.EARLY_DROPS.ordinal()]++;
                remove(d.connection);
            }
            d = next;
        }
    }

    void insert(Connection connection) {
        if (count >= buckets.length) {
            grow();
        }
        link(connection.original);
        link(connection.reply);
        count++;
    }

    private void link(Connection.Direction d) {
        int at = bucket(d.tuple, d.connection.zone);
        d.next = buckets[at];
        buckets[at] = d;
    }

    private void grow() {
        Connection.Direction[] old = buckets;
        buckets = new Connection.Direction[old.length * 2];
        cursor = 0;
        for (Connection.Direction first : old) {
            for (Connection.Direction d = first; d != null; ) {
                Connection.Direction next = d.next;
                link(d);
                d = next;
            }
        }
    }

    /**
     * Takes a connection out, if it is in; its object is used again after the packet at hand. Until
     * then its links stay: a walk that stands on it, or comes to its other direction, finds on.
     */
    void remove(Connection connection) {
        if (connection.has(Connection.DYING)) {
            return;
        }
        unlink(connection.original);
        unlink(connection.reply);
        count--;
        connection.status |= Connection.DYING;
        if (connection.counted) {
            limits.discount(connection.zone);
        }
        pool.release(connection);
    }

    private void unlink(Connection.Direction d) {
        int at = bucket(d.tuple, d.connection.zone);
        Connection.Direction previous = null;
        for (Connection.Direction i = buckets[at]; i != d; i = i.next) {
            previous = i;
        }
        if (previous == null) {
            buckets[at] = d.next;
        } else {
            previous.next = d.next;
        }
    }

    private void expire(Connection connection) {
        if (!connection.has(Connection.DYING)) {
            counters[ConntrackCounter.EXPIRED.ordinal()]++;
            remove(connection);
        }
    }

    /** Looks at some buckets, as many as the time since the last sweep asks for. */
    void sweep(long now) {
        long due = (now - lastSweep) * buckets.length / SWEEP_MILLIS;
        if (due > 0) {
            lastSweep = now;
            sweepBuckets((int) Math.min(due, MOST_SWEPT), now);
        }
    }

    /** Takes away all that has run out. */
    void sweepAll(long now) {
        sweepBuckets(buckets.length, now);
    }

    private void sweepBuckets(int howMany, long now) {
        for (int i = 0; i < howMany; i++) {
            cursor = cursor + 1 & buckets.length - 1;
            Connection.Direction d = buckets[cursor];
            while (d != null) {
                Connection.Direction next = d.next;
                if (d.connection.isExpired(now)) {
                    expire(d.connection);
                }
                d = next;
            }
        }
    }

    /** Takes away those of a zone; of all zones if it is negative. */
    void flush(int zone) {
        for (int i = 0; i < buckets.length; i++) {
            for (Connection.Direction d = buckets[i]; d != null; ) {
                Connection.Direction next = d.next;
                if (zone < 0 || d.connection.zone == zone) {
                    remove(d.connection);
                }
                d = next;
            }
        }
    }

    private int bucket(Tuple tuple, int zone) {
        return tuple.hash(zone) & buckets.length - 1;
    }
}
