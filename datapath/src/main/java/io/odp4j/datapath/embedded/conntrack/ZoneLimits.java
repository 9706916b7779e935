package io.odp4j.datapath.embedded.conntrack;

import java.util.ArrayList;
import java.util.List;

/**
 * How many connections a zone may have: a limit of its own, or the default; 0 for none. Counted are
 * the connections that were committed while there was a limit.
 */
public final class ZoneLimits {
    private static final int UNLIMITED = 0;
    private static final int ZONES = 1 << 16;

    /** Of the kernel's hash table, whose order a listing has (CT_LIMIT_HASH_BUCKETS). */
    private static final int BUCKETS = 512;

    /** Limits by zone, made with the first one. */
    private int[] own;

    private int[] counts;
    private boolean[] hasOwn;

    /** When a zone got its limit, counted on with each. */
    private int[] since;

    private int changes;
    private int defaultLimit = UNLIMITED;

    /** Sets a zone's own limit, an unsigned number. */
    public void set(int zone, int limit) {
        make();
        own[zone] = limit;
        since[zone] = hasOwn[zone] ? since[zone] : ++changes;
        hasOwn[zone] = true;
    }

    /** Sets the limit of zones without one of their own. */
    public void setDefault(int limit) {
        make();
        defaultLimit = limit;
    }

    public int defaultLimit() {
        return defaultLimit;
    }

    /** Takes a zone's own limit away. */
    public void remove(int zone) {
        if (hasOwn != null) {
            hasOwn[zone] = false;
        }
    }

    /** The limit that holds for a zone. */
    public int limit(int zone) {
        return hasOwn != null && hasOwn[zone] ? own[zone] : defaultLimit;
    }

    /** The zones with a limit of their own: bucket by bucket, the newest first, as in a kernel. */
    public List<Integer> zones() {
        List<Integer> zones = new ArrayList<>();
        if (hasOwn == null) {
            return zones;
        }
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            int first = zones.size();
            for (int zone = bucket; zone < ZONES; zone += BUCKETS) {
                if (hasOwn[zone]) {
                    zones.add(zone);
                }
            }
            zones.subList(first, zones.size()).sort((a, b) -> since[b] - since[a]);
        }
        return zones;
    }

    /** How many connections of a zone count. */
    public int count(int zone) {
        return counts == null ? 0 : counts[zone];
    }

    /** Whether one more may be committed. */
    boolean allowsOneMore(int zone) {
        int limit = limit(zone);
        return limit == UNLIMITED || Integer.compareUnsigned(count(zone), limit) < 0;
    }

    /** Counts a connection if its zone has a limit. */
    void count(Connection connection) {
        if (limit(connection.zone) != UNLIMITED) {
            counts[connection.zone]++;
            connection.counted = true;
        }
    }

    void discount(int zone) {
        counts[zone]--;
    }

    private void make() {
        if (own == null) {
            own = new int[ZONES];
            counts = new int[ZONES];
            hasOwn = new boolean[ZONES];
            since = new int[ZONES];
        }
    }
}
