package io.odp4j.datapath.embedded.conntrack;

/**
 * Connections whose source has been mapped, by the source as it was before: a further connection of
 * the same source gets the same mapping, where it can. The newest of a source is found first.
 */
final class SourceIndex {
    private static final int BUCKETS = 1024;

    private final Connection[] buckets = new Connection[BUCKETS];

    void add(Connection connection) {
        int at = bucket(connection.original.tuple, connection.zone);
        Connection first = buckets[at];
        connection.previousBySource = null;
        connection.nextBySource = first;
        if (first != null) {
            first.previousBySource = connection;
        }
        buckets[at] = connection;
        connection.bySource = true;
    }

    void remove(Connection connection) {
        if (!connection.bySource) {
            return;
        }
        connection.bySource = false;
        Connection next = connection.nextBySource;
        Connection previous = connection.previousBySource;
        if (next != null) {
            next.previousBySource = previous;
        }
        if (previous != null) {
            previous.nextBySource = next;
        } else {
            buckets[bucket(connection.original.tuple, connection.zone)] = next;
        }
    }

    /** The newest that could be of a tuple's source; the others follow by {@code nextBySource}. */
    Connection first(Tuple tuple, int zone) {
        return buckets[bucket(tuple, zone)];
    }

    private static int bucket(Tuple tuple, int zone) {
        return tuple.sourceHash(zone) & BUCKETS - 1;
    }
}
