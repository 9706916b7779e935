package io.odp4j.datapath.embedded.action;

import io.odp4j.datapath.embedded.packet.Headers;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.packet.Checksum;
import java.nio.ByteBuffer;

/**
 * Sets fields of IP and transport headers, and brings the checksums over them up to date.
 *
 * <p>{@code value} and {@code mask} say where the key attribute's value and mask lie in {@code b};
 * a mask of -1 sets all of it.
 */
final class FieldSetter {
    private static final int IP_CHECKSUM = 10;

    private FieldSetter() {}

    /** struct ovs_key_ipv4: src 0, dst 4, proto 8, tos 9, ttl 10, frag 11. */
    static int ipv4(Headers at, ByteBuffer b, int value, int mask) {
        if (at.end - at.network < 20) {
            return Errno.ENOMEM.number();
        }
        for (int i = 0; i < 8; i += 2) {
            int field = at.network + 12 + i;
            int wanted = merged16(at, field, b, value + i, mask < 0 ? -1 : mask + i);
            transportWord(at, at.be16(field), wanted);
            ipv4Word(at, field, wanted);
        }
        int tos = merged8(at, at.network + 1, b, value + 9, mask < 0 ? -1 : mask + 9);
        ipv4Word(at, at.network, at.be16(at.network) & 0xff00 | tos);
        int ttl = merged8(at, at.network + 8, b, value + 10, mask < 0 ? -1 : mask + 10);
        ipv4Word(at, at.network + 8, ttl << 8 | at.be16(at.network + 8) & 0xff);
        return 0;
    }

    /** Sets 16 bits of an IPv4 header. */
    static void ipv4Word(Headers at, int field, int wanted) {
        int old = at.be16(field);
        if (old != wanted) {
            int checksum = at.network + IP_CHECKSUM;
            PacketEditor.put16(at.bytes, checksum, Checksum.update(at.be16(checksum), old, wanted));
            PacketEditor.put16(at.bytes, field, wanted);
        }
    }

    /** struct ovs_key_ipv6: src 0, dst 16, label 32, proto 36, tclass 37, hlimit 38, frag 39. */
    static int ipv6(Headers at, ByteBuffer b, int value, int mask) {
        if (at.end - at.network < 40) {
            return Errno.ENOMEM.number();
        }
        for (int i = 0; i < 32; i += 2) {
            int field = at.network + 8 + i;
            int wanted = merged16(at, field, b, value + i, mask < 0 ? -1 : mask + i);
            transportWord(at, at.be16(field), wanted);
            PacketEditor.put16(at.bytes, field, wanted);
        }
        int first = AttributeReader.be32(at.bytes, at.network);
        int labelMask = (mask < 0 ? -1 : AttributeReader.be32(b, mask + 32)) & 0xf_ffff;
        int classMask = (mask < 0 ? 0xff : b.get(mask + 37) & 0xff) << 20;
        int wanted =
                AttributeReader.be32(b, value + 32) & labelMask
                        | (b.get(value + 37) & 0xff) << 20 & classMask;
        first = first & ~(labelMask | classMask) | wanted;
        PacketEditor.put16(at.bytes, at.network, first >>> 16);
        PacketEditor.put16(at.bytes, at.network + 2, first);
        int hops = merged8(at, at.network + 7, b, value + 38, mask < 0 ? -1 : mask + 38);
        at.bytes.put(at.network + 7, (byte) hops);
        return 0;
    }

    /** struct ovs_key_tcp, _udp and _sctp: src 0, dst 2. */
    static int ports(Headers at, ByteBuffer b, int value, int mask) {
        int least =
                switch (at.proto) {
                    case Protocol.IP_TCP -> 20;
                    case Protocol.IP_UDP -> 8;
                    case Protocol.IP_SCTP -> 12;
                    default -> Integer.MAX_VALUE;
                };
        if (at.end - at.transport < least) {
            return Errno.ENOMEM.number();
        }
        for (int i = 0; i < 4; i += 2) {
            int field = at.transport + i;
            int wanted = merged16(at, field, b, value + i, mask < 0 ? -1 : mask + i);
            transportWord(at, at.be16(field), wanted);
            PacketEditor.put16(at.bytes, field, wanted);
        }
        if (at.proto == Protocol.IP_SCTP) {
            int checksum = at.transport + 8;
            at.bytes.putInt(checksum, 0);
            int crc = Checksum.sctp(at.bytes, at.transport, at.end - at.transport);
            PacketEditor.put16(at.bytes, checksum, crc >>> 16);
            PacketEditor.put16(at.bytes, checksum + 2, crc);
        }
        return 0;
    }

    /** Updates the transport's checksum for 16 bits of it, or of its pseudo-header. */
    private static void transportWord(Headers at, int old, int wanted) {
        int field = at.checksum();
        if (field < 0 || old == wanted) {
            return;
        }
        int checksum = at.be16(field);
        boolean udp = at.proto == Protocol.IP_UDP;
        if (udp && checksum == 0) {
            return; // the sender made none
        }
        int updated = Checksum.update(checksum, old, wanted);
        PacketEditor.put16(at.bytes, field, udp && updated == 0 ? 0xffff : updated);
    }

    private static int merged16(Headers at, int field, ByteBuffer b, int value, int mask) {
        int m = mask < 0 ? 0xffff : AttributeReader.be16(b, mask);
        return at.be16(field) & ~m | AttributeReader.be16(b, value) & m;
    }

    private static int merged8(Headers at, int field, ByteBuffer b, int value, int mask) {
        int m = mask < 0 ? 0xff : b.get(mask) & 0xff;
        return at.bytes.get(field) & 0xff & ~m | b.get(value) & 0xff & m;
    }
}
