package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.flow.Protocol;

/** Finds the connection that an ICMP or ICMPv6 error is about, by the packet that it quotes. */
final class IcmpErrors {
    /** What an ICMP packet is. */
    enum Finding {
        /** A query or an answer, tracked by itself. */
        NO_ERROR,
        /** An error about a connection, to which the packet now belongs. */
        RELATED,
        /** Broken, or about no connection, or not to be tracked. */
        INVALID
    }

    private static final int LAST_KNOWN_TYPE = 18;
    private static final int ICMPV6_FIRST_QUERY = 128;
    private static final int ICMPV6_REDIRECT = 137;
    private static final int REDIRECT_LENGTH = 40;
    private static final int OPTION_REDIRECTED_HEADER = 4;
    private static final int LINK_LOCAL = 0xfe80_0000;
    private static final int LINK_LOCAL_MASK = 0xffc0_0000;

    private final ConnectionTable table;
    private final IpPacket inner = new IpPacket();
    private final Tuple quoted = new Tuple();
    private final Tuple wanted = new Tuple();

    IcmpErrors(ConnectionTable table) {
        this.table = table;
    }

    Finding find(IpPacket packet, TrackedPacket tracked, int zone, long now) {
        boolean icmp = packet.proto == Protocol.IP_ICMP && !packet.ipv6;
        boolean icmpv6 = packet.proto == Protocol.IP_ICMPV6 && packet.ipv6;
        if (!icmp && !icmpv6) {
            return Finding.NO_ERROR;
        }
        if (!packet.has(IpPacket.ICMP_HEADER) || !packet.isChecksumRight()) {
            return Finding.INVALID;
        }
        int type = packet.u8(packet.transport);
        int start = packet.transport + IpPacket.ICMP_HEADER;
        if (icmp) {
            if (type > LAST_KNOWN_TYPE) {
                return Finding.INVALID;
            }
            if (!isError(type)) {
                return Finding.NO_ERROR;
            }
        } else {
            if (isUntracked(type)) {
                return Finding.INVALID;
            }
            if (type == ICMPV6_REDIRECT) {
                start = redirected(packet);
                if (start <= 0) {
                    return start == 0 ? Finding.NO_ERROR : Finding.INVALID;
                }
            } else if (type >= ICMPV6_FIRST_QUERY) {
                return Finding.NO_ERROR;
            }
        }
        boolean related =
                inner.wrap(packet.bytes, start, packet.end, packet.ipv6)
                        && inner.read(quoted)
                        && belongs(packet, tracked, zone, now);
        return related ? Finding.RELATED : Finding.INVALID;
    }

    private boolean belongs(IpPacket packet, TrackedPacket tracked, int zone, long now) {
        // What is quoted went the other way than the error does.
        if (!wanted.invert(quoted)) {
            return false;
        }
        Connection.Direction found = table.find(wanted, zone, now);
        if (found == null) {
            return false;
        }
        packet.readAddresses(wanted);
        Tuple tuple = found.tuple;
        if (tuple.dstHigh != wanted.dstHigh || tuple.dstLow != wanted.dstLow) {
            return false;
        }
        tracked.connection = found.connection;
        tracked.reply = found.reply;
        tracked.kind = TrackedPacket.RELATED;
        return true;
    }

    /** Destination unreachable, source quench, redirect, time exceeded, parameter problem. */
    private static boolean isError(int type) {
        return type >= 3 && type <= 5 || type == 11 || type == 12;
    }

    /** Multicast listeners, routers and neighbours (RFC 2710, 4861, 3810, 4286). */
    private static boolean isUntracked(int type) {
        return type >= 130 && type <= 136 || type == 143 || type == 151 || type == 152;
    }

    /** Where a redirect (RFC 4861) has the packet; 0 if it has none, -1 if it is broken. */
    private static int redirected(IpPacket packet) {
        int at = packet.transport;
        if (!packet.has(REDIRECT_LENGTH)) {
            return -1;
        }
        if (packet.u8(at + 1) != 0) {
            return 0;
        }
        boolean local = (packet.be32(packet.network + 8) & LINK_LOCAL_MASK) == LINK_LOCAL;
        int option = at + REDIRECT_LENGTH;
        if (packet.u8(packet.network + 7) != 255
                || !local
                || !packet.has(REDIRECT_LENGTH + 2)
                || packet.u8(option + 1) == 0) {
            return -1;
        }
        return packet.u8(option) == OPTION_REDIRECTED_HEADER ? option + 8 : 0;
    }
}
