package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.flow.Protocol;

/** Follows a packet's connection by the rules of its protocol. */
final class Trackers {
    private static final long ICMP_MILLIS = 30_000;
    private static final long UDP_MILLIS = 30_000;
    private static final long UDP_STREAM_MILLIS = 120_000;
    private static final long OTHER_MILLIS = 600_000;

    /** Answered for this long, UDP is a stream. */
    private static final long UDP_STREAM_AFTER_MILLIS = 2000;

    private static final int UDP_HEADER = 8;

    private final TcpTracker tcp;

    Trackers(ConnectionTable table) {
        tcp = new TcpTracker(table);
    }

    Tracking track(Connection connection, boolean reply, IpPacket packet, long now) {
        switch (packet.proto) {
            case Protocol.IP_TCP -> {
                return tcp.track(connection, reply, packet, now);
            }
            case Protocol.IP_UDP -> {
                if (!isUdpRight(packet)) {
                    return Tracking.INVALID;
                }
                udp(connection, now);
            }
            case Protocol.IP_ICMP, Protocol.IP_ICMPV6 -> {
                if (!connection.original.tuple.canBegin()) {
                    return Tracking.INVALID;
                }
                connection.refresh(now, ICMP_MILLIS);
            }
            default -> connection.refresh(now, OTHER_MILLIS);
        }
        return Tracking.ACCEPT;
    }

    private static boolean isUdpRight(IpPacket packet) {
        if (!packet.has(UDP_HEADER)) {
            return false;
        }
        int length = packet.be16(packet.transport + 4);
        return length >= UDP_HEADER
                && packet.has(length)
                && (packet.be16(packet.transport + 6) == 0 || packet.isChecksumRight());
    }

    private static void udp(Connection connection, long now) {
        if (!connection.isConfirmed()) {
            connection.streamAt = now + UDP_STREAM_AFTER_MILLIS;
        }
        boolean stream = connection.has(Connection.SEEN_REPLY) && now > connection.streamAt;
        connection.refresh(now, stream ? UDP_STREAM_MILLIS : UDP_MILLIS);
        if (stream) {
            connection.status |= Connection.ASSURED;
        }
    }
}
