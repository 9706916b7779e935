package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.embedded.fragment.Defragmenter;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.Errno;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * The connections of all datapaths, and what the action ct does with a packet: {@code
 * ovs_ct_execute} in {@code net/openvswitch/conntrack.c}. Under the world's lock.
 */
public final class Conntrack {
    /** The most connections, as {@code nf_conntrack_max} of a machine with some memory. */
    public static final int MOST_CONNECTIONS = 262_144;

    private static final int NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier nanos;
    private final long[] counters = new long[ConntrackCounter.values().length];
    private final SourceIndex sources = new SourceIndex();
    private final ConnectionPool pool = new ConnectionPool(sources);
    private final ZoneLimits limits = new ZoneLimits();
    private final ConnectionTable table;
    private final Trackers trackers;
    private final IcmpErrors errors;
    private final NatStage nat;
    private final Defragmenter fragments = new Defragmenter();
    private final CtAction action = new CtAction();
    private final IpPacket ip = new IpPacket();
    private final Tuple tuple = new Tuple();
    private final Tuple inverse = new Tuple();
    private long now;

    public Conntrack() {
        this(System::nanoTime, MOST_CONNECTIONS);
    }

    /** With another clock, in nanoseconds, and another limit. */
    Conntrack(LongSupplier nanos, int most) {
        this.nanos = nanos;
        table = new ConnectionTable(most, pool, limits, counters);
        trackers = new Trackers(table);
        errors = new IcmpErrors(table);
        nat = new NatStage(new Nat(table, sources));
    }

    /** Another packet comes: what only the last one knew is gone. */
    public void begin() {
        pool.settle();
    }

    /**
     * Takes a fragment that a ct action is to be done with.
     *
     * @param start where its frame starts
     * @param ifindex the interface that it came in at
     * @param offset where the action's attributes start
     * @return what {@link Defragmenter#gather} says; unless that is {@link Defragmenter#WHOLE} or
     *     {@link Defragmenter#AS_IT_IS} there is nothing to go on with
     */
    public int gather(
            TrackedPacket packet, int start, int ifindex, ByteBuffer b, int offset, int length) {
        now = nanos.getAsLong() / NANOS_PER_MILLI;
        action.wrap(b, offset, length);
        int error = trim(packet);
        if (error != 0) {
            return error;
        }
        return fragments.gather(
                packet.bytes,
                start,
                packet.network,
                packet.end,
                packet.ipv6,
                action.zone,
                ifindex,
                now);
    }

    /** Where fragments are put together. */
    public Defragmenter fragments() {
        return fragments;
    }

    /**
     * Does a checked ct action with a packet that is no fragment.
     *
     * @param offset where the action's attributes start
     * @return 0, or the number of the error for which the packet is dropped
     */
    public int execute(TrackedPacket packet, ByteBuffer b, int offset, int length) {
        now = nanos.getAsLong() / NANOS_PER_MILLI;
        table.sweep(now);
        action.wrap(b, offset, length);
        int error = trim(packet);
        if (error != 0) {
            return error;
        }
        error = look(packet);
        return error == 0 && action.commit && packet.connection != null ? commit(packet) : error;
    }

    /** Does ct_clear. */
    public void clear(TrackedPacket packet, FlowKey key) {
        packet.forget();
        KeyUpdate.clear(key);
    }

    /** Cuts off what follows the IP packet; 0, or the number of an error. */
    private static int trim(TrackedPacket packet) {
        int header = packet.ipv6 ? IpPacket.IPV6_HEADER : IpPacket.IPV4_HEADER;
        if (packet.end - packet.network < header) {
            return 0;
        }
        int at = packet.network + (packet.ipv6 ? 4 : 2);
        int length = AttributeReader.be16(packet.bytes, at);
        if (packet.ipv6) {
            if (packet.bytes.get(packet.network + 6) == Protocol.IPV6_HOP_BY_HOP) {
                length = HopByHop.payload(packet.bytes, packet.network, packet.end);
            }
            if (length < 0) {
                return -length;
            }
            length += IpPacket.IPV6_HEADER;
        }
        packet.end = Math.min(packet.end, packet.network + length);
        return 0;
    }

    private int look(TrackedPacket packet) {
        FlowKey key = packet.key;
        if (!isKnown(packet)) {
            packet.forget();
            if (!track(packet)) {
                count(ConntrackCounter.TABLE_FULL);
                return Errno.EINVAL.number();
            }
            if (packet.connection == null) {
                count(ConntrackCounter.INVALID);
            }
            KeyUpdate.tracked(packet, action.zone);
        }
        Connection connection = packet.connection;
        if (connection == null) {
            return 0;
        }
        if (action.nat
                && (key.get(FlowField.CT_STATE) & KeyUpdate.NAT) == 0
                && (connection.isConfirmed() || action.commit)
                && !nat.translate(packet, action, now)) {
            count(ConntrackCounter.NAT_FAILED);
            return Errno.EINVAL.number();
        }
        if (connection.proto() == Protocol.IP_TCP
                && connection.isConfirmed()
                && TcpTracker.isEstablished(connection)) {
            connection.tcp.original.flags |= TcpState.LIBERAL;
            connection.tcp.reply.flags |= TcpState.LIBERAL;
        }
        return 0;
    }

    /** Whether a packet has been through this zone already, and its connection is known. */
    private boolean isKnown(TrackedPacket packet) {
        boolean executed = true;
        if (packet.connection == null) {
            long state = packet.key.get(FlowField.CT_STATE);
            executed =
                    (state & KeyUpdate.TRACKED) != 0
                            && (state & KeyUpdate.INVALID) == 0
                            && packet.key.get(FlowField.CT_ZONE) == action.zone;
            if (executed || state == 0 && action.force) {
                findExisting(packet, (state & KeyUpdate.NAT) != 0);
            }
        }
        Connection connection = packet.connection;
        if (connection == null || connection.zone != action.zone) {
            return false;
        }
        if (action.force && packet.reply) {
            if (connection.isConfirmed()) {
                table.remove(connection);
            }
            packet.forget();
            return false;
        }
        return executed;
    }

    /** Finds the connection of a packet that was tracked before it went up and came back. */
    private void findExisting(TrackedPacket packet, boolean translated) {
        if (!ip.wrap(packet.bytes, packet.network, packet.end, packet.ipv6) || !ip.read(tuple)) {
            return;
        }
        if (translated && !inverse.invert(tuple)) {
            return;
        }
        Connection.Direction found = table.find(translated ? inverse : tuple, action.zone, now);
        if (found != null) {
            packet.belongsTo(translated ? found.connection.direction(!found.reply) : found);
        }
    }

    /**
     * Finds a packet's connection, or makes one; none if the packet is invalid.
     *
     * @return false if there is no room for another
     */
    private boolean track(TrackedPacket packet) {
        if (!ip.wrap(packet.bytes, packet.network, packet.end, packet.ipv6)) {
            return true;
        }
        IcmpErrors.Finding finding = errors.find(ip, packet, action.zone, now);
        if (finding != IcmpErrors.Finding.NO_ERROR) {
            return true;
        }
        while (true) {
            if (!ip.read(tuple)) {
                return true;
            }
            Connection.Direction found = table.find(tuple, action.zone, now);
            if (found == null) {
                if (!inverse.invert(tuple)) {
                    return true;
                }
                if (!table.makeRoom(tuple, action.zone, now)) {
                    return false;
                }
                found = create();
            }
            packet.belongsTo(found);
            Connection connection = found.connection;
            switch (trackers.track(connection, found.reply, ip, now)) {
                case ACCEPT -> {
                    if (found.reply) {
                        connection.status |= Connection.SEEN_REPLY;
                    }
                    return true;
                }
                case INVALID -> {
                    packet.forget();
                    return true;
                }
                default -> packet.forget();
            }
        }
    }

    private Connection.Direction create() {
        Connection connection = pool.take(action.zone);
        connection.original.tuple.copyFrom(tuple);
        connection.reply.tuple.copyFrom(inverse);
        return connection.original;
    }

    private int commit(TrackedPacket packet) {
        Connection connection = packet.connection;
        boolean fresh = !connection.isConfirmed();
        if (fresh && !limits.allowsOneMore(connection.zone)) {
            count(ConntrackCounter.ZONE_LIMITED);
            return Errno.ENOMEM.number();
        }
        if (action.markMask != 0) {
            int mark = action.mark | connection.mark & ~action.markMask;
            if (mark != connection.mark) {
                connection.mark = mark;
                packet.key.set(FlowField.CT_MARK, mark);
            }
        }
        if ((action.labelMaskHigh | action.labelMaskLow) != 0) {
            label(connection, fresh);
            packet.key.set(FlowField.CT_LABEL, connection.labelHigh, connection.labelLow);
        }
        if (!fresh) {
            return 0;
        }
        if (table.find(connection.original.tuple, connection.zone, now) != null
                || table.find(connection.reply.tuple, connection.zone, now) != null) {
            count(ConntrackCounter.INSERT_FAILED);
            return Errno.EINVAL.number();
        }
        connection.status |= Connection.CONFIRMED;
        connection.timeout += now;
        table.insert(connection);
        limits.count(connection);
        return 0;
    }

    /** Bits beyond the mask do not count in a new connection, and are flipped in an old one. */
    private void label(Connection connection, boolean fresh) {
        long high = fresh ? action.labelHigh & action.labelMaskHigh : action.labelHigh;
        long low = fresh ? action.labelLow & action.labelMaskLow : action.labelLow;
        connection.labelHigh = connection.labelHigh & ~action.labelMaskHigh ^ high;
        connection.labelLow = connection.labelLow & ~action.labelMaskLow ^ low;
    }

    private void count(ConntrackCounter counter) {
        counters[counter.ordinal()]++;
    }

    // --- for those who look ---

    public long counter(ConntrackCounter counter) {
        return switch (counter) {
            case FRAGMENTS_TAKEN -> fragments.taken();
            case FRAGMENTS_JOINED -> fragments.joined();
            case FRAGMENTS_DROPPED -> fragments.dropped();
            case FRAGMENTS_EXPIRED -> fragments.expired(nanos.getAsLong() / NANOS_PER_MILLI);
            default -> counters[counter.ordinal()];
        };
    }

    /** How many connections there are, those that have just run out included. */
    public int connections() {
        return table.count();
    }

    public ZoneLimits limits() {
        return limits;
    }

    /** Takes away the connections whose time has run out. */
    public void expire() {
        table.sweepAll(nanos.getAsLong() / NANOS_PER_MILLI);
        pool.settle();
    }

    /** Forgets every connection. */
    public void flush() {
        table.flush(-1);
        pool.settle();
    }

    /** Forgets the connections of a zone. */
    public void flush(int zone) {
        table.flush(zone);
        pool.settle();
    }
}
