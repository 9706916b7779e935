package io.odp4j.datapath.packet;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.NshAttributes;
import io.odp4j.datapath.netlink.table.AttributeSpec;

/** The words of a {@link FlowKey} that extraction fills, and the attributes that it records. */
final class KeyWords {
    static final int IN_PORT = FlowField.IN_PORT.word();
    static final int DST = FlowField.DL_DST.word();
    static final int SRC = FlowField.DL_SRC.word();
    static final int VLAN = FlowField.VLAN_TCI.word();
    static final int IPV4 = FlowField.NW_SRC.word();
    static final int IPV6_SRC = FlowField.IPV6_SRC.word();
    static final int IPV6_DST = FlowField.IPV6_DST.word();
    static final int TP = FlowField.TP_SRC.word();
    static final int LABEL = FlowField.IPV6_LABEL.word();
    static final int ARP_SHA = FlowField.ARP_SHA.word();
    static final int ARP_THA = FlowField.ARP_THA.word();
    static final int ND_TARGET = FlowField.ND_TARGET.word();
    static final int ND_SLL = FlowField.ND_SLL.word();
    static final int ND_TLL = FlowField.ND_TLL.word();
    static final int MPLS = FlowField.MPLS_LSE0.word();
    static final int NSH = FlowField.NSH_PATH_HDR.word();

    static final long TCI_PRESENT = 0x1000;
    static final int MPLS_BOTTOM = 0x100;
    static final long ARP_ETHERNET_IPV4 = 0x0001_0800_0604L;

    /** DSAP and SSAP 0xaa, any control byte, organisation 0, any type. */
    static final long SNAP = 0xaaaaL << 48;

    static final long SNAP_MASK = 0xffff_00ff_ffffL << 16;

    static final long HAS_IN_PORT = bits(KeyAttributes.IN_PORT);
    static final long METADATA =
            bits(
                    KeyAttributes.RECIRC_ID,
                    KeyAttributes.DP_HASH,
                    KeyAttributes.PRIORITY,
                    KeyAttributes.SKB_MARK,
                    KeyAttributes.CT_STATE,
                    KeyAttributes.CT_ZONE,
                    KeyAttributes.CT_MARK,
                    KeyAttributes.CT_LABELS);
    static final long HAS_ETHERNET = bits(KeyAttributes.ETHERNET);
    static final long HAS_ETHERTYPE = bits(KeyAttributes.ETHERTYPE);
    static final long HAS_TAG =
            bits(KeyAttributes.VLAN, KeyAttributes.ENCAP) | FlowKey.CARRIES_VLAN_TYPE;
    static final long HAS_INNER_TAG =
            FlowKey.CARRIES_CVLAN | FlowKey.CARRIES_CVLAN_ENCAP | FlowKey.CARRIES_CVLAN_TYPE;
    static final long HAS_IPV4 = bits(KeyAttributes.IPV4);
    static final long HAS_IPV6 = bits(KeyAttributes.IPV6, KeyAttributes.IPV6_EXTHDRS);
    static final long HAS_ARP = bits(KeyAttributes.ARP);
    static final long HAS_MPLS = bits(KeyAttributes.MPLS);
    static final long HAS_NSH = bits(KeyAttributes.NSH);
    static final long HAS_TCP = bits(KeyAttributes.TCP, KeyAttributes.TCP_FLAGS);
    static final long HAS_UDP = bits(KeyAttributes.UDP);
    static final long HAS_SCTP = bits(KeyAttributes.SCTP);
    static final long HAS_ICMP = bits(KeyAttributes.ICMP);
    static final long HAS_ICMPV6 = bits(KeyAttributes.ICMPV6);
    static final long HAS_ND = bits(KeyAttributes.ND);
    static final long HAS_NSH_BASE = bits(NshAttributes.BASE) << FlowKey.NSH_ATTRIBUTES_SHIFT;
    static final long HAS_NSH_MD1 = bits(NshAttributes.MD1) << FlowKey.NSH_ATTRIBUTES_SHIFT;

    /** The attributes that stay when a packet is extracted into a key with metadata. */
    static final long NOT_PACKET =
            METADATA
                    | HAS_IN_PORT
                    | bits(
                            KeyAttributes.TUNNEL,
                            KeyAttributes.CT_ORIG_TUPLE_IPV4,
                            KeyAttributes.CT_ORIG_TUPLE_IPV6);

    /** Of the nested ones: the tunnel's. */
    static final long NOT_PACKET_NESTED =
            (1L << FlowKey.NSH_ATTRIBUTES_SHIFT) - 1 | FlowKey.CARRIES_GBP;

    private KeyWords() {}

    private static long bits(AttributeSpec... specs) {
        long bits = 0;
        for (AttributeSpec spec : specs) {
            bits |= 1L << spec.number();
        }
        return bits;
    }
}
