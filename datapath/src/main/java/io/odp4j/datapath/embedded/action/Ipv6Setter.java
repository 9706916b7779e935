package io.odp4j.datapath.embedded.action;

import io.odp4j.datapath.embedded.packet.Headers;
import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.packet.Checksum;
import java.nio.ByteBuffer;

/**
 * Sets fields of an IPv6 header and of the flow key, and brings the transport's checksum up to
 * date.
 *
 * <p>Value and mask are struct ovs_key_ipv6: src 0, dst 16, label 32, proto 36, tclass 37, hlimit
 * 38, frag 39.
 */
final class Ipv6Setter {
    private static final int LENGTH = 40;
    private static final int HOP_LIMIT = 7;
    private static final int SRC = 8;
    private static final int DST = 24;
    private static final int LABEL = 0xf_ffff;

    private Ipv6Setter() {}

    /**
     * @param mask where the mask lies; -1 sets all
     */
    static int set(Packet packet, ByteBuffer b, int value, int mask) {
        Headers at = packet.headers();
        if (at.end - at.network < LENGTH) {
            return Errno.ENOMEM.number();
        }
        address(packet, at.network + SRC, FlowField.IPV6_SRC, b, value, mask, true);
        // Behind a routing header the checksum is over another destination.
        boolean covered = !at.hasRoutingHeader();
        int dstMask = FieldSetter.in(mask, 16);
        address(packet, at.network + DST, FlowField.IPV6_DST, b, value + 16, dstMask, covered);
        int first = AttributeReader.be32(at.bytes, at.network);
        int classMask = FieldSetter.mask8(b, mask, 37);
        if (classMask != 0) {
            first = first & ~(classMask << 20) | (b.get(value + 37) & classMask) << 20;
            packet.key.set(FlowField.NW_TOS, first >>> 20 & 0xff);
        }
        int labelMask = (mask < 0 ? -1 : AttributeReader.be32(b, mask + 32)) & LABEL;
        if (labelMask != 0) {
            first = first & ~labelMask | AttributeReader.be32(b, value + 32) & labelMask;
            packet.key.set(FlowField.IPV6_LABEL, first & LABEL);
        }
        PacketEditor.put16(at.bytes, at.network, first >>> 16);
        PacketEditor.put16(at.bytes, at.network + 2, first);
        int hopMask = FieldSetter.mask8(b, mask, 38);
        if (hopMask != 0) {
            int field = at.network + HOP_LIMIT;
            int hops = at.bytes.get(field) & 0xff & ~hopMask | b.get(value + 38) & hopMask;
            at.bytes.put(field, (byte) hops);
            packet.key.set(FlowField.NW_TTL, hops);
        }
        return 0;
    }

    private static void address(
            Packet packet,
            int field,
            FlowField keyField,
            ByteBuffer b,
            int value,
            int mask,
            boolean covered) {
        Headers at = packet.headers();
        int checksum = covered ? checksum(packet, at) : -1;
        boolean changed = false;
        for (int i = 0; i < 16; i += 2) {
            int m = mask < 0 ? 0xffff : AttributeReader.be16(b, mask + i);
            int old = at.be16(field + i);
            int wanted = old & ~m | AttributeReader.be16(b, value + i) & m;
            changed |= old != wanted;
            if (checksum >= 0) {
                int updated = Checksum.update(at.be16(checksum), old, wanted);
                PacketEditor.put16(at.bytes, checksum, updated);
            }
            PacketEditor.put16(at.bytes, field + i, wanted);
        }
        if (!changed) {
            return;
        }
        boolean udp = packet.key.get(FlowField.NW_PROTO) == Protocol.IP_UDP;
        if (checksum >= 0 && udp && at.be16(checksum) == 0) {
            PacketEditor.put16(at.bytes, checksum, 0xffff);
        }
        packet.key.set(
                keyField,
                AttributeReader.be64(at.bytes, field),
                AttributeReader.be64(at.bytes, field + 8));
    }

    /** Where the checksum is that covers the addresses; -1 for none. */
    private static int checksum(Packet packet, Headers at) {
        int length = at.end - at.transport;
        return switch ((int) packet.key.get(FlowField.NW_PROTO)) {
            case Protocol.IP_TCP ->
                    length >= FieldSetter.TCP_LENGTH ? at.transport + FieldSetter.TCP_CHECKSUM : -1;
            case Protocol.IP_UDP -> {
                int field = at.transport + FieldSetter.UDP_CHECKSUM;
                yield length >= FieldSetter.UDP_LENGTH && at.be16(field) != 0 ? field : -1;
            }
            case Protocol.IP_ICMPV6 -> length >= 8 ? at.transport + 2 : -1;
            default -> -1;
        };
    }
}
