package io.odp4j.datapath.flow;

import static io.odp4j.datapath.flow.AttributeBits.NSH_BASE;
import static io.odp4j.datapath.flow.AttributeBits.NSH_MD1;
import static io.odp4j.datapath.flow.AttributeBits.NSH_MD2;
import static io.odp4j.datapath.flow.AttributeBits.TUN_CSUM;
import static io.odp4j.datapath.flow.AttributeBits.TUN_DONT_FRAGMENT;
import static io.odp4j.datapath.flow.AttributeBits.TUN_ERSPAN_OPTS;
import static io.odp4j.datapath.flow.AttributeBits.TUN_GENEVE_OPTS;
import static io.odp4j.datapath.flow.AttributeBits.TUN_ID;
import static io.odp4j.datapath.flow.AttributeBits.TUN_IPV4_DST;
import static io.odp4j.datapath.flow.AttributeBits.TUN_IPV4_INFO_BRIDGE;
import static io.odp4j.datapath.flow.AttributeBits.TUN_IPV4_SRC;
import static io.odp4j.datapath.flow.AttributeBits.TUN_IPV6_DST;
import static io.odp4j.datapath.flow.AttributeBits.TUN_IPV6_SRC;
import static io.odp4j.datapath.flow.AttributeBits.TUN_OAM;
import static io.odp4j.datapath.flow.AttributeBits.TUN_PAD;
import static io.odp4j.datapath.flow.AttributeBits.TUN_TOS;
import static io.odp4j.datapath.flow.AttributeBits.TUN_TP_DST;
import static io.odp4j.datapath.flow.AttributeBits.TUN_TP_SRC;
import static io.odp4j.datapath.flow.AttributeBits.TUN_TTL;
import static io.odp4j.datapath.flow.AttributeBits.TUN_VXLAN_OPTS;
import static io.odp4j.datapath.flow.AttributeBits.VXLAN_GBP;
import static io.odp4j.datapath.flow.AttributeBits.W_NSH;
import static io.odp4j.datapath.flow.AttributeBits.W_NSH_C1;
import static io.odp4j.datapath.flow.AttributeBits.W_NSH_C3;
import static io.odp4j.datapath.flow.AttributeBits.W_TUN_GBP;
import static io.odp4j.datapath.flow.AttributeBits.W_TUN_ID;
import static io.odp4j.datapath.flow.AttributeBits.W_TUN_IPV4;
import static io.odp4j.datapath.flow.AttributeBits.W_TUN_IPV6_DST;
import static io.odp4j.datapath.flow.AttributeBits.W_TUN_IPV6_SRC;
import static io.odp4j.datapath.flow.AttributeBits.W_TUN_TP;
import static io.odp4j.datapath.flow.AttributeBits.be32;
import static io.odp4j.datapath.flow.AttributeBits.be64;
import static io.odp4j.datapath.flow.AttributeBits.bit;
import static io.odp4j.datapath.flow.FlowKeyDecoder.exact;
import static io.odp4j.datapath.flow.FlowKeyDecoder.sized;
import static io.odp4j.datapath.netlink.AttributeReader.be16;
import static io.odp4j.datapath.netlink.AttributeReader.be32;

import io.odp4j.datapath.netlink.AttributeHeader;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import java.nio.ByteBuffer;

/** Decodes the key attributes that are nests: {@link TunnelAttributes}, {@link NshAttributes}. */
final class NestedKeyDecoder {
    private NestedKeyDecoder() {}

    /** Decodes a tunnel key; returns {@link FlowKey#CARRIES_UNKNOWN} if it was not all taken. */
    static long tunnel(ByteBuffer b, int start, int length, long[] w) {
        int limit = start + length;
        long seen = 0;
        long unknown = 0;
        for (int at = start; at < limit; ) {
            int total = total(b, at, limit);
            int type = b.getShort(at + AttributeHeader.TYPE_OFFSET) & AttributeHeader.TYPE_MASK;
            int p = at + AttributeHeader.LENGTH;
            int size = total - AttributeHeader.LENGTH;
            if (type > TUN_IPV4_INFO_BRIDGE) {
                unknown = FlowKey.CARRIES_UNKNOWN;
            } else if (type != TUN_PAD) {
                if ((seen & bit(type)) != 0) {
                    throw new NetlinkFormatException("tunnel attribute " + type + " twice", at);
                }
                seen |= bit(type);
                unknown |= tunnelAttribute(b, type, p, size, w);
            }
            at += total + 3 & ~3;
        }
        if ((seen & (bit(TUN_GENEVE_OPTS) | bit(TUN_ERSPAN_OPTS)))
                == (bit(TUN_GENEVE_OPTS) | bit(TUN_ERSPAN_OPTS))) {
            throw new NetlinkFormatException("tunnel options of two kinds", start);
        }
        w[FlowKey.NESTED_ATTRIBUTES] |= seen;
        return unknown;
    }

    private static long tunnelAttribute(ByteBuffer b, int type, int p, int size, long[] w) {
        switch (type) {
            case TUN_ID -> {
                exact(type, size, 8, p);
                w[W_TUN_ID] = be64(b, p);
                w[W_TUN_TP] |= (long) FlowKey.TUN_F_KEY << 16;
            }
            case TUN_IPV4_SRC -> {
                exact(type, size, 4, p);
                w[W_TUN_IPV4] |= (long) be32(b, p) << 32;
            }
            case TUN_IPV4_DST -> {
                exact(type, size, 4, p);
                w[W_TUN_IPV4] |= be32(b, p) & 0xffff_ffffL;
            }
            case TUN_IPV6_SRC -> {
                exact(type, size, 16, p);
                w[W_TUN_IPV6_SRC] = be64(b, p);
                w[W_TUN_IPV6_SRC + 1] = be64(b, p + 8);
            }
            case TUN_IPV6_DST -> {
                exact(type, size, 16, p);
                w[W_TUN_IPV6_DST] = be64(b, p);
                w[W_TUN_IPV6_DST + 1] = be64(b, p + 8);
            }
            case TUN_TOS -> {
                exact(type, size, 1, p);
                w[W_TUN_TP] |= (b.get(p) & 0xffL) << 8;
            }
            case TUN_TTL -> {
                exact(type, size, 1, p);
                w[W_TUN_TP] |= b.get(p) & 0xffL;
            }
            case TUN_TP_SRC -> {
                exact(type, size, 2, p);
                w[W_TUN_TP] |= (long) be16(b, p) << 48;
            }
            case TUN_TP_DST -> {
                exact(type, size, 2, p);
                w[W_TUN_TP] |= (long) be16(b, p) << 32;
            }
            case TUN_DONT_FRAGMENT -> flag(FlowKey.TUN_F_DONT_FRAGMENT, w);
            case TUN_CSUM -> flag(FlowKey.TUN_F_CSUM, w);
            case TUN_OAM -> flag(FlowKey.TUN_F_OAM, w);
            case TUN_IPV4_INFO_BRIDGE -> flag(FlowKey.TUN_F_IPV4_INFO_BRIDGE, w);
            case TUN_VXLAN_OPTS -> {
                return vxlan(b, p, size, w);
            }
            default -> options(b, p, size, w);
        }
        return size == 0 || !isFlag(type) ? 0 : FlowKey.CARRIES_UNKNOWN;
    }

    private static boolean isFlag(int type) {
        return type == TUN_DONT_FRAGMENT
                || type == TUN_CSUM
                || type == TUN_OAM
                || type == TUN_IPV4_INFO_BRIDGE;
    }

    private static void flag(int flag, long[] w) {
        w[W_TUN_TP] |= (long) flag << 16;
    }

    /** Geneve options or ERSPAN metadata: bytes, eight to a word, the first one on top. */
    private static void options(ByteBuffer b, int p, int size, long[] w) {
        if (size > FlowKey.TUN_OPTS_WORDS * 8) {
            throw new NetlinkFormatException("tunnel options of " + size + " bytes", p);
        }
        for (int i = 0; i < size; i++) {
            int word = FlowKey.TUN_OPTS_WORD + (i >> 3);
            w[word] |= (b.get(p + i) & 0xffL) << 56 - 8 * (i & 7);
        }
        w[W_TUN_GBP] |= size;
    }

    private static long vxlan(ByteBuffer b, int start, int length, long[] w) {
        int limit = start + length;
        long unknown = 0;
        for (int at = start; at < limit; ) {
            int total = total(b, at, limit);
            int type = b.getShort(at + AttributeHeader.TYPE_OFFSET) & AttributeHeader.TYPE_MASK;
            if (type != VXLAN_GBP) {
                unknown = FlowKey.CARRIES_UNKNOWN;
            } else {
                int p = at + AttributeHeader.LENGTH;
                exact(type, total - AttributeHeader.LENGTH, 4, p);
                if ((w[FlowKey.NESTED_ATTRIBUTES] & FlowKey.CARRIES_GBP) != 0) {
                    throw new NetlinkFormatException("VXLAN attribute 1 twice", at);
                }
                w[W_TUN_GBP] |= (long) b.getInt(p) << 32;
                w[FlowKey.NESTED_ATTRIBUTES] |= FlowKey.CARRIES_GBP;
            }
            at += total + 3 & ~3;
        }
        return unknown;
    }

    /** Decodes a service header's key; MD type 2 has no field, only its presence is kept. */
    static long nsh(ByteBuffer b, int start, int length, long[] w) {
        int limit = start + length;
        long seen = 0;
        long unknown = 0;
        for (int at = start; at < limit; ) {
            int total = total(b, at, limit);
            int type = b.getShort(at + AttributeHeader.TYPE_OFFSET) & AttributeHeader.TYPE_MASK;
            int p = at + AttributeHeader.LENGTH;
            int size = total - AttributeHeader.LENGTH;
            if (type == NSH_BASE) {
                unknown |= sized(type, size, 8, p);
                w[W_NSH] = be64(b, p);
            } else if (type == NSH_MD1) {
                unknown |= sized(type, size, 16, p);
                w[W_NSH_C1] = be64(b, p);
                w[W_NSH_C3] = be64(b, p + 8);
            } else {
                unknown = FlowKey.CARRIES_UNKNOWN;
            }
            if (type >= NSH_BASE && type <= NSH_MD2) {
                if ((seen & bit(type)) != 0) {
                    throw new NetlinkFormatException("NSH attribute " + type + " twice", at);
                }
                seen |= bit(type);
            }
            at += total + 3 & ~3;
        }
        w[FlowKey.NESTED_ATTRIBUTES] |= seen << FlowKey.NSH_ATTRIBUTES_SHIFT;
        return unknown;
    }

    /** The length of the attribute at {@code at}, header included, checked against the run. */
    private static int total(ByteBuffer b, int at, int limit) {
        int left = limit - at;
        if (left < AttributeHeader.LENGTH) {
            throw new NetlinkFormatException(left + " bytes left, no attribute fits", at);
        }
        int total = b.getShort(at) & 0xffff;
        if (total < AttributeHeader.LENGTH || total > left) {
            throw new NetlinkFormatException(
                    "attribute length " + total + " is not within 4 to " + left, at);
        }
        return total;
    }
}
