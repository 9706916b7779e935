package io.odp4j.datapath.flow;

import static io.odp4j.datapath.flow.AttributeBits.ARP;
import static io.odp4j.datapath.flow.AttributeBits.CT_ORIG_TUPLE_IPV4;
import static io.odp4j.datapath.flow.AttributeBits.CT_ORIG_TUPLE_IPV6;
import static io.odp4j.datapath.flow.AttributeBits.IPV6;
import static io.odp4j.datapath.flow.AttributeBits.IPV6_EXTHDRS;
import static io.odp4j.datapath.flow.AttributeBits.MPLS;
import static io.odp4j.datapath.flow.AttributeBits.ND;
import static io.odp4j.datapath.flow.AttributeBits.ND_EXTENSIONS;
import static io.odp4j.datapath.flow.AttributeBits.PACKET_TYPE;
import static io.odp4j.datapath.flow.AttributeBits.W_ARP_SHA;
import static io.odp4j.datapath.flow.AttributeBits.W_ARP_THA;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_IPV4;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_IPV6_DST;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_IPV6_SRC;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_TP;
import static io.odp4j.datapath.flow.AttributeBits.W_IPV4;
import static io.odp4j.datapath.flow.AttributeBits.W_IPV6_DST;
import static io.odp4j.datapath.flow.AttributeBits.W_IPV6_SRC;
import static io.odp4j.datapath.flow.AttributeBits.W_LABEL;
import static io.odp4j.datapath.flow.AttributeBits.W_MPLS;
import static io.odp4j.datapath.flow.AttributeBits.W_ND_RESERVED;
import static io.odp4j.datapath.flow.AttributeBits.W_ND_SLL;
import static io.odp4j.datapath.flow.AttributeBits.W_ND_TARGET;
import static io.odp4j.datapath.flow.AttributeBits.W_ND_TLL;
import static io.odp4j.datapath.flow.AttributeBits.W_SRC;
import static io.odp4j.datapath.flow.AttributeBits.W_TP;
import static io.odp4j.datapath.flow.AttributeBits.be32;
import static io.odp4j.datapath.flow.AttributeBits.be64;
import static io.odp4j.datapath.flow.FlowKeyDecoder.exact;
import static io.odp4j.datapath.flow.FlowKeyDecoder.sized;
import static io.odp4j.datapath.netlink.AttributeReader.be32;

import io.odp4j.datapath.netlink.NetlinkFormatException;
import java.nio.ByteBuffer;

/**
 * Decodes the flat key attributes that few packets have, out of the way of {@link FlowKeyDecoder}'s
 * loop.
 */
final class RareKeyDecoder {
    private RareKeyDecoder() {}

    /** Decodes one attribute; returns {@link FlowKey#CARRIES_UNKNOWN} if it was not all taken. */
    static long decode(ByteBuffer b, int type, int p, int size, long[] w) {
        return switch (type) {
            case IPV6 -> ipv6(b, p, size, w);
            case IPV6_EXTHDRS -> {
                long longer = sized(type, size, 2, p);
                w[W_LABEL] |= (b.getShort(p) & 0xffffL) << 16;
                yield longer;
            }
            case ARP -> arp(b, p, size, w);
            case ND -> nd(b, p, size, w);
            case ND_EXTENSIONS -> {
                long longer = sized(type, size, 8, p);
                w[W_ND_RESERVED] |= (long) be32(b, p) << 32;
                w[W_ND_SLL] |= b.get(p + 4) & 0xff;
                yield longer;
            }
            case MPLS -> mpls(b, p, size, w);
            case CT_ORIG_TUPLE_IPV4 -> {
                long longer = sized(type, size, 16, p);
                w[W_CT_IPV4] = be64(b, p);
                tuplePorts(b, p + 8, w);
                yield longer;
            }
            case CT_ORIG_TUPLE_IPV6 -> {
                long longer = sized(type, size, 40, p);
                w[W_CT_IPV6_SRC] = be64(b, p);
                w[W_CT_IPV6_SRC + 1] = be64(b, p + 8);
                w[W_CT_IPV6_DST] = be64(b, p + 16);
                w[W_CT_IPV6_DST + 1] = be64(b, p + 24);
                tuplePorts(b, p + 32, w);
                yield longer;
            }
            case PACKET_TYPE -> {
                exact(type, size, 4, p);
                w[W_ND_RESERVED] |= be32(b, p) & 0xffff_ffffL;
                yield 0;
            }
            default -> FlowKey.CARRIES_UNKNOWN;
        };
    }

    private static long ipv6(ByteBuffer b, int p, int size, long[] w) {
        long longer = sized(IPV6, size, 40, p);
        w[W_IPV6_SRC] = be64(b, p);
        w[W_IPV6_SRC + 1] = be64(b, p + 8);
        w[W_IPV6_DST] = be64(b, p + 16);
        w[W_IPV6_DST + 1] = be64(b, p + 24);
        long rest = be64(b, p + 32);
        w[W_LABEL] |= rest & ~0xffff_ffffL;
        w[W_SRC] |= rest >>> 16 & 0xff00 | rest & 0xff;
        w[W_TP] |= rest >>> 8 & 0xffff;
        return longer;
    }

    private static long arp(ByteBuffer b, int p, int size, long[] w) {
        long longer = sized(ARP, size, 24, p);
        w[W_IPV4] |= be64(b, p);
        long operation = be64(b, p + 8);
        w[W_LABEL] |= operation >>> 48;
        w[W_ARP_SHA] = operation << 16;
        w[W_ARP_THA] = be64(b, p + 16) & ~0xffffL;
        return longer;
    }

    private static long nd(ByteBuffer b, int p, int size, long[] w) {
        long longer = sized(ND, size, 28, p);
        w[W_ND_TARGET] = be64(b, p);
        w[W_ND_TARGET + 1] = be64(b, p + 8);
        w[W_ND_SLL] |= be64(b, p + 16) & ~0xffffL;
        w[W_ND_TLL] = be64(b, p + 20) << 16;
        return longer;
    }

    private static long mpls(ByteBuffer b, int p, int size, long[] w) {
        if (size % 4 != 0) {
            throw new NetlinkFormatException("MPLS has " + size + " bytes, no multiple of 4", p);
        }
        int count = Math.min(size / 4, 3);
        if (count > 0) {
            w[W_MPLS] = (long) be32(b, p) << 32;
        }
        if (count > 1) {
            w[W_MPLS] |= be32(b, p + 4) & 0xffff_ffffL;
        }
        if (count > 2) {
            w[W_MPLS + 1] = (long) be32(b, p + 8) << 32;
        }
        w[FlowKey.NESTED_ATTRIBUTES] |= (long) count << FlowKey.MPLS_COUNT_SHIFT;
        return size > 12 ? FlowKey.CARRIES_UNKNOWN : 0;
    }

    /** Ports and protocol of an original tuple; the two families share the fields. */
    private static void tuplePorts(ByteBuffer b, int p, long[] w) {
        w[W_CT_TP] = (long) be32(b, p) << 32 | (b.get(p + 4) & 0xffL) << 24;
    }
}
