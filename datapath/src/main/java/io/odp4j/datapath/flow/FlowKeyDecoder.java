package io.odp4j.datapath.flow;

import static io.odp4j.datapath.flow.AttributeBits.CT_LABELS;
import static io.odp4j.datapath.flow.AttributeBits.CT_MARK;
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
import static io.odp4j.datapath.flow.AttributeBits.IPV6_EXTHDRS;
import static io.odp4j.datapath.flow.AttributeBits.LITTLE;
import static io.odp4j.datapath.flow.AttributeBits.NSH;
import static io.odp4j.datapath.flow.AttributeBits.PRIORITY;
import static io.odp4j.datapath.flow.AttributeBits.RECIRC_ID;
import static io.odp4j.datapath.flow.AttributeBits.SCTP;
import static io.odp4j.datapath.flow.AttributeBits.SKB_MARK;
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
import static io.odp4j.datapath.flow.AttributeBits.W_RECIRC;
import static io.odp4j.datapath.flow.AttributeBits.W_SRC;
import static io.odp4j.datapath.flow.AttributeBits.W_TP;
import static io.odp4j.datapath.flow.AttributeBits.W_VLAN;
import static io.odp4j.datapath.flow.AttributeBits.be32;
import static io.odp4j.datapath.flow.AttributeBits.be64;
import static io.odp4j.datapath.flow.AttributeBits.bit;
import static io.odp4j.datapath.flow.AttributeBits.header;
import static io.odp4j.datapath.netlink.AttributeReader.be16;
import static io.odp4j.datapath.netlink.AttributeReader.be32;

import io.odp4j.datapath.netlink.AttributeHeader;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import java.nio.ByteBuffer;

/**
 * Key attributes to {@link FlowKey} and {@link FlowMask}, in one pass and without allocation.
 *
 * <p>The attributes are those of {@link KeyAttributes}, as they stand in OVS_PACKET_ATTR_KEY,
 * OVS_FLOW_ATTR_KEY and OVS_FLOW_ATTR_MASK, in any order, with up to two tags of ENCAP, in a buffer
 * of native byte order.
 *
 * <p>What a field of an absent attribute is: 0, which in a mask means wildcarded; except that a key
 * without IN_PORT has {@link FlowKey#PORT_NONE}, and one with ETHERNET but without an innermost
 * ETHERTYPE has {@link FlowKey#DL_TYPE_NONE}, which is how the kernel writes an IEEE 802.2 frame.
 *
 * <p>Attributes that exclude each other (IPV4, IPV6 and ARP; the transports; the two original
 * tuples) share fields: a key with two of them, which no packet has, gets the bits of both.
 *
 * <p>An attribute that no field holds is skipped, and so are the bytes of one that is longer than
 * is known: {@link FlowKey#carriesUnknown()} then says that there was more. {@link
 * NetlinkFormatException} is thrown where a length does not fit its enclosing run or its attribute,
 * and where an attribute stands twice.
 */
public final class FlowKeyDecoder {
    private static final long NO_ENCAP = -1;

    /** All of 1 to 32 but 31, which is the kernel's internal TUNNEL_INFO. */
    private static final long KNOWN = (1L << IPV6_EXTHDRS + 1) - 2 & ~(1L << 31);

    private FlowKeyDecoder() {}

    /** Fills {@code key} from the {@code length} bytes of attributes at {@code offset}. */
    public static void decodeKey(ByteBuffer buffer, int offset, int length, FlowKey key) {
        long[] w = decode(buffer, offset, length, key);
        long carried = w[FlowKey.ATTRIBUTES];
        if ((carried & bit(IN_PORT)) == 0) {
            w[W_RECIRC] |= FlowKey.PORT_NONE & 0xffff_ffffL;
        }
        if ((carried & (bit(ETHERNET) | bit(ETHERTYPE))) == bit(ETHERNET)) {
            w[W_DST] |= FlowKey.DL_TYPE_NONE;
        }
    }

    /**
     * Fills {@code mask} from a mask that the kernel wrote (the answer to a GET or a dump): there,
     * a wildcarded in_port stands as 0xffff0000, because the kernel's port has 16 bits.
     */
    public static void decodeMask(ByteBuffer buffer, int offset, int length, FlowMask mask) {
        long[] w = decode(buffer, offset, length, mask.bits());
        boolean exact = (w[W_RECIRC] & 0xffff) != 0;
        w[W_RECIRC] = w[W_RECIRC] & ~0xffff_ffffL | (exact ? 0xffff_ffffL : 0);
    }

    /**
     * Fills {@code mask} from a mask in a request, as the kernel reads it: in_port and the
     * innermost Ethernet type are exact if they are there with any bit set, and the VLAN TCIs are
     * exact unless they are there.
     */
    public static void decodeRequestMask(ByteBuffer buffer, int offset, int length, FlowMask mask) {
        long[] w = decode(buffer, offset, length, mask.bits());
        if ((w[W_RECIRC] & 0xffff_ffffL) != 0) {
            w[W_RECIRC] |= 0xffff_ffffL;
        }
        if ((w[W_DST] & 0xffff) != 0) {
            w[W_DST] |= 0xffff;
        }
        if ((w[FlowKey.ATTRIBUTES] & bit(VLAN)) == 0) {
            w[W_VLAN] |= 0xffffL << 32;
        }
        if ((w[FlowKey.ATTRIBUTES] & FlowKey.CARRIES_CVLAN) == 0) {
            w[W_VLAN] |= 0xffff;
        }
    }

    private static long[] decode(ByteBuffer buffer, int offset, int length, FlowKey key) {
        if (offset < 0 || length < 0 || length > buffer.limit() - offset) {
            throw new NetlinkFormatException("a key of " + length + " bytes is cut", offset);
        }
        long[] w = key.clear().words();
        int limit = offset + length;
        long encap = level(buffer, KernelOrder.decode(buffer, offset, limit, w), limit, w);
        if ((w[FlowKey.ATTRIBUTES] & (bit(VLAN) | bit(ENCAP))) != 0) {
            tagged(buffer, encap, w);
        }
        return w;
    }

    /**
     * What the outer level of a tagged key said of its tag goes where it belongs, then the levels
     * within follow. A level leaves its TCI in VLAN_TCI and its Ethernet type in DL_TYPE.
     */
    private static void tagged(ByteBuffer buffer, long encap, long[] w) {
        long tags = takeTag(w, FlowKey.CARRIES_VLAN_TYPE) << 32;
        long outer = w[FlowKey.ATTRIBUTES] & (bit(VLAN) | bit(ENCAP));
        w[FlowKey.ATTRIBUTES] &= ~outer;
        long inner = encap == NO_ENCAP ? NO_ENCAP : level(buffer, encap, w);
        long carried = w[FlowKey.ATTRIBUTES] & (bit(VLAN) | bit(ENCAP));
        if (carried != 0) {
            tags |= takeTag(w, FlowKey.CARRIES_CVLAN_TYPE);
            w[FlowKey.ATTRIBUTES] &= ~carried;
            outer |= (carried & bit(VLAN)) != 0 ? FlowKey.CARRIES_CVLAN : 0;
            outer |= (carried & bit(ENCAP)) != 0 ? FlowKey.CARRIES_CVLAN_ENCAP : 0;
            if (inner != NO_ENCAP) {
                level(buffer, inner, w);
                // The kernel tells of two tags at most; a third would have no field.
                long third = w[FlowKey.ATTRIBUTES] & (bit(VLAN) | bit(ENCAP));
                w[FlowKey.ATTRIBUTES] &= ~third;
                outer |= third != 0 ? FlowKey.CARRIES_UNKNOWN : 0;
            }
        }
        w[W_VLAN] = tags;
        w[FlowKey.ATTRIBUTES] |= outer;
    }

    /** Takes TPID and TCI of the level just read, in the lower half of the result. */
    private static long takeTag(long[] w, long typeBit) {
        long tag = (w[W_DST] & 0xffff) << 16 | w[W_VLAN] >>> 32 & 0xffff;
        w[W_DST] &= ~0xffffL;
        w[W_VLAN] = 0;
        if ((w[FlowKey.ATTRIBUTES] & bit(ETHERTYPE)) != 0) {
            w[FlowKey.ATTRIBUTES] = w[FlowKey.ATTRIBUTES] & ~bit(ETHERTYPE) | typeBit;
        }
        return tag;
    }

    private static long level(ByteBuffer buffer, long run, long[] w) {
        int start = (int) (run >>> 32);
        return level(buffer, start, start + (int) run, w);
    }

    /** Reads one run of attributes; returns where its ENCAP is, as offset and length. */
    private static long level(ByteBuffer b, int start, int limit, long[] w) {
        long encap = NO_ENCAP;
        long carried = w[FlowKey.ATTRIBUTES];
        int at = start;
        while (at < limit) {
            int left = limit - at;
            if (left < AttributeHeader.LENGTH) {
                throw new NetlinkFormatException(left + " bytes left, no attribute fits", at);
            }
            int header = b.getInt(at);
            int total = LITTLE ? header & 0xffff : header >>> 16;
            int type = (LITTLE ? header >>> 16 : header) & AttributeHeader.TYPE_MASK;
            if (total < AttributeHeader.LENGTH || total > left) {
                throw new NetlinkFormatException(
                        "attribute length " + total + " is not within 4 to " + left, at);
            }
            long known = type <= IPV6_EXTHDRS ? bit(type) & KNOWN : 0;
            if ((carried & known) != 0) {
                throw new NetlinkFormatException("key attribute " + type + " twice", at);
            }
            carried |= known;
            int p = at + AttributeHeader.LENGTH;
            int size = total - AttributeHeader.LENGTH;
            switch (type) {
                case RECIRC_ID -> {
                    exact(type, size, 4, p);
                    w[W_RECIRC] |= (long) b.getInt(p) << 32;
                }
                case IN_PORT -> {
                    exact(type, size, 4, p);
                    w[W_RECIRC] |= b.getInt(p) & 0xffff_ffffL;
                }
                case DP_HASH -> {
                    exact(type, size, 4, p);
                    w[W_HASH] |= (long) b.getInt(p) << 32;
                }
                case PRIORITY -> {
                    exact(type, size, 4, p);
                    w[W_HASH] |= b.getInt(p) & 0xffff_ffffL;
                }
                case SKB_MARK -> {
                    exact(type, size, 4, p);
                    w[W_MARK] |= (long) b.getInt(p) << 32;
                }
                case CT_MARK -> {
                    exact(type, size, 4, p);
                    w[W_MARK] |= b.getInt(p) & 0xffff_ffffL;
                }
                case CT_STATE -> {
                    exact(type, size, 4, p);
                    w[W_CT] |= (long) b.getInt(p) << 32;
                }
                case CT_ZONE -> {
                    exact(type, size, 2, p);
                    w[W_CT] |= (b.getShort(p) & 0xffffL) << 16;
                }
                case CT_LABELS -> {
                    exact(type, size, 16, p);
                    w[W_CT_LABEL] = b.getLong(LITTLE ? p + 8 : p);
                    w[W_CT_LABEL + 1] = b.getLong(LITTLE ? p : p + 8);
                }
                case ETHERNET -> {
                    carried |= sized(type, size, 12, p);
                    w[W_SRC] |= be64(b, p) & ~0xffffL;
                    w[W_DST] |= be64(b, p + 4) << 16;
                }
                case VLAN -> {
                    exact(type, size, 2, p);
                    w[W_VLAN] |= (long) be16(b, p) << 32;
                }
                case ENCAP -> encap = (long) p << 32 | size;
                case ETHERTYPE -> {
                    exact(type, size, 2, p);
                    w[W_DST] |= be16(b, p);
                }
                case IPV4 -> {
                    carried |= sized(type, size, 12, p);
                    w[W_IPV4] |= be64(b, p);
                    long rest = be32(b, p + 8) & 0xffff_ffffL;
                    w[W_SRC] |= rest >>> 16 & 0xff00 | rest & 0xff;
                    w[W_TP] |= rest >>> 8 & 0xffff;
                }
                case TCP, UDP, SCTP -> {
                    carried |= sized(type, size, 4, p);
                    w[W_TP] |= (long) be32(b, p) << 32;
                }
                case TCP_FLAGS -> {
                    exact(type, size, 2, p);
                    w[W_TP] |= (long) be16(b, p) << 16;
                }
                default -> carried |= rare(b, type, p, size, w);
            }
            at += total + 3 & ~3;
        }
        w[FlowKey.ATTRIBUTES] = carried;
        return encap;
    }

    /** The attributes that most upcalls do not have; returns further bits of ATTRIBUTES. */
    private static long rare(ByteBuffer b, int type, int p, int size, long[] w) {
        return switch (type) {
            case ICMP, ICMPV6 -> {
                long longer = sized(type, size, 2, p);
                w[W_TP] |= (b.get(p) & 0xffL) << 48 | (b.get(p + 1) & 0xffL) << 32;
                yield longer;
            }
            case TUNNEL -> NestedKeyDecoder.tunnel(b, p, size, w);
            case NSH -> NestedKeyDecoder.nsh(b, p, size, w);
            default -> RareKeyDecoder.decode(b, type, p, size, w);
        };
    }

    /** Throws unless a number has its size. */
    static void exact(int type, int size, int needed, int offset) {
        if (size != needed) {
            throw badSize(type, size, needed, offset);
        }
    }

    /**
     * Throws if a structure is shorter than it must be; returns {@link FlowKey#CARRIES_UNKNOWN} if
     * it is longer.
     */
    static long sized(int type, int size, int needed, int offset) {
        if (size < needed) {
            throw badSize(type, size, needed, offset);
        }
        return size == needed ? 0 : FlowKey.CARRIES_UNKNOWN;
    }

    private static NetlinkFormatException badSize(int type, int size, int needed, int offset) {
        return new NetlinkFormatException(
                "attribute " + type + " has " + size + " bytes, not " + needed, offset);
    }
}
