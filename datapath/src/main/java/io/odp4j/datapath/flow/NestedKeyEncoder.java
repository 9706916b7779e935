package io.odp4j.datapath.flow;

import static io.odp4j.datapath.flow.AttributeBits.CT_ORIG_TUPLE_IPV4;
import static io.odp4j.datapath.flow.AttributeBits.CT_ORIG_TUPLE_IPV6;
import static io.odp4j.datapath.flow.AttributeBits.NSH;
import static io.odp4j.datapath.flow.AttributeBits.NSH_BASE;
import static io.odp4j.datapath.flow.AttributeBits.NSH_MD1;
import static io.odp4j.datapath.flow.AttributeBits.TUNNEL;
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
import static io.odp4j.datapath.flow.AttributeBits.TUN_TOS;
import static io.odp4j.datapath.flow.AttributeBits.TUN_TP_DST;
import static io.odp4j.datapath.flow.AttributeBits.TUN_TP_SRC;
import static io.odp4j.datapath.flow.AttributeBits.TUN_TTL;
import static io.odp4j.datapath.flow.AttributeBits.TUN_VXLAN_OPTS;
import static io.odp4j.datapath.flow.AttributeBits.VXLAN_GBP;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_IPV4;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_IPV6_DST;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_IPV6_SRC;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_TP;
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
import static io.odp4j.datapath.flow.AttributeBits.header;
import static io.odp4j.datapath.flow.KeyWriter.be16;
import static io.odp4j.datapath.flow.KeyWriter.u32;

import java.nio.ByteBuffer;

/** Writes the tunnel key, the service header's key and the original tuples of a connection. */
final class NestedKeyEncoder {
    private NestedKeyEncoder() {}

    /** Writes TUNNEL with the attributes that {@code nested} has bits for. */
    static int tunnel(ByteBuffer b, int p, long[] w, long nested, int optionsLength) {
        int at = p + 4;
        if ((nested & bit(TUN_ID)) != 0) {
            b.putInt(at, header(TUN_ID, 8));
            b.putLong(at + 4, be64(w[W_TUN_ID]));
            at += 12;
        }
        if ((nested & bit(TUN_IPV4_INFO_BRIDGE)) != 0) {
            at = flag(b, at, TUN_IPV4_INFO_BRIDGE);
        }
        if ((nested & bit(TUN_IPV4_SRC)) != 0) {
            at = u32(b, at, header(TUN_IPV4_SRC, 4), be32((int) (w[W_TUN_IPV4] >>> 32)));
        }
        if ((nested & bit(TUN_IPV4_DST)) != 0) {
            at = u32(b, at, header(TUN_IPV4_DST, 4), be32((int) w[W_TUN_IPV4]));
        }
        if ((nested & bit(TUN_IPV6_SRC)) != 0) {
            at = ipv6(b, at, TUN_IPV6_SRC, w, W_TUN_IPV6_SRC);
        }
        if ((nested & bit(TUN_IPV6_DST)) != 0) {
            at = ipv6(b, at, TUN_IPV6_DST, w, W_TUN_IPV6_DST);
        }
        long rest = w[W_TUN_TP];
        if ((nested & bit(TUN_TOS)) != 0) {
            at = u8(b, at, TUN_TOS, (int) rest >>> 8);
        }
        if ((nested & bit(TUN_TTL)) != 0) {
            at = u8(b, at, TUN_TTL, (int) rest);
        }
        if ((nested & bit(TUN_DONT_FRAGMENT)) != 0) {
            at = flag(b, at, TUN_DONT_FRAGMENT);
        }
        if ((nested & bit(TUN_CSUM)) != 0) {
            at = flag(b, at, TUN_CSUM);
        }
        if ((nested & bit(TUN_TP_SRC)) != 0) {
            at = be16(b, at, TUN_TP_SRC, (int) (rest >>> 48));
        }
        if ((nested & bit(TUN_TP_DST)) != 0) {
            at = be16(b, at, TUN_TP_DST, (int) (rest >>> 32));
        }
        if ((nested & bit(TUN_OAM)) != 0) {
            at = flag(b, at, TUN_OAM);
        }
        at = options(b, at, w, nested, optionsLength);
        b.putInt(p, header(TUNNEL, at - p - 4));
        return at;
    }

    private static int options(ByteBuffer b, int p, long[] w, long nested, int length) {
        int at = p;
        if ((nested & bit(TUN_GENEVE_OPTS)) != 0) {
            at = bytes(b, at, TUN_GENEVE_OPTS, w, length);
        }
        if ((nested & bit(TUN_VXLAN_OPTS)) != 0) {
            boolean gbp = (nested & FlowKey.CARRIES_GBP) != 0;
            b.putInt(at, header(TUN_VXLAN_OPTS, gbp ? 8 : 0));
            at += 4;
            if (gbp) {
                at = u32(b, at, header(VXLAN_GBP, 4), (int) (w[W_TUN_GBP] >>> 32));
            }
        }
        if ((nested & bit(TUN_ERSPAN_OPTS)) != 0) {
            at = bytes(b, at, TUN_ERSPAN_OPTS, w, length);
        }
        return at;
    }

    /** The options of a key or mask, {@code length} bytes and their padding. */
    private static int bytes(ByteBuffer b, int p, int type, long[] w, int length) {
        b.putInt(p, header(type, length));
        for (int i = 0; i < length + 3 >> 2; i++) {
            long word = w[FlowKey.TUN_OPTS_WORD + (i >> 1)];
            int four = (int) ((i & 1) == 0 ? word >>> 32 : word);
            int beyond = 4 * i + 4 - length;
            b.putInt(p + 4 + 4 * i, be32(beyond > 0 ? four & -1 << 8 * beyond : four));
        }
        return p + 4 + (length + 3 & ~3);
    }

    private static int flag(ByteBuffer b, int p, int type) {
        b.putInt(p, header(type, 0));
        return p + 4;
    }

    private static int u8(ByteBuffer b, int p, int type, int value) {
        return u32(b, p, header(type, 1), be32(value << 24));
    }

    private static int ipv6(ByteBuffer b, int p, int type, long[] w, int word) {
        b.putInt(p, header(type, 16));
        b.putLong(p + 4, be64(w[word]));
        b.putLong(p + 12, be64(w[word + 1]));
        return p + 20;
    }

    /** Writes NSH with the attributes that {@code nested} has bits for. */
    static int nsh(ByteBuffer b, int p, long[] w, long nested) {
        int at = p + 4;
        if ((nested & bit(FlowKey.NSH_ATTRIBUTES_SHIFT + NSH_BASE)) != 0) {
            b.putInt(at, header(NSH_BASE, 8));
            b.putLong(at + 4, be64(w[W_NSH]));
            at += 12;
        }
        if ((nested & bit(FlowKey.NSH_ATTRIBUTES_SHIFT + NSH_MD1)) != 0) {
            b.putInt(at, header(NSH_MD1, 16));
            b.putLong(at + 4, be64(w[W_NSH_C1]));
            b.putLong(at + 12, be64(w[W_NSH_C3]));
            at += 20;
        }
        b.putInt(p, header(NSH, at - p - 4));
        return at;
    }

    /** Writes those of the two original tuples that are carried. */
    static int tuples(ByteBuffer b, int p, long[] w, long carried) {
        int at = p;
        if ((carried & bit(CT_ORIG_TUPLE_IPV4)) != 0) {
            b.putInt(at, header(CT_ORIG_TUPLE_IPV4, 16));
            b.putLong(at + 4, be64(w[W_CT_IPV4]));
            at = tuplePorts(b, at + 12, w);
        }
        if ((carried & bit(CT_ORIG_TUPLE_IPV6)) != 0) {
            b.putInt(at, header(CT_ORIG_TUPLE_IPV6, 40));
            b.putLong(at + 4, be64(w[W_CT_IPV6_SRC]));
            b.putLong(at + 12, be64(w[W_CT_IPV6_SRC + 1]));
            b.putLong(at + 20, be64(w[W_CT_IPV6_DST]));
            b.putLong(at + 28, be64(w[W_CT_IPV6_DST + 1]));
            at = tuplePorts(b, at + 36, w);
        }
        return at;
    }

    private static int tuplePorts(ByteBuffer b, int p, long[] w) {
        b.putInt(p, be32((int) (w[W_CT_TP] >>> 32)));
        b.putInt(p + 4, be32((int) w[W_CT_TP] & 0xff00_0000));
        return p + 8;
    }
}
