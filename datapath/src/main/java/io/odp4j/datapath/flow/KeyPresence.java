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
import static io.odp4j.datapath.flow.AttributeBits.NSH;
import static io.odp4j.datapath.flow.AttributeBits.NSH_BASE;
import static io.odp4j.datapath.flow.AttributeBits.NSH_MD1;
import static io.odp4j.datapath.flow.AttributeBits.PRIORITY;
import static io.odp4j.datapath.flow.AttributeBits.RECIRC_ID;
import static io.odp4j.datapath.flow.AttributeBits.SCTP;
import static io.odp4j.datapath.flow.AttributeBits.SKB_MARK;
import static io.odp4j.datapath.flow.AttributeBits.TCP;
import static io.odp4j.datapath.flow.AttributeBits.TCP_FLAGS;
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
import static io.odp4j.datapath.flow.AttributeBits.UDP;
import static io.odp4j.datapath.flow.AttributeBits.VLAN;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_TP;
import static io.odp4j.datapath.flow.AttributeBits.W_DST;
import static io.odp4j.datapath.flow.AttributeBits.W_MPLS;
import static io.odp4j.datapath.flow.AttributeBits.W_ND_RESERVED;
import static io.odp4j.datapath.flow.AttributeBits.W_NSH;
import static io.odp4j.datapath.flow.AttributeBits.W_RECIRC;
import static io.odp4j.datapath.flow.AttributeBits.W_SRC;
import static io.odp4j.datapath.flow.AttributeBits.W_TP;
import static io.odp4j.datapath.flow.AttributeBits.W_TUN_GBP;
import static io.odp4j.datapath.flow.AttributeBits.W_TUN_ID;
import static io.odp4j.datapath.flow.AttributeBits.W_TUN_IPV4;
import static io.odp4j.datapath.flow.AttributeBits.W_TUN_IPV6_DST;
import static io.odp4j.datapath.flow.AttributeBits.W_TUN_IPV6_SRC;
import static io.odp4j.datapath.flow.AttributeBits.W_TUN_TP;
import static io.odp4j.datapath.flow.AttributeBits.W_VLAN;
import static io.odp4j.datapath.flow.AttributeBits.bit;

/**
 * Which attributes the kernel sends for a packet with given fields ({@code __ovs_nla_put_key} in
 * {@code net/openvswitch/flow_netlink.c}, as of Linux 6.1): the metadata always, a tunnel and an
 * original tuple if there are any, then what the Ethernet type, the IP protocol and the fragment
 * say.
 */
final class KeyPresence {
    private static final int FRAG_LATER = 2;
    private static final int MPLS_BOTTOM = 1 << 8;

    /** In PACKET_TYPE: a packet without an Ethernet header (OFPHTN_ETHERTYPE). */
    private static final long NAME_SPACE_ETHERTYPE = 1 << 16;

    /** What every key of an upcall has, from the kernel's metadata. */
    static final long METADATA =
            bit(RECIRC_ID)
                    | bit(DP_HASH)
                    | bit(PRIORITY)
                    | bit(SKB_MARK)
                    | bit(CT_STATE)
                    | bit(CT_ZONE)
                    | bit(CT_MARK)
                    | bit(CT_LABELS);

    private KeyPresence() {}

    static void fromContents(long[] w) {
        long carried = METADATA;
        int type = (int) w[W_DST] & 0xffff;
        boolean tagType = Protocol.isTag(type);
        carried |= (int) w[W_RECIRC] != FlowKey.PORT_NONE ? bit(IN_PORT) : 0;
        if ((w[W_CT_TP] >>> 24 & 0xff) != 0) {
            carried |= type == Protocol.ETH_IPV4 ? bit(CT_ORIG_TUPLE_IPV4) : 0;
            carried |= type == Protocol.ETH_IPV6 ? bit(CT_ORIG_TUPLE_IPV6) : 0;
        }
        if ((w[W_ND_RESERVED] & 0xffff_0000L) != NAME_SPACE_ETHERTYPE) {
            carried |= bit(ETHERNET);
            carried |= tags(w[W_VLAN], tagType);
        }
        boolean cut = tagType && (int) w[W_VLAN] == 0;
        carried |= type == FlowKey.DL_TYPE_NONE || type == 0 || cut ? 0 : bit(ETHERTYPE);
        long nested = 0;
        if (hasTunnel(w)) {
            carried |= bit(TUNNEL);
            nested = tunnel(w);
        }
        if (type == Protocol.ETH_NSH) {
            boolean md1 = (w[W_NSH] >>> 40 & 0xff) == 1;
            nested |= bit(FlowKey.NSH_ATTRIBUTES_SHIFT + NSH_BASE);
            nested |= md1 ? bit(FlowKey.NSH_ATTRIBUTES_SHIFT + NSH_MD1) : 0;
        } else if (type == Protocol.ETH_MPLS || type == Protocol.ETH_MPLS_MULTICAST) {
            nested |= (long) labels(w) << FlowKey.MPLS_COUNT_SHIFT;
        }
        w[FlowKey.ATTRIBUTES] = carried | network(w, type);
        w[FlowKey.NESTED_ATTRIBUTES] = nested;
    }

    /** A type that is itself a TPID stands for a tag that is cut off, or for a third one. */
    private static long tags(long tags, boolean tagType) {
        long carried = 0;
        if (tags >>> 32 != 0 || tagType) {
            carried = bit(VLAN) | bit(ENCAP) | FlowKey.CARRIES_VLAN_TYPE;
            if ((int) tags != 0 || tags >>> 32 != 0 && tagType) {
                carried |=
                        FlowKey.CARRIES_CVLAN
                                | FlowKey.CARRIES_CVLAN_ENCAP
                                | FlowKey.CARRIES_CVLAN_TYPE;
            }
        }
        return carried;
    }

    /** What the Ethernet type and what follows it ask for. */
    static long network(long[] w, int type) {
        return switch (type) {
            case Protocol.ETH_IPV4 -> bit(IPV4) | transport(w, false);
            case Protocol.ETH_IPV6 -> bit(IPV6) | bit(IPV6_EXTHDRS) | transport(w, true);
            case Protocol.ETH_ARP, Protocol.ETH_RARP -> bit(ARP);
            case Protocol.ETH_MPLS, Protocol.ETH_MPLS_MULTICAST -> bit(MPLS);
            case Protocol.ETH_NSH -> bit(NSH);
            default -> 0;
        };
    }

    private static long transport(long[] w, boolean ipv6) {
        if ((w[W_SRC] & 0xff) == FRAG_LATER) {
            return 0;
        }
        int proto = (int) (w[W_SRC] >>> 8) & 0xff;
        return switch (proto) {
            case Protocol.IP_TCP -> bit(TCP) | bit(TCP_FLAGS);
            case Protocol.IP_UDP -> bit(UDP);
            case Protocol.IP_SCTP -> bit(SCTP);
            case Protocol.IP_ICMP -> ipv6 ? 0 : bit(ICMP);
            case Protocol.IP_ICMPV6 -> ipv6 ? icmpv6((int) (w[W_TP] >>> 48)) : 0;
            default -> 0;
        };
    }

    static long icmpv6(int type) {
        boolean nd =
                type == Protocol.NEIGHBOUR_SOLICITATION || type == Protocol.NEIGHBOUR_ADVERTISEMENT;
        return bit(ICMPV6) | (nd ? bit(ND) : 0);
    }

    /** The entries up to the bottom of the stack, three at most. */
    private static int labels(long[] w) {
        if ((w[W_MPLS] >>> 32 & MPLS_BOTTOM) != 0) {
            return 1;
        }
        return (w[W_MPLS] & MPLS_BOTTOM) != 0 ? 2 : 3;
    }

    /** Whether any field of a tunnel is set, its options aside. */
    static boolean hasTunnel(long[] w) {
        long bits = 0;
        for (int i = W_TUN_ID; i <= W_TUN_GBP; i++) {
            bits |= w[i];
        }
        return bits != 0;
    }

    private static long tunnel(long[] w) {
        long bits = tunnelFields(w);
        int flags = (int) (w[W_TUN_TP] >>> 16) & 0xffff;
        bits |= (flags & FlowKey.TUN_F_IPV4_INFO_BRIDGE) != 0 ? bit(TUN_IPV4_INFO_BRIDGE) : 0;
        if (optionsLength(w) > 0) {
            // The options are Geneve's unless the key says that they are ERSPAN's.
            boolean erspan = (w[FlowKey.NESTED_ATTRIBUTES] & bit(TUN_ERSPAN_OPTS)) != 0;
            bits |= erspan ? bit(TUN_ERSPAN_OPTS) : bit(TUN_GENEVE_OPTS);
        } else if (w[W_TUN_GBP] >>> 32 != 0) {
            bits |= bit(TUN_VXLAN_OPTS) | FlowKey.CARRIES_GBP;
        }
        return bits;
    }

    /** The tunnel's attributes whose fields are set; the TTL's always, as the kernel does. */
    static long tunnelFields(long[] w) {
        long rest = w[W_TUN_TP];
        int flags = (int) (rest >>> 16) & 0xffff;
        long bits = bit(TUN_TTL);
        bits |= (flags & FlowKey.TUN_F_KEY) != 0 ? bit(TUN_ID) : 0;
        bits |= w[W_TUN_IPV4] >>> 32 != 0 ? bit(TUN_IPV4_SRC) : 0;
        bits |= (int) w[W_TUN_IPV4] != 0 ? bit(TUN_IPV4_DST) : 0;
        bits |= (w[W_TUN_IPV6_SRC] | w[W_TUN_IPV6_SRC + 1]) != 0 ? bit(TUN_IPV6_SRC) : 0;
        bits |= (w[W_TUN_IPV6_DST] | w[W_TUN_IPV6_DST + 1]) != 0 ? bit(TUN_IPV6_DST) : 0;
        bits |= (rest >>> 8 & 0xff) != 0 ? bit(TUN_TOS) : 0;
        bits |= (flags & FlowKey.TUN_F_DONT_FRAGMENT) != 0 ? bit(TUN_DONT_FRAGMENT) : 0;
        bits |= (flags & FlowKey.TUN_F_CSUM) != 0 ? bit(TUN_CSUM) : 0;
        bits |= rest >>> 48 != 0 ? bit(TUN_TP_SRC) : 0;
        bits |= (rest >>> 32 & 0xffff) != 0 ? bit(TUN_TP_DST) : 0;
        bits |= (flags & FlowKey.TUN_F_OAM) != 0 ? bit(TUN_OAM) : 0;
        return bits;
    }

    /** Bytes of the tunnel options that a key says it has, no more than there is room for. */
    static int optionsLength(long[] w) {
        return Math.min((int) w[W_TUN_GBP] & 0xffff, FlowKey.TUN_OPTS_WORDS * 8);
    }
}
