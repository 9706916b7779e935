package io.odp4j.datapath.flow;

import static io.odp4j.datapath.flow.AttributeBits.ARP;
import static io.odp4j.datapath.flow.AttributeBits.ICMP;
import static io.odp4j.datapath.flow.AttributeBits.ICMPV6;
import static io.odp4j.datapath.flow.AttributeBits.IPV6;
import static io.odp4j.datapath.flow.AttributeBits.IPV6_EXTHDRS;
import static io.odp4j.datapath.flow.AttributeBits.MPLS;
import static io.odp4j.datapath.flow.AttributeBits.ND;
import static io.odp4j.datapath.flow.AttributeBits.ND_EXTENSIONS;
import static io.odp4j.datapath.flow.AttributeBits.NSH;
import static io.odp4j.datapath.flow.AttributeBits.SCTP;
import static io.odp4j.datapath.flow.AttributeBits.W_ARP_SHA;
import static io.odp4j.datapath.flow.AttributeBits.W_ARP_THA;
import static io.odp4j.datapath.flow.AttributeBits.W_IPV4;
import static io.odp4j.datapath.flow.AttributeBits.W_IPV6_DST;
import static io.odp4j.datapath.flow.AttributeBits.W_IPV6_SRC;
import static io.odp4j.datapath.flow.AttributeBits.W_LABEL;
import static io.odp4j.datapath.flow.AttributeBits.W_MPLS;
import static io.odp4j.datapath.flow.AttributeBits.W_ND_RESERVED;
import static io.odp4j.datapath.flow.AttributeBits.W_ND_SLL;
import static io.odp4j.datapath.flow.AttributeBits.W_ND_TARGET;
import static io.odp4j.datapath.flow.AttributeBits.W_ND_TLL;
import static io.odp4j.datapath.flow.AttributeBits.W_TP;
import static io.odp4j.datapath.flow.AttributeBits.be32;
import static io.odp4j.datapath.flow.AttributeBits.be64;
import static io.odp4j.datapath.flow.AttributeBits.bit;
import static io.odp4j.datapath.flow.AttributeBits.header;
import static io.odp4j.datapath.flow.KeyWriter.be16;
import static io.odp4j.datapath.flow.KeyWriter.protoTosTtlFrag;
import static io.odp4j.datapath.flow.KeyWriter.u16;
import static io.odp4j.datapath.flow.KeyWriter.u32;

import java.nio.ByteBuffer;

/** Writes the attributes that few packets have, out of the way of {@link KeyWriter}. */
final class RareKeyEncoder {
    private RareKeyEncoder() {}

    /** Writes those of IPV6, IPV6_EXTHDRS, NSH, ARP and MPLS that are carried. */
    static int network(ByteBuffer b, int p, long[] w, long carried, long nested, long forced) {
        int at = p;
        if ((carried & bit(IPV6)) != 0) {
            b.putInt(at, header(IPV6, 40));
            b.putLong(at + 4, be64(w[W_IPV6_SRC]));
            b.putLong(at + 12, be64(w[W_IPV6_SRC + 1]));
            b.putLong(at + 20, be64(w[W_IPV6_DST]));
            b.putLong(at + 28, be64(w[W_IPV6_DST + 1]));
            b.putInt(at + 36, be32((int) (w[W_LABEL] >>> 32)));
            b.putInt(at + 40, be32(protoTosTtlFrag(w, forced)));
            at += 44;
        }
        if ((carried & bit(IPV6_EXTHDRS)) != 0) {
            at = u16(b, at, header(IPV6_EXTHDRS, 2), (int) (w[W_LABEL] >>> 16));
        }
        if ((carried & bit(NSH)) != 0) {
            at = NestedKeyEncoder.nsh(b, at, w, nested);
        }
        if ((carried & bit(ARP)) != 0) {
            b.putInt(at, header(ARP, 24));
            b.putLong(at + 4, be64(w[W_IPV4]));
            b.putLong(at + 12, be64(w[W_LABEL] << 48 | w[W_ARP_SHA] >>> 16));
            b.putLong(at + 20, be64(w[W_ARP_THA] & ~0xffffL));
            at += 28;
        }
        if ((carried & bit(MPLS)) != 0) {
            at = mpls(b, at, w, (int) (nested >>> FlowKey.MPLS_COUNT_SHIFT));
        }
        return at;
    }

    private static int mpls(ByteBuffer b, int p, long[] w, int countBits) {
        int count = Math.min(countBits & 0xf, 3);
        b.putInt(p, header(MPLS, 4 * count));
        if (count > 0) {
            b.putInt(p + 4, be32((int) (w[W_MPLS] >>> 32)));
        }
        if (count > 1) {
            b.putInt(p + 8, be32((int) w[W_MPLS]));
        }
        if (count > 2) {
            b.putInt(p + 12, be32((int) (w[W_MPLS + 1] >>> 32)));
        }
        return p + 4 + 4 * count;
    }

    /** Writes those of SCTP, ICMP, ICMPV6, ND and ND_EXTENSIONS that are carried. */
    static int transport(ByteBuffer b, int p, long[] w, long carried, long forced) {
        int at = p;
        if ((carried & bit(SCTP)) != 0) {
            at = u32(b, at, header(SCTP, 4), be32((int) (w[W_TP] >>> 32)));
        }
        if ((carried & bit(ICMP)) != 0) {
            at = be16(b, at, ICMP, typeCode(w));
        }
        if ((carried & bit(ICMPV6)) != 0) {
            at = be16(b, at, ICMPV6, typeCode(w) | (int) (forced >>> 32) & 0xff00);
        }
        if ((carried & bit(ND)) != 0) {
            b.putInt(at, header(ND, 28));
            b.putLong(at + 4, be64(w[W_ND_TARGET]));
            b.putLong(at + 12, be64(w[W_ND_TARGET + 1]));
            b.putLong(at + 20, be64(w[W_ND_SLL] & ~0xffffL | w[W_ND_TLL] >>> 48));
            b.putInt(at + 28, be32((int) (w[W_ND_TLL] >>> 16)));
            at += 32;
        }
        if ((carried & bit(ND_EXTENSIONS)) != 0) {
            b.putInt(at, header(ND_EXTENSIONS, 8));
            b.putInt(at + 4, be32((int) (w[W_ND_RESERVED] >>> 32)));
            b.putInt(at + 8, be32((int) w[W_ND_SLL] << 24));
            at += 12;
        }
        return at;
    }

    /** ICMP type and code, a byte each. */
    private static int typeCode(long[] w) {
        return (int) (w[W_TP] >>> 48 & 0xff) << 8 | (int) (w[W_TP] >>> 32) & 0xff;
    }
}
