package io.odp4j.datapath.embedded.conntrack;

import java.util.Arrays;

/**
 * The connections that are not in use, and those that only the packet at hand knows: not yet
 * confirmed, or already taken out of the table. The latter come back when the next packet begins.
 */
final class ConnectionPool {
    private final SourceIndex sources;
    private Connection[] free = new Connection[64];
    private int freeCount;
    private Connection[] held = new Connection[16];
    private int heldCount;

    ConnectionPool(SourceIndex sources) {
        this.sources = sources;
    }

    /** A new connection for the packet at hand. */
    Connection take(int zone) {
        Connection connection = freeCount > 0 ? free[--freeCount] : new Connection();
        connection.reset(zone);
        hold(connection);
        return connection;
    }

    /** Gives a connection back once the packet at hand is done. */
    void release(Connection connection) {
        hold(connection);
    }

    private void hold(Connection connection) {
        if (!connection.held) {
            connection.held = true;
            if (heldCount == held.length) {
                held = Arrays.copyOf(held, 2 * heldCount);
            }
            held[heldCount++] = connection;
        }
    }

    /** No packet is at hand any more. */
    void settle() {
        for (int i = 0; i < heldCount; i++) {
            Connection connection = held[i];
            connection.held = false;
            boolean gone = !connection.isConfirmed() || connection.has(Connection.DYING);
            if (gone) {
                sources.remove(connection);
                free(connection);
            }
        }
        heldCount = 0;
    }

    private void free(Connection connection) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = connection;
    }
}
