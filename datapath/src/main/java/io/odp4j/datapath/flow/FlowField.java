package io.odp4j.datapath.flow;

import java.util.Locale;

/**
 * The fields of a {@link FlowKey}: where each lies in the key's words.
 *
 * <p>A word is 64 bits; shift 0 is its least significant bit. Every field holds a <em>number</em>:
 * what the wire has in network byte order is turned round once, while decoding, so that the most
 * significant bits of an address are its prefix. A field of 128 bits takes two whole words, the
 * more significant half first; {@link #TUN_OPTS} takes {@link FlowKey#TUN_OPTS_WORDS}, its first
 * byte the most significant of the first word.
 *
 * <p>Names follow ovs-fields(7) where it has one.
 */
public enum FlowField {
    RECIRC_ID(0, 32, 32),
    IN_PORT(0, 0, 32),
    DP_HASH(1, 32, 32),
    SKB_PRIORITY(1, 0, 32),
    SKB_MARK(2, 32, 32),
    CT_MARK(2, 0, 32),
    CT_STATE(3, 32, 32),
    CT_ZONE(3, 16, 16),
    DL_DST(4, 16, 48),
    DL_TYPE(4, 0, 16),
    DL_SRC(5, 16, 48),
    NW_PROTO(5, 8, 8),
    /** One of OVS_FRAG_TYPE_*: 0 none, 1 first, 2 later. */
    NW_FRAG(5, 0, 8),
    VLAN_TPID(6, 48, 16),
    VLAN_TCI(6, 32, 16),
    CVLAN_TPID(6, 16, 16),
    CVLAN_TCI(6, 0, 16),
    /** IPv4 source, or the sender's address of an ARP packet. */
    NW_SRC(7, 32, 32),
    /** IPv4 destination, or the target's address of an ARP packet. */
    NW_DST(7, 0, 32),
    IPV6_SRC(8, 0, 128),
    IPV6_DST(10, 0, 128),
    /** TCP, UDP or SCTP source port; ICMP and ICMPv6 type. */
    TP_SRC(12, 48, 16),
    /** TCP, UDP or SCTP destination port; ICMP and ICMPv6 code. */
    TP_DST(12, 32, 16),
    TCP_FLAGS(12, 16, 16),
    NW_TOS(12, 8, 8),
    NW_TTL(12, 0, 8),
    IPV6_LABEL(13, 32, 32),
    IPV6_EXTHDRS(13, 16, 16),
    ARP_OP(13, 0, 16),
    /** Sender's hardware address of an ARP packet. */
    ARP_SHA(14, 16, 48),
    /** Target's hardware address of an ARP packet. */
    ARP_THA(15, 16, 48),
    ND_TARGET(16, 0, 128),
    /** Source link-layer address option of a neighbour solicitation. */
    ND_SLL(18, 16, 48),
    ND_OPTIONS_TYPE(18, 0, 8),
    /** Target link-layer address option of a neighbour advertisement. */
    ND_TLL(19, 16, 48),
    ND_RESERVED(20, 32, 32),
    PACKET_TYPE(20, 0, 32),
    /** Label stack entries as on the wire: label 20, tc 3, bottom of stack 1, ttl 8 bits. */
    MPLS_LSE0(21, 32, 32),
    MPLS_LSE1(21, 0, 32),
    MPLS_LSE2(22, 32, 32),
    /**
     * Connection label; on the wire it is a 128-bit number in host byte order, as Open vSwitch
     * reads it.
     */
    CT_LABEL(23, 0, 128),
    CT_NW_SRC(25, 32, 32),
    CT_NW_DST(25, 0, 32),
    CT_IPV6_SRC(26, 0, 128),
    CT_IPV6_DST(28, 0, 128),
    CT_TP_SRC(30, 48, 16),
    CT_TP_DST(30, 32, 16),
    CT_NW_PROTO(30, 24, 8),
    NSH_FLAGS(31, 56, 8),
    NSH_TTL(31, 48, 8),
    NSH_MDTYPE(31, 40, 8),
    NSH_NP(31, 32, 8),
    /** Service path id 24 bits, service index 8 bits. */
    NSH_PATH_HDR(31, 0, 32),
    NSH_C1(32, 32, 32),
    NSH_C2(32, 0, 32),
    NSH_C3(33, 32, 32),
    NSH_C4(33, 0, 32),
    TUN_ID(34, 0, 64),
    TUN_SRC(35, 32, 32),
    TUN_DST(35, 0, 32),
    TUN_IPV6_SRC(36, 0, 128),
    TUN_IPV6_DST(38, 0, 128),
    TUN_TP_SRC(40, 48, 16),
    TUN_TP_DST(40, 32, 16),
    /** Bits TUN_F_* of {@link FlowKey}. */
    TUN_FLAGS(40, 16, 16),
    TUN_TOS(40, 8, 8),
    TUN_TTL(40, 0, 8),
    /** VXLAN group-based policy word. */
    TUN_GBP(41, 32, 32),
    /** Bytes used of {@link #TUN_OPTS}. */
    TUN_OPTS_LEN(41, 0, 16),
    /** Geneve options, or ERSPAN metadata, as on the wire. */
    TUN_OPTS(44, 0, 2048);

    private final int word;
    private final int shift;
    private final int bits;
    private final long mask;

    FlowField(int word, int shift, int bits) {
        this.word = word;
        this.shift = shift;
        this.bits = bits;
        this.mask = bits >= 64 ? -1L : ((1L << bits) - 1) << shift;
    }

    /** The key's word in which the field, or its most significant part, lies. */
    public int word() {
        return word;
    }

    /** How far the field's least significant bit lies from its word's. */
    public int shift() {
        return shift;
    }

    public int bits() {
        return bits;
    }

    /** How many whole words the field takes, 1 if it shares one. */
    public int words() {
        return (bits + 63) / 64;
    }

    /** The field's bits within its word; all of them for a field of whole words. */
    public long wordMask() {
        return mask;
    }

    /** The field's value, or its most significant 64 bits. */
    public long get(long[] words) {
        return (words[word] & mask) >>> shift;
    }

    /** Sets a field of up to 64 bits; bits of the value beyond the field are dropped. */
    public void set(long[] words, long value) {
        words[word] = words[word] & ~mask | value << shift & mask;
    }

    /** Sets a field of 128 bits. */
    public void set(long[] words, long high, long low) {
        words[word] = high;
        words[word + 1] = low;
    }

    /** The name in lower case: {@code dl_src}. */
    public String fieldName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
