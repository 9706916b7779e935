package io.odp4j.datapath.embedded.action;

import io.odp4j.datapath.embedded.packet.Headers;
import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.packet.Checksum;
import java.nio.ByteBuffer;

/**
 * Sets fields of Ethernet, MPLS and transport headers and of the flow key, and brings the checksums
 * over them up to date.
 *
 * <p>{@code value} and {@code mask} say where the key attribute's value and mask lie in {@code b};
 * a mask of -1 sets all of it. The result is the number of an error, or 0.
 */
final class FieldSetter {
    static final int TCP_LENGTH = 20;
    static final int TCP_CHECKSUM = 16;
    static final int UDP_LENGTH = 8;
    static final int UDP_CHECKSUM = 6;
    private static final int SCTP_LENGTH = 12;
    private static final int SCTP_CHECKSUM = 8;
    private static final int LABEL = 4;

    private FieldSetter() {}

    /** struct ovs_key_ethernet: src 0, dst 6; on the wire the destination comes first. */
    static int ethernet(Packet packet, ByteBuffer b, int value, int mask) {
        for (int i = 0; i < 12; i++) {
            int at = packet.offset + (i < 6 ? i + 6 : i - 6);
            int m = mask8(b, mask, i);
            packet.bytes.put(at, (byte) (packet.bytes.get(at) & ~m | b.get(value + i) & m));
        }
        packet.key
                .set(FlowField.DL_DST, AttributeReader.be64(packet.bytes, packet.offset) >>> 16)
                .set(
                        FlowField.DL_SRC,
                        AttributeReader.be64(packet.bytes, packet.offset + 6) >>> 16);
        return 0;
    }

    static int mpls(Packet packet, ByteBuffer b, int value, int mask) {
        Headers at = packet.headers();
        if (at.end - at.network < LABEL) {
            return Errno.ENOMEM.number();
        }
        if (!PacketEditor.isMpls(at.protocol)) {
            return Errno.EINVAL.number();
        }
        int m = mask < 0 ? -1 : b.getInt(mask);
        int entry = packet.bytes.getInt(at.network) & ~m | b.getInt(value) & m;
        packet.bytes.putInt(at.network, entry);
        setLabelInKey(packet.key, AttributeReader.be32(packet.bytes, at.network) & 0xffff_ffffL);
        return 0;
    }

    /**
     * A kernel's key has labels and addresses in one place (struct sw_flow_key): a label that was
     * pushed since the key was read goes into the bytes of the addresses that are still in it.
     */
    private static void setLabelInKey(FlowKey key, long label) {
        switch (key.dlType()) {
            case Protocol.ETH_IPV4, Protocol.ETH_ARP, Protocol.ETH_RARP ->
                    key.set(FlowField.NW_DST, label);
            case Protocol.ETH_IPV6 -> {
                int word = FlowField.IPV6_SRC.word();
                key.words()[word] = key.words()[word] & ~0xffff_ffffL | label;
            }
            default -> key.set(FlowField.MPLS_LSE0, label);
        }
    }

    // struct ovs_key_tcp, _udp and _sctp: src 0, dst 2.

    static int tcp(Packet packet, ByteBuffer b, int value, int mask) {
        Headers at = packet.headers();
        if (at.end - at.transport < TCP_LENGTH) {
            return Errno.ENOMEM.number();
        }
        port(packet, at, 0, FlowField.TP_SRC, b, value, mask, TCP_CHECKSUM);
        port(packet, at, 2, FlowField.TP_DST, b, value, mask, TCP_CHECKSUM);
        return 0;
    }

    static int udp(Packet packet, ByteBuffer b, int value, int mask) {
        Headers at = packet.headers();
        if (at.end - at.transport < UDP_LENGTH) {
            return Errno.ENOMEM.number();
        }
        // Without a checksum the sender made none.
        boolean summed = at.be16(at.transport + UDP_CHECKSUM) != 0;
        int checksum = summed ? UDP_CHECKSUM : -1;
        port(packet, at, 0, FlowField.TP_SRC, b, value, mask, checksum);
        port(packet, at, 2, FlowField.TP_DST, b, value, mask, checksum);
        if (summed && at.be16(at.transport + UDP_CHECKSUM) == 0) {
            PacketEditor.put16(at.bytes, at.transport + UDP_CHECKSUM, 0xffff);
        }
        return 0;
    }

    static int sctp(Packet packet, ByteBuffer b, int value, int mask) {
        Headers at = packet.headers();
        int length = at.end - at.transport;
        if (length < SCTP_LENGTH) {
            return Errno.ENOMEM.number();
        }
        int field = at.transport + SCTP_CHECKSUM;
        int before = AttributeReader.be32(at.bytes, field);
        at.bytes.putInt(field, 0);
        int right = Checksum.sctp(at.bytes, at.transport, length);
        port(packet, at, 0, FlowField.TP_SRC, b, value, mask, -1);
        port(packet, at, 2, FlowField.TP_DST, b, value, mask, -1);
        // A checksum that was wrong stays as wrong as it was.
        int after = before ^ right ^ Checksum.sctp(at.bytes, at.transport, length);
        PacketEditor.put16(at.bytes, field, after >>> 16);
        PacketEditor.put16(at.bytes, field + 2, after);
        return 0;
    }

    private static void port(
            Packet packet,
            Headers at,
            int in,
            FlowField keyField,
            ByteBuffer b,
            int value,
            int mask,
            int checksumIn) {
        int field = at.transport + in;
        int m = mask < 0 ? 0xffff : AttributeReader.be16(b, mask + in);
        int old = at.be16(field);
        int wanted = old & ~m | AttributeReader.be16(b, value + in) & m;
        boolean summed = checksumIn >= 0;
        if (summed && old == wanted) {
            return; // the key keeps what it has, too
        }
        if (summed) {
            int checksum = at.transport + checksumIn;
            PacketEditor.put16(at.bytes, checksum, Checksum.update(at.be16(checksum), old, wanted));
        }
        PacketEditor.put16(at.bytes, field, wanted);
        packet.key.set(keyField, wanted);
    }

    /** A place within the mask, if there is one. */
    static int in(int mask, int offset) {
        return mask < 0 ? -1 : mask + offset;
    }

    static int mask8(ByteBuffer b, int mask, int offset) {
        return mask < 0 ? 0xff : b.get(mask + offset) & 0xff;
    }
}
