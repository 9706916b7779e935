package io.odp4j.datapath.packet;

import static io.odp4j.datapath.netlink.AttributeReader.be16;
import static io.odp4j.datapath.netlink.AttributeReader.be32;
import static io.odp4j.datapath.netlink.AttributeReader.be64;
import static io.odp4j.datapath.packet.KeyWords.ARP_ETHERNET_IPV4;
import static io.odp4j.datapath.packet.KeyWords.ARP_SHA;
import static io.odp4j.datapath.packet.KeyWords.ARP_THA;
import static io.odp4j.datapath.packet.KeyWords.DST;
import static io.odp4j.datapath.packet.KeyWords.HAS_ARP;
import static io.odp4j.datapath.packet.KeyWords.HAS_ETHERNET;
import static io.odp4j.datapath.packet.KeyWords.HAS_ETHERTYPE;
import static io.odp4j.datapath.packet.KeyWords.HAS_ICMP;
import static io.odp4j.datapath.packet.KeyWords.HAS_INNER_TAG;
import static io.odp4j.datapath.packet.KeyWords.HAS_IN_PORT;
import static io.odp4j.datapath.packet.KeyWords.HAS_IPV4;
import static io.odp4j.datapath.packet.KeyWords.HAS_MPLS;
import static io.odp4j.datapath.packet.KeyWords.HAS_NSH;
import static io.odp4j.datapath.packet.KeyWords.HAS_NSH_BASE;
import static io.odp4j.datapath.packet.KeyWords.HAS_NSH_MD1;
import static io.odp4j.datapath.packet.KeyWords.HAS_SCTP;
import static io.odp4j.datapath.packet.KeyWords.HAS_TAG;
import static io.odp4j.datapath.packet.KeyWords.HAS_TCP;
import static io.odp4j.datapath.packet.KeyWords.HAS_UDP;
import static io.odp4j.datapath.packet.KeyWords.IN_PORT;
import static io.odp4j.datapath.packet.KeyWords.IPV4;
import static io.odp4j.datapath.packet.KeyWords.LABEL;
import static io.odp4j.datapath.packet.KeyWords.METADATA;
import static io.odp4j.datapath.packet.KeyWords.MPLS;
import static io.odp4j.datapath.packet.KeyWords.MPLS_BOTTOM;
import static io.odp4j.datapath.packet.KeyWords.NOT_PACKET;
import static io.odp4j.datapath.packet.KeyWords.NOT_PACKET_NESTED;
import static io.odp4j.datapath.packet.KeyWords.NSH;
import static io.odp4j.datapath.packet.KeyWords.SNAP;
import static io.odp4j.datapath.packet.KeyWords.SNAP_MASK;
import static io.odp4j.datapath.packet.KeyWords.SRC;
import static io.odp4j.datapath.packet.KeyWords.TCI_PRESENT;
import static io.odp4j.datapath.packet.KeyWords.TP;
import static io.odp4j.datapath.packet.KeyWords.VLAN;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.Protocol;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Frame to flow key, as the kernel's datapath does it ({@code key_extract} in {@code
 * net/openvswitch/flow.c}), in one pass and without allocation.
 *
 * <p>Fields and the record of attributes come out as an upcall of the frame would bring them:
 * {@link io.odp4j.datapath.flow.FlowKeyEncoder} turns them into the bytes that the kernel sends.
 * Where a header is cut short or broken, its fields are zero, as there. The IP total length and the
 * padding behind it play no part; only the frame's length does.
 *
 * <p>The kernel never answers for frames on which it gives up: those shorter than an Ethernet
 * header and those with a broken network service header. For these the result is false.
 *
 * <p>Frames lie in a buffer of native byte order (the order matters to the accessors alone: frames
 * are big-endian). An instance holds no state but its choice of kernel and may be shared.
 */
public final class FlowExtractor {
    static final int FRAG_FIRST = 1;
    static final int FRAG_LATER = 2;
    private static final int ETHERNET_LENGTH = 14;

    private final Ipv6Extractor ipv6;

    /** Extracts as the newest kernel does. */
    public FlowExtractor() {
        this(EnumSet.allOf(ExtractionRule.class));
    }

    /** Extracts as a kernel with these rules does; Linux 6.1 came with none of them. */
    public FlowExtractor(Set<ExtractionRule> rules) {
        ipv6 = new Ipv6Extractor(rules);
    }

    /** Extracts a frame that came in at a port, with no other metadata. */
    public boolean extract(ByteBuffer frame, int offset, int length, int inPort, FlowKey key) {
        long[] w = key.clear().words();
        w[IN_PORT] = inPort & 0xffff_ffffL;
        w[FlowKey.ATTRIBUTES] = inPort == FlowKey.PORT_NONE ? METADATA : METADATA | HAS_IN_PORT;
        return extractCleared(frame, offset, length, w);
    }

    /** Extracts a frame into a key whose metadata stays: ports, marks, connection, tunnel. */
    public boolean extract(ByteBuffer frame, int offset, int length, FlowKey key) {
        clearPacket(key);
        return extractCleared(frame, offset, length, key.words());
    }

    /**
     * Extracts a packet without an Ethernet header, of a given Ethernet type, into a key whose
     * metadata stays.
     */
    public boolean extractL3(
            ByteBuffer packet, int offset, int length, int etherType, FlowKey key) {
        requireRun(packet, offset, length);
        clearPacket(key);
        if (Protocol.isTag(etherType)) {
            return false;
        }
        long[] w = key.words();
        w[DST] = etherType;
        w[FlowKey.ATTRIBUTES] |= HAS_ETHERTYPE;
        return network(packet, offset, offset + length, etherType, w);
    }

    private static void clearPacket(FlowKey key) {
        long[] w = key.words();
        Arrays.fill(w, DST, MPLS + 2, 0);
        Arrays.fill(w, NSH, NSH + 3, 0);
        w[FlowKey.ATTRIBUTES] &= NOT_PACKET;
        w[FlowKey.NESTED_ATTRIBUTES] &= NOT_PACKET_NESTED;
    }

    private static void requireRun(ByteBuffer buffer, int offset, int length) {
        if (offset < 0 || length < 0 || length > buffer.limit() - offset) {
            throw new IndexOutOfBoundsException(
                    offset + " + " + length + " lies beyond " + buffer.limit());
        }
    }

    private boolean extractCleared(ByteBuffer b, int offset, int length, long[] w) {
        requireRun(b, offset, length);
        if (length < ETHERNET_LENGTH) {
            return false;
        }
        long srcType = be64(b, offset + 6);
        w[DST] = be64(b, offset) & ~0xffffL;
        w[SRC] = srcType & ~0xffffL;
        int type = (int) srcType & 0xffff;
        int end = offset + length;
        if (type < Protocol.ETH_MIN || Protocol.isTag(type)) {
            return tagOrLength(b, offset + 12, end, w);
        }
        w[DST] |= type;
        w[FlowKey.ATTRIBUTES] |= HAS_ETHERNET | HAS_ETHERTYPE;
        return network(b, offset + ETHERNET_LENGTH, end, type, w);
    }

    /** A frame with tags, or with a length where the type would be; {@code at} is that place. */
    private boolean tagOrLength(ByteBuffer b, int start, int end, long[] w) {
        int at = start;
        long tags = 0;
        int count = 0;
        // A tag counts if a type still follows it.
        while (count < 2 && Protocol.isTag(be16(b, at)) && end - at >= 6) {
            long tag = be32(b, at) & 0xffff_ffffL | TCI_PRESENT;
            tags |= count == 0 ? tag << 32 : tag;
            at += 4;
            count++;
        }
        w[VLAN] = tags;
        int type = be16(b, at);
        at += 2;
        if (type < Protocol.ETH_MIN) {
            type = FlowKey.DL_TYPE_NONE;
            // An LLC header that says SNAP, of organisation 0: the type comes after it.
            if (end - at >= 8 && (be64(b, at) & SNAP_MASK) == SNAP) {
                int snapType = be16(b, at + 6);
                type = snapType >= Protocol.ETH_MIN ? snapType : type;
                at += 8;
            }
        }
        // What claims to be a tag here is cut off, or a third one; the kernel leaves off there.
        boolean tagType = Protocol.isTag(type);
        long has = HAS_ETHERNET;
        has |= count > 0 || tagType ? HAS_TAG : 0;
        has |= count > 1 || count > 0 && tagType ? HAS_INNER_TAG : 0;
        if (type == FlowKey.DL_TYPE_NONE || tagType && count < 2) {
            type = FlowKey.DL_TYPE_NONE;
        } else {
            has |= HAS_ETHERTYPE;
        }
        w[FlowKey.ATTRIBUTES] |= has;
        w[DST] |= type;
        return network(b, at, end, type, w);
    }

    private boolean network(ByteBuffer b, int at, int end, int type, long[] w) {
        switch (type) {
            case Protocol.ETH_IPV4 -> ipv4(b, at, end, w);
            case Protocol.ETH_IPV6 -> ipv6.extract(b, at, end, w);
            case Protocol.ETH_ARP, Protocol.ETH_RARP -> arp(b, at, end, w);
            case Protocol.ETH_MPLS, Protocol.ETH_MPLS_MULTICAST -> mpls(b, at, end, w);
            case Protocol.ETH_NSH -> {
                return nsh(b, at, end, w);
            }
            default -> {
                return true;
            }
        }
        return true;
    }

    private static void ipv4(ByteBuffer b, int at, int end, long[] w) {
        w[FlowKey.ATTRIBUTES] |= HAS_IPV4;
        if (end - at < 20) {
            return;
        }
        long head = be64(b, at);
        int headerLength = (int) (head >>> 56 & 0xf) * 4;
        if (headerLength < 20 || end - at < headerLength) {
            return;
        }
        int ttlProto = be16(b, at + 8);
        int proto = ttlProto & 0xff;
        w[IPV4] = be64(b, at + 12);
        w[TP] = head >>> 40 & 0xff00 | ttlProto >>> 8;
        w[SRC] |= proto << 8;
        if ((head & 0x1fff) != 0) {
            w[SRC] |= FRAG_LATER;
            return;
        }
        w[SRC] |= (head & 0x2000) != 0 ? FRAG_FIRST : 0;
        if (proto == Protocol.IP_ICMP) {
            w[FlowKey.ATTRIBUTES] |= HAS_ICMP;
            if (end - at - headerLength >= 8) {
                w[TP] |= typeCode(be16(b, at + headerLength));
            }
        } else {
            transport(b, at + headerLength, end, proto, w);
        }
    }

    /** TCP, UDP or SCTP. */
    static void transport(ByteBuffer b, int at, int end, int proto, long[] w) {
        int length = end - at;
        switch (proto) {
            case Protocol.IP_TCP -> {
                w[FlowKey.ATTRIBUTES] |= HAS_TCP;
                if (length >= 20) {
                    int offsetFlags = be16(b, at + 12);
                    int headerLength = offsetFlags >>> 12 << 2;
                    if (headerLength >= 20 && length >= headerLength) {
                        w[TP] |= (long) be32(b, at) << 32 | (offsetFlags & 0xfffL) << 16;
                    }
                }
            }
            case Protocol.IP_UDP -> {
                w[FlowKey.ATTRIBUTES] |= HAS_UDP;
                if (length >= 8) {
                    w[TP] |= (long) be32(b, at) << 32;
                }
            }
            case Protocol.IP_SCTP -> {
                w[FlowKey.ATTRIBUTES] |= HAS_SCTP;
                if (length >= 12) {
                    w[TP] |= (long) be32(b, at) << 32;
                }
            }
            default -> {
                // Nothing is known above this protocol.
            }
        }
    }

    /** An ICMP type and code as they lie in the port fields. */
    static long typeCode(int typeCode) {
        return (long) (typeCode >>> 8) << 48 | (typeCode & 0xffL) << 32;
    }

    private static void arp(ByteBuffer b, int at, int end, long[] w) {
        w[FlowKey.ATTRIBUTES] |= HAS_ARP;
        if (end - at < 28) {
            return;
        }
        long head = be64(b, at);
        if (head >>> 16 != ARP_ETHERNET_IPV4) {
            return;
        }
        // The kernel holds the operation in eight bits; a longer one counts as none.
        w[LABEL] = (head & 0xff00) == 0 ? head & 0xff : 0;
        w[ARP_SHA] = be64(b, at + 8) & ~0xffffL;
        w[ARP_THA] = be64(b, at + 18) & ~0xffffL;
        w[IPV4] = (long) be32(b, at + 14) << 32 | be32(b, at + 24) & 0xffff_ffffL;
    }

    private static void mpls(ByteBuffer b, int start, int end, long[] w) {
        w[FlowKey.ATTRIBUTES] |= HAS_MPLS;
        for (int at = start; end - at >= 4; at += 4) {
            if ((be32(b, at) & MPLS_BOTTOM) != 0) {
                int count = Math.min((at - start) / 4 + 1, 3);
                w[MPLS] = (long) be32(b, start) << 32;
                if (count > 1) {
                    w[MPLS] |= be32(b, start + 4) & 0xffff_ffffL;
                }
                if (count > 2) {
                    w[MPLS + 1] = (long) be32(b, start + 8) << 32;
                }
                w[FlowKey.NESTED_ATTRIBUTES] |= (long) count << FlowKey.MPLS_COUNT_SHIFT;
                return;
            }
        }
        // A stack without a bottom: the key has MPLS, and no entry in it.
    }

    private static boolean nsh(ByteBuffer b, int at, int end, long[] w) {
        if (end - at < 8) {
            return false;
        }
        long base = be64(b, at);
        int length = (int) (base >>> 48 & 0x3f) << 2;
        int mdType = (int) (base >>> 40) & 0xff;
        if (base >>> 62 != 0 || end - at < length) {
            return false;
        }
        w[FlowKey.ATTRIBUTES] |= HAS_NSH;
        w[FlowKey.NESTED_ATTRIBUTES] |= HAS_NSH_BASE;
        w[NSH] = (base >>> 60 & 3) << 56 | (base >>> 54 & 0x3f) << 48 | base & 0xffff_ffff_ffffL;
        if (mdType == 1 && length == 24) {
            w[FlowKey.NESTED_ATTRIBUTES] |= HAS_NSH_MD1;
            w[NSH + 1] = be64(b, at + 8);
            w[NSH + 2] = be64(b, at + 16);
            return true;
        }
        return mdType == 2;
    }
}
