package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.packet.Checksum;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes translated addresses and ports into packets, and into the packets that ICMP errors quote,
 * with all checksums over them: {@code nf_nat_proto.c}.
 */
final class NatEditor {
    private static final boolean SWAP = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int IPV4_CHECKSUM = 10;
    private static final int MANGLED_ZERO = 0xffff;
    private static final int ICMP_REDIRECT = 5;
    private static final int ICMPV6_REDIRECT = 137;

    private final IpPacket at = new IpPacket();
    private final Tuple target = new Tuple();

    // What is being written.
    private boolean source;
    private long newHigh;
    private long newLow;

    /**
     * Translates a packet of a connection, if that direction's source or destination is mapped.
     *
     * @return false if the packet is too short for it
     */
    boolean translate(
            ByteBuffer b, int network, int end, Connection connection, boolean reply, boolean src) {
        if (!connection.has(statusBit(src, reply))) {
            return true;
        }
        target.invert(connection.direction(!reply).tuple);
        return write(b, network, end, target, src);
    }

    /** Which mapping of the connection shows in a direction's source or destination. */
    private static int statusBit(boolean src, boolean reply) {
        return src != reply ? Connection.SRC_NAT : Connection.DST_NAT;
    }

    /** Translates an ICMP or ICMPv6 error and the packet that it quotes. */
    boolean translateError(IpPacket packet, Connection connection, boolean reply, boolean src) {
        ByteBuffer b = packet.bytes;
        boolean ipv6 = packet.ipv6;
        int icmp = packet.transport;
        int inner = icmp + IpPacket.ICMP_HEADER;
        int header = ipv6 ? IpPacket.IPV6_HEADER : IpPacket.IPV4_HEADER;
        int end = packet.end;
        if (end - inner < header || !packet.isChecksumRight()) {
            return false;
        }
        int type = packet.u8(icmp);
        if (type == (ipv6 ? ICMPV6_REDIRECT : ICMP_REDIRECT)
                && ((connection.status & Connection.NAT_DONE) != Connection.NAT_DONE
                        || connection.has(Connection.NAT))) {
            return false;
        }
        if (!connection.has(statusBit(src, reply))) {
            return true;
        }
        Tuple answers = connection.direction(!reply).tuple;
        // What is quoted went the other way.
        if (!write(b, inner, end, answers, !src)) {
            return false;
        }
        put16(b, icmp + 2, 0);
        long sum = Checksum.sum(b, icmp, end - icmp);
        if (ipv6) {
            sum += Checksum.pseudoIpv6(b, packet.network, Protocol.IP_ICMPV6, end - icmp);
        }
        put16(b, icmp + 2, Checksum.fold(sum));
        target.invert(answers);
        target.proto = ipv6 ? Protocol.IP_ICMPV6 : Protocol.IP_ICMP;
        return write(b, packet.network, end, target, src);
    }

    private boolean write(ByteBuffer b, int network, int end, Tuple to, boolean src) {
        source = src;
        newHigh = src ? to.srcHigh : to.dstHigh;
        newLow = src ? to.srcLow : to.dstLow;
        if (end - network < (to.ipv6 ? IpPacket.IPV6_HEADER : IpPacket.IPV4_HEADER)) {
            return false;
        }
        boolean found = at.wrap(b, network, end, to.ipv6);
        if (to.ipv6) {
            if (found && !writeTransport(to)) {
                return false;
            }
            int field = network + (src ? 8 : 24);
            putLong(b, field, newHigh);
            putLong(b, field + 8, newLow);
            return true;
        }
        if (!found) {
            return false;
        }
        if (!writeTransport(to)) {
            return false;
        }
        int field = network + (src ? 12 : 16);
        int checksum = network + IPV4_CHECKSUM;
        int old = AttributeReader.be32(b, field);
        put16(b, checksum, Checksum.update32(at.be16(checksum), old, (int) newLow));
        putInt(b, field, (int) newLow);
        return true;
    }

    private boolean writeTransport(Tuple to) {
        int port = source ? to.srcPart : to.dstPart;
        int field = at.transport + (source ? 0 : 2);
        switch (to.proto) {
            case Protocol.IP_TCP -> {
                // Of what an ICMP error quotes there may be no more than this.
                if (!at.has(8)) {
                    return false;
                }
                int checksum = at.has(TcpSegment.HEADER) ? at.transport + 16 : -1;
                writePart(field, port, checksum);
            }
            case Protocol.IP_UDP -> {
                if (!at.has(8)) {
                    return false;
                }
                int checksum = at.transport + 6;
                boolean summed = at.be16(checksum) != 0;
                writePart(field, port, summed ? checksum : -1);
                if (summed && at.be16(checksum) == 0) {
                    put16(at.bytes, checksum, MANGLED_ZERO);
                }
            }
            case Protocol.IP_SCTP -> {
                if (!at.has(8)) {
                    return false;
                }
                put16(at.bytes, field, port);
                if (at.has(12)) {
                    at.bytes.putInt(at.transport + 8, 0);
                    int crc = Checksum.sctp(at.bytes, at.transport, at.end - at.transport);
                    putInt(at.bytes, at.transport + 8, crc);
                }
            }
            case Protocol.IP_ICMP, Protocol.IP_ICMPV6 -> {
                return writeIcmp(to);
            }
            default -> {}
        }
        return true;
    }

    private boolean writeIcmp(Tuple to) {
        if (!at.has(IpPacket.ICMP_HEADER)) {
            return false;
        }
        int type = at.u8(at.transport);
        int checksum = at.transport + 2;
        boolean icmp = to.proto == Protocol.IP_ICMP;
        boolean hasId = icmp ? Tuple.hasIcmpId(type) : type == 128 || type == 129;
        if (!icmp) {
            replaceAddress(checksum);
        }
        if (hasId) {
            int field = at.transport + 4;
            int sum = Checksum.update(at.be16(checksum), at.be16(field), to.srcPart);
            put16(at.bytes, checksum, sum);
            put16(at.bytes, field, to.srcPart);
        }
        return true;
    }

    private void writePart(int field, int port, int checksum) {
        if (checksum >= 0) {
            replaceAddress(checksum);
            put16(at.bytes, checksum, Checksum.update(at.be16(checksum), at.be16(field), port));
        }
        put16(at.bytes, field, port);
    }

    /** Brings a checksum over a pseudo-header up to date, before the address is written. */
    private void replaceAddress(int checksum) {
        int sum = at.be16(checksum);
        if (at.ipv6) {
            int field = at.network + (source ? 8 : 24);
            sum = Checksum.update32(sum, at.be32(field), (int) (newHigh >>> 32));
            sum = Checksum.update32(sum, at.be32(field + 4), (int) newHigh);
            sum = Checksum.update32(sum, at.be32(field + 8), (int) (newLow >>> 32));
            sum = Checksum.update32(sum, at.be32(field + 12), (int) newLow);
        } else {
            int field = at.network + (source ? 12 : 16);
            sum = Checksum.update32(sum, at.be32(field), (int) newLow);
        }
        put16(at.bytes, checksum, sum);
    }

    static void put16(ByteBuffer b, int at, int value) {
        b.putShort(at, SWAP ? Short.reverseBytes((short) value) : (short) value);
    }

    private static void putInt(ByteBuffer b, int at, int value) {
        b.putInt(at, SWAP ? Integer.reverseBytes(value) : value);
    }

    private static void putLong(ByteBuffer b, int at, long value) {
        b.putLong(at, SWAP ? Long.reverseBytes(value) : value);
    }
}
