package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.flow.Protocol;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses what a new connection's source or destination becomes: {@code nf_nat_core.c}. The answer
 * is in the tuple by which the connection's replies are found.
 */
final class Nat {
    private static final int MOST_ATTEMPTS = 128;
    private static final int FEWEST_ATTEMPTS = 16;

    /** In the last so many attempts a closed connection gives way. */
    private static final int ATTEMPTS_THAT_EVICT = 32;

    private final ConnectionTable table;
    private final SourceIndex sources;
    private final NatAddress addresses = new NatAddress();
    private final NatRange oneAddress = new NatRange();
    private final Tuple current = new Tuple();
    private final Tuple chosen = new Tuple();
    private final Tuple answer = new Tuple();
    private long now;

    Nat(ConnectionTable table, SourceIndex sources) {
        this.table = table;
        this.sources = sources;
    }

    /** Whether the mapping of source or destination has been chosen. */
    static boolean isDone(Connection connection, boolean source) {
        return connection.has(source ? Connection.SRC_NAT_DONE : Connection.DST_NAT_DONE);
    }

    /** Chooses from a range; null keeps the address. Nothing happens to a confirmed connection. */
    void choose(Connection connection, NatRange from, boolean source, long at) {
        if (connection.isConfirmed()) {
            return;
        }
        now = at;
        NatRange range = from;
        Tuple replies = connection.reply.tuple;
        if (from == null || !from.hasAddresses) {
            oneAddress.only(
                    source ? replies.dstHigh : replies.srcHigh,
                    source ? replies.dstLow : replies.srcLow);
            range = oneAddress;
        }
        // What goes out now, earlier mappings included, is the inverse of what comes back.
        current.invert(replies);
        chooseUnique(connection, range, source);
        if (!chosen.same(current)) {
            replies.invert(chosen);
            connection.status |= source ? Connection.SRC_NAT : Connection.DST_NAT;
        }
        if (source) {
            sources.add(connection);
        }
        connection.status |= source ? Connection.SRC_NAT_DONE : Connection.DST_NAT_DONE;
    }

    private void chooseUnique(Connection connection, NatRange range, boolean source) {
        if (source && !range.random) {
            if (range.holdsSource(current)) {
                chosen.copyFrom(current);
                if (!isTaken(connection)) {
                    return;
                }
            } else if (mapLikeBefore(connection.zone, range) && !isTaken(connection)) {
                return;
            }
        }
        chosen.copyFrom(current);
        addresses.choose(chosen, range, source, connection.zone);
        if (!range.random) {
            if (range.hasPorts
                    ? range.holdsPort(chosen, source)
                            && (range.minPort == range.maxPort || !isTaken(connection))
                    : !isTaken(connection)) {
                return;
            }
        }
        choosePort(connection, range, source);
    }

    /** The mapping that another connection of the source has, if it lies in the range. */
    private boolean mapLikeBefore(int zone, NatRange range) {
        Connection other = sources.first(current, zone);
        for (; other != null; other = other.nextBySource) {
            if (other.zone == zone && other.original.tuple.sameSource(current)) {
                chosen.invert(other.reply.tuple);
                chosen.dstHigh = current.dstHigh;
                chosen.dstLow = current.dstLow;
                chosen.dstPart = current.dstPart;
                if (range.holdsSource(chosen)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether other connections' packets could not be told from the replies to this one. */
    private boolean isTaken(Connection connection) {
        Connection.Direction found = clash(connection);
        return found != null;
    }

    private Connection.Direction clash(Connection connection) {
        answer.invert(chosen);
        return table.find(answer, connection.zone, now);
    }

    private void choosePort(Connection connection, NatRange range, boolean source) {
        boolean icmp = chosen.proto == Protocol.IP_ICMP || chosen.proto == Protocol.IP_ICMPV6;
        boolean ports =
                chosen.proto == Protocol.IP_TCP
                        || chosen.proto == Protocol.IP_UDP
                        || chosen.proto == Protocol.IP_SCTP;
        if (!icmp && (!ports || !range.hasPorts && !source)) {
            return; // there is nothing to choose
        }
        boolean first = icmp || source;
        int min;
        int max;
        if (range.hasPorts) {
            min = icmp ? range.minPort : Math.min(range.minPort, range.maxPort);
            max = icmp ? range.maxPort : Math.max(range.minPort, range.maxPort);
        } else if (icmp) {
            min = 0;
            max = 0xffff;
        } else {
            // What says something of its sender stays of that sort.
            min = chosen.srcPart < 512 ? 1 : chosen.srcPart < 1024 ? 600 : 1024;
            max = chosen.srcPart < 512 ? 511 : chosen.srcPart < 1024 ? 1023 : 0xffff;
        }
        search(connection, first, min, max - min + 1, range.random || source);
    }

    private void search(
            Connection connection, boolean first, int min, int size, boolean fromAnywhere) {
        int offset = fromAnywhere ? ThreadLocalRandom.current().nextInt(0x10000) : 0;
        int attempts = Integer.compareUnsigned(size, MOST_ATTEMPTS) > 0 ? MOST_ATTEMPTS : size;
        while (true) {
            for (int i = 0; i < attempts; i++, offset++) {
                int port = min + Integer.remainderUnsigned(offset & 0xffff, size) & 0xffff;
                if (first) {
                    chosen.srcPart = port;
                } else {
                    chosen.dstPart = port;
                }
                if (isFree(connection, attempts - i)) {
                    return;
                }
            }
            if (attempts == size || attempts < FEWEST_ATTEMPTS) {
                return; // the last one is taken; the commit will fail
            }
            attempts /= 2;
            offset = ThreadLocalRandom.current().nextInt(0x10000);
        }
    }

    /** Whether the choice is free, or can be made so. */
    private boolean isFree(Connection connection, int attemptsLeft) {
        Connection.Direction found = clash(connection);
        if (found == null) {
            return true;
        }
        TcpState tcp = connection.tcp;
        TcpState old = found.connection.tcp;
        boolean may =
                attemptsLeft <= ATTEMPTS_THAT_EVICT
                        && chosen.proto == Protocol.IP_TCP
                        && tcp.state == TcpState.SYN_SENT
                        && found.reply
                        && old.state >= TcpState.TIME_WAIT
                        && found.connection.has(Connection.SRC_NAT)
                        && TcpWindow.after(tcp.original.end, old.original.end);
        if (may) {
            table.remove(found.connection);
        }
        return may;
    }
}
