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
 * Sets fields of an IPv4 header and of the flow key, and brings the checksums over them up to date.
 *
 * <p>Value and mask are struct ovs_key_ipv4: src 0, dst 4, proto 8, tos 9, ttl 10, frag 11.
 */
final class Ipv4Setter {
    private static final int LENGTH = 20;
    private static final int TOS = 1;
    private static final int FRAGMENT = 6;
    private static final int TTL = 8;
    private static final int PROTO = 9;
    private static final int CHECKSUM = 10;
    private static final int SRC = 12;
    private static final int DST = 16;

    private Ipv4Setter() {}

    /**
     * @param mask where the mask lies; -1 sets all
     */
    static int set(Packet packet, ByteBuffer b, int value, int mask) {
        Headers at = packet.headers();
        if (at.end - at.network < LENGTH) {
            return Errno.ENOMEM.number();
        }
        address(packet, at, at.network + SRC, FlowField.NW_SRC, b, value, mask);
        address(
                packet,
                at,
                at.network + DST,
                FlowField.NW_DST,
                b,
                value + 4,
                FieldSetter.in(mask, 4));
        int tosMask = FieldSetter.mask8(b, mask, 9);
        if (tosMask != 0) {
            packet.key.set(FlowField.NW_TOS, typeOfService(at, b.get(value + 9), tosMask));
        }
        int ttlMask = FieldSetter.mask8(b, mask, 10);
        if (ttlMask != 0) {
            int old = at.bytes.get(at.network + TTL) & 0xff;
            int ttl = old & ~ttlMask | b.get(value + 10) & ttlMask;
            timeToLive(at, ttl);
            packet.key.set(FlowField.NW_TTL, ttl);
        }
        return 0;
    }

    private static void address(
            Packet packet,
            Headers at,
            int field,
            FlowField keyField,
            ByteBuffer b,
            int value,
            int mask) {
        int m = mask < 0 ? -1 : AttributeReader.be32(b, mask);
        int old = AttributeReader.be32(at.bytes, field);
        int wanted = old & ~m | AttributeReader.be32(b, value) & m;
        if (old == wanted) {
            return;
        }
        transport(at, old, wanted);
        // In a packet that is cut, what a kernel took for the transport's checksum is the address.
        int now = AttributeReader.be32(at.bytes, field);
        int checksum = at.network + CHECKSUM;
        PacketEditor.put16(at.bytes, checksum, Checksum.update32(at.be16(checksum), now, wanted));
        PacketEditor.put16(at.bytes, field, wanted >>> 16);
        PacketEditor.put16(at.bytes, field + 2, wanted);
        packet.key.set(keyField, wanted & 0xffff_ffffL);
    }

    /** The checksum of TCP or UDP, which is over the addresses as well. */
    private static void transport(Headers at, int old, int wanted) {
        boolean later = (at.be16(at.network + FRAGMENT) & 0x1fff) != 0;
        int proto = at.bytes.get(at.network + PROTO) & 0xff;
        int length = at.end - at.transport;
        if (later) {
            return;
        }
        if (proto == Protocol.IP_TCP && length >= FieldSetter.TCP_LENGTH) {
            int checksum = at.transport + FieldSetter.TCP_CHECKSUM;
            PacketEditor.put16(
                    at.bytes, checksum, Checksum.update32(at.be16(checksum), old, wanted));
        } else if (proto == Protocol.IP_UDP && length >= FieldSetter.UDP_LENGTH) {
            int checksum = at.transport + FieldSetter.UDP_CHECKSUM;
            // Without one the sender made none.
            if (at.be16(checksum) != 0) {
                int updated = Checksum.update32(at.be16(checksum), old, wanted);
                PacketEditor.put16(at.bytes, checksum, updated == 0 ? 0xffff : updated);
            }
        }
    }

    /** As {@code ipv4_change_dsfield} of the kernel does it, checksum and all. */
    private static int typeOfService(Headers at, int value, int mask) {
        int old = at.bytes.get(at.network + TOS) & 0xff;
        int tos = old & ~mask | value & 0xff;
        int checksum = at.be16(at.network + CHECKSUM) + old;
        if (checksum + 1 >> 16 != 0) {
            checksum = checksum + 1 & 0xffff;
        }
        checksum -= tos;
        checksum += checksum >> 16;
        PacketEditor.put16(at.bytes, at.network + CHECKSUM, checksum);
        at.bytes.put(at.network + TOS, (byte) tos);
        return tos;
    }

    static void timeToLive(Headers at, int ttl) {
        int field = at.network + TTL;
        int checksum = at.network + CHECKSUM;
        int old = at.bytes.get(field) & 0xff;
        int updated = Checksum.update(at.be16(checksum), old << 8, ttl << 8);
        PacketEditor.put16(at.bytes, checksum, updated);
        at.bytes.put(field, (byte) ttl);
    }
}
