package io.odp4j.datapath.embedded.action;

import io.odp4j.datapath.embedded.packet.Headers;
import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.flow.NshAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageHeader;
import java.nio.ByteBuffer;

/**
 * Adds and removes a network service header (RFC 8300).
 *
 * <pre>
 *   0      ver 2, oam 1, unassigned 1, ttl 6, length in words 6 bits
 *   2      unassigned 4, metadata type 4 bits
 *   3      next protocol
 *   4      service path id 24, service index 8 bits
 *   8      metadata
 * </pre>
 */
final class NshEditor {
    static final int ETH_TEB = 0x6558;
    private static final int BASE = 8;
    private static final int NEXT_ETHERNET = 3;

    private NshEditor() {}

    /** struct ovs_nsh_key_base: flags 0, ttl 1, mdtype 2, np 3, path_hdr 4. */
    static int push(Packet packet, ByteBuffer b, int p) {
        int base = -1;
        int metadata = -1;
        int metadataLength = 0;
        int limit = p + (b.getShort(p) & 0xffff);
        for (int at = p + 4; at < limit; ) {
            int total = b.getShort(at) & 0xffff;
            if ((b.getShort(at + 2) & 0x3fff) == NshAttributes.BASE.number()) {
                base = at + 4;
            } else {
                metadata = at + 4;
                metadataLength = total - 4;
            }
            at += MessageHeader.align(total);
        }
        packet.holdTag();
        Headers at = packet.headers();
        int next = at.macLength != 0 ? NEXT_ETHERNET : nextProtocol(at.protocol);
        if (next == 0) {
            return Errno.EAFNOSUPPORT.number();
        }
        int words = BASE + metadataLength >> 2 & 0x3f;
        int length = 4 * words;
        if (!packet.hasHeadroom(length)) {
            return Errno.ENOMEM.number();
        }
        packet.shift(-length, 0);
        ByteBuffer to = packet.bytes;
        int start = packet.offset;
        int flags = b.get(base) & 3;
        int ttl = b.get(base + 1) & 0x3f;
        PacketEditor.put16(to, start, flags << 12 | ttl << 6 | words);
        to.put(start + 2, b.get(base + 2));
        to.put(start + 3, (byte) next);
        to.putInt(start + 4, b.getInt(base + 4));
        to.put(start + BASE, b, metadata, Math.min(metadataLength, length - BASE));
        at.protocol = Protocol.ETH_NSH;
        at.network = start;
        at.macLength = 0;
        packet.changed(false);
        return 0;
    }

    static int pop(Packet packet) {
        packet.holdTag();
        if (packet.length < BASE) {
            return Errno.ENOMEM.number();
        }
        int start = packet.offset;
        int length = (AttributeReader.be16(packet.bytes, start) & 0x3f) * 4;
        if (length < BASE) {
            return Errno.EINVAL.number();
        }
        int inner = etherType(packet.bytes.get(start + 3) & 0xff);
        if (packet.length < length) {
            return Errno.ENOMEM.number();
        }
        if (inner == 0) {
            return Errno.EAFNOSUPPORT.number();
        }
        packet.shift(length, 0);
        Headers at = packet.headers();
        at.network = packet.offset;
        at.macLength = 0;
        at.protocol = inner;
        packet.changed(inner == ETH_TEB);
        return 0;
    }

    /** The next protocol that stands for an Ethernet type, 0 if none does. */
    static int nextProtocol(int etherType) {
        return switch (etherType) {
            case Protocol.ETH_IPV4 -> 1;
            case Protocol.ETH_IPV6 -> 2;
            case ETH_TEB -> NEXT_ETHERNET;
            case Protocol.ETH_NSH -> 4;
            case Protocol.ETH_MPLS -> 5;
            default -> 0;
        };
    }

    /** The Ethernet type that a next protocol stands for, 0 if it is none that is known. */
    static int etherType(int nextProtocol) {
        return switch (nextProtocol) {
            case 1 -> Protocol.ETH_IPV4;
            case 2 -> Protocol.ETH_IPV6;
            case NEXT_ETHERNET -> ETH_TEB;
            case 4 -> Protocol.ETH_NSH;
            case 5 -> Protocol.ETH_MPLS;
            default -> 0;
        };
    }
}
