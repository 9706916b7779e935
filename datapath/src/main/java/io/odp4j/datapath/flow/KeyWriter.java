package io.odp4j.datapath.flow;

import static io.odp4j.datapath.flow.AttributeBits.ARP;
import static io.odp4j.datapath.flow.AttributeBits.CT_LABELS;
import static io.odp4j.datapath.flow.AttributeBits.CT_MARK;
import static io.odp4j.datapath.flow.AttributeBits.CT_ORIG_TUPLE_IPV4;
import static io.odp4j.datapath.flow.AttributeBits.CT_ORIG_TUPLE_IPV6;
import static io.odp4j.datapath.flow.AttributeBits.CT_STATE;
import static io.odp4j.datapath.flow.AttributeBits.CT_ZONE;
import static io.odp4j.datapath.flow.AttributeBits.DP_HASH;
import static io.odp4j.datapath.flow.AttributeBits.ENCAP;
import static io.odp4j.datapath.flow.AttributeBits.ETHERNET;
import static io.odp4j.datapath.flow.AttributeBits.ETHERTYPE;
import static io.odp4j.datapath.flow.AttributeBits.ICMP;
import static io.odp4j.datapath.flow.AttributeBits.ICMPV6;
import static io.odp4j.datapath.flow.AttributeBits.IN_PORT;
import static io.odp4j.datapath.flow.AttributeBits.IPV4;
import static io.odp4j.datapath.flow.AttributeBits.IPV6;
import static io.odp4j.datapath.flow.AttributeBits.IPV6_EXTHDRS;
import static io.odp4j.datapath.flow.AttributeBits.LITTLE;
import static io.odp4j.datapath.flow.AttributeBits.MPLS;
import static io.odp4j.datapath.flow.AttributeBits.ND;
import static io.odp4j.datapath.flow.AttributeBits.ND_EXTENSIONS;
import static io.odp4j.datapath.flow.AttributeBits.NSH;
import static io.odp4j.datapath.flow.AttributeBits.PACKET_TYPE;
import static io.odp4j.datapath.flow.AttributeBits.PRIORITY;
import static io.odp4j.datapath.flow.AttributeBits.RECIRC_ID;
import static io.odp4j.datapath.flow.AttributeBits.SCTP;
import static io.odp4j.datapath.flow.AttributeBits.SKB_MARK;
import static io.odp4j.datapath.flow.AttributeBits.TCI_PRESENT;
import static io.odp4j.datapath.flow.AttributeBits.TCP;
import static io.odp4j.datapath.flow.AttributeBits.TCP_FLAGS;
import static io.odp4j.datapath.flow.AttributeBits.TUNNEL;
import static io.odp4j.datapath.flow.AttributeBits.UDP;
import static io.odp4j.datapath.flow.AttributeBits.VLAN;
import static io.odp4j.datapath.flow.AttributeBits.W_CT;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_LABEL;
import static io.odp4j.datapath.flow.AttributeBits.W_DST;
import static io.odp4j.datapath.flow.AttributeBits.W_HASH;
import static io.odp4j.datapath.flow.AttributeBits.W_IPV4;
import static io.odp4j.datapath.flow.AttributeBits.W_MARK;
import static io.odp4j.datapath.flow.AttributeBits.W_ND_RESERVED;
import static io.odp4j.datapath.flow.AttributeBits.W_RECIRC;
import static io.odp4j.datapath.flow.AttributeBits.W_SRC;
import static io.odp4j.datapath.flow.AttributeBits.W_TP;
import static io.odp4j.datapath.flow.AttributeBits.W_VLAN;
import static io.odp4j.datapath.flow.AttributeBits.be32;
import static io.odp4j.datapath.flow.AttributeBits.be64;
import static io.odp4j.datapath.flow.AttributeBits.bit;
import static io.odp4j.datapath.flow.AttributeBits.header;
import static io.odp4j.datapath.flow.AttributeBits.pair;

import java.nio.ByteBuffer;

/**
 * Writes key attributes in the order in which the kernel writes them. What is written comes from
 * the words of a key or mask, whether it is written from two sets of bits as {@link
 * FlowKey#ATTRIBUTES} and {@link FlowKey#NESTED_ATTRIBUTES} have them.
 *
 * <p>A mask must be exact in places where its words are not; {@code forced} says where, and is 0
 * for a key. The caller has made sure that there is room.
 */
final class KeyWriter {
    /** The mask's metadata and tags follow the rules for masks. */
    static final long F_MASK = 1L << 63;

    /** ORed to the innermost Ethernet type. */
    static final long F_TYPE = 0xffff;

    /** ORed to the last word of IPV4 and IPV6: the protocol is exact. */
    static final long F_PROTO = 0xff00_0000L;

    /** Shifted right by 32, ORed to ICMPV6: the type is exact. */
    static final long F_ICMP_TYPE = 0xff00L << 32;

    /** Connection states that the kernel knows; a mask with more is refused. */
    static final int CT_STATES = 0xff;

    /** Both TPIDs exact, and that there is a tag at all. */
    private static final long MASK_TAGS =
            0xffffL << 48 | (long) TCI_PRESENT << 32 | 0xffffL << 16 | TCI_PRESENT;

    private static final long TUPLES = bit(CT_ORIG_TUPLE_IPV4) | bit(CT_ORIG_TUPLE_IPV6);
    private static final long TAGGED =
            bit(VLAN)
                    | bit(ENCAP)
                    | FlowKey.CARRIES_VLAN_TYPE
                    | FlowKey.CARRIES_CVLAN
                    | FlowKey.CARRIES_CVLAN_TYPE
                    | FlowKey.CARRIES_CVLAN_ENCAP;
    private static final long RARE_NETWORK =
            bit(IPV6) | bit(IPV6_EXTHDRS) | bit(NSH) | bit(ARP) | bit(MPLS);
    private static final long RARE_TRANSPORT =
            bit(SCTP) | bit(ICMP) | bit(ICMPV6) | bit(ND) | bit(ND_EXTENSIONS);

    private KeyWriter() {}

    /** Writes the key's attributes at {@code p}; returns where they end. */
    static int write(
            ByteBuffer b, int p, long[] w, long carried, long nested, int options, long forced) {
        int at = p;
        if ((carried & bit(RECIRC_ID)) != 0) {
            at = u32(b, at, header(RECIRC_ID, 4), (int) (w[W_RECIRC] >>> 32) | exact(forced));
        }
        if ((carried & bit(DP_HASH)) != 0) {
            at = u32(b, at, header(DP_HASH, 4), (int) (w[W_HASH] >>> 32));
        }
        if ((carried & bit(PRIORITY)) != 0) {
            at = u32(b, at, header(PRIORITY, 4), (int) w[W_HASH]);
        }
        if ((carried & bit(TUNNEL)) != 0) {
            at = NestedKeyEncoder.tunnel(b, at, w, nested, options);
        }
        if ((carried & bit(IN_PORT)) != 0) {
            at = u32(b, at, header(IN_PORT, 4), (int) w[W_RECIRC] | exact(forced));
        }
        if ((carried & bit(SKB_MARK)) != 0) {
            at = u32(b, at, header(SKB_MARK, 4), (int) (w[W_MARK] >>> 32));
        }
        at = connection(b, at, w, carried, forced);
        if ((carried & bit(ETHERNET)) != 0) {
            b.putInt(at, header(ETHERNET, 12));
            ethernet(b, at + 4, w);
            at += 16;
        }
        if ((carried & TAGGED) != 0) {
            return tagged(b, at, w, carried, nested, forced);
        }
        return network(b, at, w, carried, nested, forced);
    }

    /** All ones for the metadata of a mask, nothing for a key's. */
    private static int exact(long forced) {
        return (int) (forced >> 63);
    }

    private static int connection(ByteBuffer b, int p, long[] w, long carried, long forced) {
        int at = p;
        if ((carried & bit(CT_STATE)) != 0) {
            at =
                    u32(
                            b,
                            at,
                            header(CT_STATE, 4),
                            (int) (w[W_CT] >>> 32) & (CT_STATES | ~exact(forced)));
        }
        if ((carried & bit(CT_ZONE)) != 0) {
            at = u16(b, at, header(CT_ZONE, 2), (int) (w[W_CT] >>> 16));
        }
        if ((carried & bit(CT_MARK)) != 0) {
            at = u32(b, at, header(CT_MARK, 4), (int) w[W_MARK]);
        }
        if ((carried & bit(CT_LABELS)) != 0) {
            b.putInt(at, header(CT_LABELS, 16));
            b.putLong(at + 4, w[LITTLE ? W_CT_LABEL + 1 : W_CT_LABEL]);
            b.putLong(at + 12, w[LITTLE ? W_CT_LABEL : W_CT_LABEL + 1]);
            at += 20;
        }
        if ((carried & TUPLES) != 0) {
            at = NestedKeyEncoder.tuples(b, at, w, carried);
        }
        if ((carried & bit(PACKET_TYPE)) != 0) {
            at = u32(b, at, header(PACKET_TYPE, 4), be32((int) w[W_ND_RESERVED]));
        }
        return at;
    }

    private static int tagged(
            ByteBuffer b, int p, long[] w, long carried, long nested, long forced) {
        long tags = w[W_VLAN] | (long) exact(forced) & MASK_TAGS;
        int at = p;
        if ((carried & FlowKey.CARRIES_VLAN_TYPE) != 0) {
            at = be16(b, at, ETHERTYPE, (int) (tags >>> 48));
        }
        if ((carried & bit(VLAN)) != 0) {
            at = be16(b, at, VLAN, (int) (tags >>> 32));
        }
        int outer = at;
        if ((carried & bit(ENCAP)) != 0) {
            at += 4;
        }
        if ((carried & FlowKey.CARRIES_CVLAN_TYPE) != 0) {
            at = be16(b, at, ETHERTYPE, (int) (tags >>> 16));
        }
        if ((carried & FlowKey.CARRIES_CVLAN) != 0) {
            at = be16(b, at, VLAN, (int) tags);
        }
        int inner = at;
        if ((carried & FlowKey.CARRIES_CVLAN_ENCAP) != 0) {
            at += 4;
        }
        at = network(b, at, w, carried, nested, forced);
        if ((carried & FlowKey.CARRIES_CVLAN_ENCAP) != 0) {
            b.putInt(inner, header(ENCAP, at - inner - 4));
        }
        if ((carried & bit(ENCAP)) != 0) {
            b.putInt(outer, header(ENCAP, at - outer - 4));
        }
        return at;
    }

    /** The innermost Ethernet type and all that is above it. */
    private static int network(
            ByteBuffer b, int p, long[] w, long carried, long nested, long forced) {
        int at = p;
        if ((carried & bit(ETHERTYPE)) != 0) {
            at = be16(b, at, ETHERTYPE, (int) (w[W_DST] | forced));
        }
        if ((carried & bit(IPV4)) != 0) {
            b.putInt(at, header(IPV4, 12));
            b.putLong(at + 4, be64(w[W_IPV4]));
            b.putInt(at + 12, be32(protoTosTtlFrag(w, forced)));
            at += 16;
        }
        if ((carried & RARE_NETWORK) != 0) {
            at = RareKeyEncoder.network(b, at, w, carried, nested, forced);
        }
        if ((carried & bit(TCP)) != 0) {
            at = u32(b, at, header(TCP, 4), be32((int) (w[W_TP] >>> 32)));
        }
        if ((carried & bit(TCP_FLAGS)) != 0) {
            at = be16(b, at, TCP_FLAGS, (int) (w[W_TP] >>> 16));
        }
        if ((carried & bit(UDP)) != 0) {
            at = u32(b, at, header(UDP, 4), be32((int) (w[W_TP] >>> 32)));
        }
        if ((carried & RARE_TRANSPORT) != 0) {
            at = RareKeyEncoder.transport(b, at, w, carried, forced);
        }
        return at;
    }

    /** The payload of ETHERNET. */
    private static void ethernet(ByteBuffer b, int p, long[] w) {
        long dst = w[W_DST] >>> 16;
        b.putLong(p, be64(w[W_SRC] & ~0xffffL | dst >>> 32));
        b.putInt(p + 8, be32((int) dst));
    }

    /** The four bytes with which IPV4 and IPV6 end. */
    static int protoTosTtlFrag(long[] w, long forced) {
        int protoFrag = (int) w[W_SRC];
        int proto = (protoFrag & 0xff00) << 16 | (int) (forced & F_PROTO);
        return proto | ((int) w[W_TP] & 0xffff) << 8 | protoFrag & 0xff;
    }

    static int u32(ByteBuffer b, int p, int header, int value) {
        b.putLong(p, pair(header, value));
        return p + 8;
    }

    /** A 16-bit number with its padding; what is above 16 bits is dropped. */
    static int u16(ByteBuffer b, int p, int header, int value) {
        return u32(b, p, header, LITTLE ? value & 0xffff : value << 16);
    }

    static int be16(ByteBuffer b, int p, int type, int value) {
        return u32(b, p, header(type, 2), be32(value << 16));
    }
}
