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
import static io.odp4j.datapath.flow.AttributeBits.MPLS;
import static io.odp4j.datapath.flow.AttributeBits.ND;
import static io.odp4j.datapath.flow.AttributeBits.ND_EXTENSIONS;
import static io.odp4j.datapath.flow.AttributeBits.NSH;
import static io.odp4j.datapath.flow.AttributeBits.NSH_BASE;
import static io.odp4j.datapath.flow.AttributeBits.NSH_MD1;
import static io.odp4j.datapath.flow.AttributeBits.PACKET_TYPE;
import static io.odp4j.datapath.flow.AttributeBits.PRIORITY;
import static io.odp4j.datapath.flow.AttributeBits.RECIRC_ID;
import static io.odp4j.datapath.flow.AttributeBits.SCTP;
import static io.odp4j.datapath.flow.AttributeBits.SKB_MARK;
import static io.odp4j.datapath.flow.AttributeBits.TCI_PRESENT;
import static io.odp4j.datapath.flow.AttributeBits.TCP;
import static io.odp4j.datapath.flow.AttributeBits.TCP_FLAGS;
import static io.odp4j.datapath.flow.AttributeBits.TUNNEL;
import static io.odp4j.datapath.flow.AttributeBits.TUN_ERSPAN_OPTS;
import static io.odp4j.datapath.flow.AttributeBits.TUN_GENEVE_OPTS;
import static io.odp4j.datapath.flow.AttributeBits.TUN_ID;
import static io.odp4j.datapath.flow.AttributeBits.TUN_IPV4_DST;
import static io.odp4j.datapath.flow.AttributeBits.TUN_IPV4_SRC;
import static io.odp4j.datapath.flow.AttributeBits.TUN_IPV6_DST;
import static io.odp4j.datapath.flow.AttributeBits.TUN_IPV6_SRC;
import static io.odp4j.datapath.flow.AttributeBits.TUN_VXLAN_OPTS;
import static io.odp4j.datapath.flow.AttributeBits.UDP;
import static io.odp4j.datapath.flow.AttributeBits.VLAN;
import static io.odp4j.datapath.flow.AttributeBits.W_ARP_SHA;
import static io.odp4j.datapath.flow.AttributeBits.W_ARP_THA;
import static io.odp4j.datapath.flow.AttributeBits.W_CT;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_IPV4;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_IPV6_DST;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_IPV6_SRC;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_LABEL;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_TP;
import static io.odp4j.datapath.flow.AttributeBits.W_DST;
import static io.odp4j.datapath.flow.AttributeBits.W_HASH;
import static io.odp4j.datapath.flow.AttributeBits.W_IPV4;
import static io.odp4j.datapath.flow.AttributeBits.W_IPV6_DST;
import static io.odp4j.datapath.flow.AttributeBits.W_IPV6_SRC;
import static io.odp4j.datapath.flow.AttributeBits.W_LABEL;
import static io.odp4j.datapath.flow.AttributeBits.W_MARK;
import static io.odp4j.datapath.flow.AttributeBits.W_MPLS;
import static io.odp4j.datapath.flow.AttributeBits.W_ND_RESERVED;
import static io.odp4j.datapath.flow.AttributeBits.W_ND_SLL;
import static io.odp4j.datapath.flow.AttributeBits.W_ND_TARGET;
import static io.odp4j.datapath.flow.AttributeBits.W_ND_TLL;
import static io.odp4j.datapath.flow.AttributeBits.W_NSH;
import static io.odp4j.datapath.flow.AttributeBits.W_NSH_C1;
import static io.odp4j.datapath.flow.AttributeBits.W_NSH_C3;
import static io.odp4j.datapath.flow.AttributeBits.W_RECIRC;
import static io.odp4j.datapath.flow.AttributeBits.W_SRC;
import static io.odp4j.datapath.flow.AttributeBits.W_TP;
import static io.odp4j.datapath.flow.AttributeBits.W_TUN_GBP;
import static io.odp4j.datapath.flow.AttributeBits.W_TUN_ID;
import static io.odp4j.datapath.flow.AttributeBits.W_VLAN;
import static io.odp4j.datapath.flow.AttributeBits.bit;

/**
 * Which attributes a mask is written with, so that the kernel takes it together with its key
 * ({@code match_validate} and its callers in {@code net/openvswitch/flow_netlink.c}). {@link
 * FlowKeyEncoder#encodeMask} lists the rules.
 */
final class MaskPresence {
    private static final long TRANSPORT =
            bit(TCP)
                    | bit(TCP_FLAGS)
                    | bit(UDP)
                    | bit(SCTP)
                    | bit(ICMP)
                    | bit(ICMPV6)
                    | bit(ND)
                    | bit(ND_EXTENSIONS);
    private static final long NEIGHBOUR = bit(ND) | bit(ND_EXTENSIONS);
    private static final long NETWORK =
            bit(IPV4)
                    | bit(IPV6)
                    | bit(IPV6_EXTHDRS)
                    | bit(ARP)
                    | bit(MPLS)
                    | bit(NSH)
                    | bit(CT_ORIG_TUPLE_IPV4)
                    | bit(CT_ORIG_TUPLE_IPV6);
    private static final long OUTER_TAG = bit(VLAN) | bit(ENCAP);
    private static final long INNER_TAG = FlowKey.CARRIES_CVLAN | FlowKey.CARRIES_CVLAN_ENCAP;

    private MaskPresence() {}

    /** The mask's attributes as bits of {@link FlowKey#ATTRIBUTES}. */
    static long carried(long[] k, long[] m) {
        long a = k[FlowKey.ATTRIBUTES];
        long have = bit(RECIRC_ID) | metadata(m) | packet(m);
        if ((a & (bit(ND) | bit(ND_EXTENSIONS) | bit(MPLS) | bit(NSH) | bit(ARP) | bit(IPV6)))
                != 0) {
            have |= rare(m);
        }
        have &= a;
        if ((m[W_RECIRC] & 0xffff_ffffL) != 0) {
            have |= bit(IN_PORT);
        }
        if (KeyPresence.hasTunnel(m) || hasOptions(m)) {
            have |= bit(TUNNEL);
        }
        if ((have & NEIGHBOUR) != 0) {
            have |= bit(ICMPV6);
        }
        if ((have & TRANSPORT) != 0) {
            have |= a & (bit(IPV4) | bit(IPV6));
        }
        if ((have & NETWORK) != 0 || (m[W_DST] & 0xffff) != 0) {
            have |= bit(ETHERTYPE);
        }
        return (a & bit(ENCAP)) == 0 ? have : have | tags(k);
    }

    private static long metadata(long[] m) {
        long have = 0;
        if (m[W_HASH] != 0) {
            have |= m[W_HASH] >>> 32 != 0 ? bit(DP_HASH) : 0;
            have |= (int) m[W_HASH] != 0 ? bit(PRIORITY) : 0;
        }
        if (m[W_MARK] != 0) {
            have |= m[W_MARK] >>> 32 != 0 ? bit(SKB_MARK) : 0;
            have |= (int) m[W_MARK] != 0 ? bit(CT_MARK) : 0;
        }
        if (m[W_CT] != 0) {
            have |= (m[W_CT] >>> 32 & KeyWriter.CT_STATES) != 0 ? bit(CT_STATE) : 0;
            have |= (m[W_CT] >>> 16 & 0xffff) != 0 ? bit(CT_ZONE) : 0;
        }
        if ((m[W_CT_LABEL] | m[W_CT_LABEL + 1]) != 0) {
            have |= bit(CT_LABELS);
        }
        if ((int) m[W_ND_RESERVED] != 0) {
            have |= bit(PACKET_TYPE);
        }
        if ((m[W_CT_IPV4] | m[W_CT_TP]) != 0) {
            have |= bit(CT_ORIG_TUPLE_IPV4);
        }
        if ((m[W_CT_IPV6_SRC]
                        | m[W_CT_IPV6_SRC + 1]
                        | m[W_CT_IPV6_DST]
                        | m[W_CT_IPV6_DST + 1]
                        | m[W_CT_TP])
                != 0) {
            have |= bit(CT_ORIG_TUPLE_IPV6);
        }
        return have;
    }

    private static long packet(long[] m) {
        long have = 0;
        if ((m[W_DST] | m[W_SRC]) >>> 16 != 0) {
            have |= bit(ETHERNET);
        }
        long ip = m[W_SRC] & 0xffff | m[W_TP] & 0xffff;
        if ((ip | m[W_IPV4]) != 0) {
            have |= bit(IPV4);
        }
        if ((ip | m[W_IPV6_SRC] | m[W_IPV6_SRC + 1] | m[W_IPV6_DST] | m[W_IPV6_DST + 1]) != 0
                || m[W_LABEL] >>> 32 != 0) {
            have |= bit(IPV6);
        }
        if (m[W_TP] >>> 32 != 0) {
            have |= bit(TCP) | bit(UDP) | bit(SCTP);
            // Only the lower byte of a port field says anything of a type or code.
            have |= (m[W_TP] >>> 32 & 0x00ff_00ff) != 0 ? bit(ICMP) | bit(ICMPV6) : 0;
        }
        if ((m[W_TP] >>> 16 & 0xffff) != 0) {
            have |= bit(TCP_FLAGS);
        }
        return have;
    }

    private static long rare(long[] m) {
        long have = 0;
        if ((m[W_LABEL] >>> 16 & 0xffff) != 0) {
            have |= bit(IPV6_EXTHDRS);
        }
        if ((m[W_IPV4] | m[W_LABEL] & 0xffff | m[W_ARP_SHA] | m[W_ARP_THA]) != 0) {
            have |= bit(ARP);
        }
        if ((m[W_ND_TARGET] | m[W_ND_TARGET + 1] | (m[W_ND_SLL] | m[W_ND_TLL]) >>> 16) != 0) {
            have |= bit(ND);
        }
        if ((m[W_ND_SLL] & 0xff | m[W_ND_RESERVED] >>> 32) != 0) {
            have |= bit(ND_EXTENSIONS);
        }
        if ((m[W_MPLS] | m[W_MPLS + 1]) != 0) {
            have |= bit(MPLS);
        }
        if ((m[W_NSH] | m[W_NSH_C1] | m[W_NSH_C3]) != 0) {
            have |= bit(NSH);
        }
        return have;
    }

    private static boolean hasOptions(long[] m) {
        long bits = m[W_TUN_GBP] & 0xffff;
        for (int i = FlowKey.TUN_OPTS_WORD; i < FlowKey.WORDS; i++) {
            bits |= m[i];
        }
        return bits != 0;
    }

    /**
     * The tags' attributes. An ENCAP without anything in it counts as absent, and then its VLAN is
     * refused, so the innermost one gets an ETHERTYPE, of zero if the type is not matched.
     */
    private static long tags(long[] k) {
        long a = k[FlowKey.ATTRIBUTES];
        long have = 0;
        if ((a & OUTER_TAG) == OUTER_TAG && (k[W_VLAN] >>> 32 & TCI_PRESENT) != 0) {
            have = OUTER_TAG | FlowKey.CARRIES_VLAN_TYPE | bit(ETHERTYPE);
            if ((a & INNER_TAG) == INNER_TAG && (k[W_VLAN] & TCI_PRESENT) != 0) {
                have |= INNER_TAG | FlowKey.CARRIES_CVLAN_TYPE;
            }
        }
        return have;
    }

    /** The mask's bits of {@link FlowKey#NESTED_ATTRIBUTES}. */
    static long nested(long[] k, long[] m, long carried) {
        long has = k[FlowKey.NESTED_ATTRIBUTES];
        long nested = has & 0xfL << FlowKey.MPLS_COUNT_SHIFT;
        if ((carried & bit(NSH)) != 0) {
            long md1 = bit(FlowKey.NSH_ATTRIBUTES_SHIFT + NSH_MD1);
            nested |= bit(FlowKey.NSH_ATTRIBUTES_SHIFT + NSH_BASE) | has & md1;
        }
        return (carried & bit(TUNNEL)) == 0 ? nested : nested | tunnel(has, m);
    }

    /** The TTL is always there: it alone makes the kernel match whether there is a tunnel. */
    private static long tunnel(long has, long[] m) {
        long ipv4 = bit(TUN_IPV4_SRC) | bit(TUN_IPV4_DST);
        long ipv6 = bit(TUN_IPV6_SRC) | bit(TUN_IPV6_DST);
        long bits = KeyPresence.tunnelFields(m) & ((has & ipv6) == 0 ? ~ipv6 : ~ipv4);
        bits |= m[W_TUN_ID] != 0 ? bit(TUN_ID) : 0;
        if (hasOptions(m)) {
            bits |= has & (bit(TUN_GENEVE_OPTS) | bit(TUN_ERSPAN_OPTS));
        }
        if (m[W_TUN_GBP] >>> 32 != 0) {
            bits |= has & (bit(TUN_VXLAN_OPTS) | FlowKey.CARRIES_GBP);
        }
        return bits;
    }

    /** Where the mask is exact although its words are not. */
    static long forced(long[] m, long carried) {
        long forced = KeyWriter.F_MASK;
        if ((carried & NETWORK) != 0 || (m[W_DST] & 0xffff) != 0) {
            forced |= KeyWriter.F_TYPE;
        }
        if ((carried & TRANSPORT) != 0) {
            forced |= KeyWriter.F_PROTO;
        }
        if ((carried & NEIGHBOUR) != 0) {
            forced |= KeyWriter.F_ICMP_TYPE;
        }
        return forced;
    }
}
