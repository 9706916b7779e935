package io.odp4j.datapath.flow;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.BE32;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.AttributeType;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;

/**
 * The attributes of a flow key, {@code enum ovs_key_attr} of {@code linux/openvswitch.h}. Numbers
 * 29 and 30 are Open vSwitch's userspace alone; 32 is the kernel's alone.
 */
public final class KeyAttributes {
    public static final StructLayout ETHERNET_STRUCT =
            StructLayout.struct("ovs_key_ethernet")
                    .bytes("eth_src", 6, Display.MAC)
                    .bytes("eth_dst", 6, Display.MAC)
                    .build();
    public static final StructLayout MPLS_STRUCT =
            StructLayout.struct("ovs_key_mpls").number("mpls_lse", BE32, Display.HEX).build();
    public static final StructLayout IPV4_STRUCT =
            StructLayout.struct("ovs_key_ipv4")
                    .number("ipv4_src", BE32, Display.IPV4)
                    .number("ipv4_dst", BE32, Display.IPV4)
                    .number("ipv4_proto", U8)
                    .number("ipv4_tos", U8)
                    .number("ipv4_ttl", U8)
                    .number("ipv4_frag", U8)
                    .build();
    public static final StructLayout IPV6_STRUCT =
            StructLayout.struct("ovs_key_ipv6")
                    .bytes("ipv6_src", 16, Display.IPV6)
                    .bytes("ipv6_dst", 16, Display.IPV6)
                    .number("ipv6_label", BE32, Display.HEX)
                    .number("ipv6_proto", U8)
                    .number("ipv6_tclass", U8)
                    .number("ipv6_hlimit", U8)
                    .number("ipv6_frag", U8)
                    .build();
    public static final StructLayout IPV6_EXTHDRS_STRUCT =
            StructLayout.struct("ovs_key_ipv6_exthdrs").number("hdrs", U16, Display.HEX).build();
    public static final StructLayout TCP_STRUCT = ports("tcp");
    public static final StructLayout UDP_STRUCT = ports("udp");
    public static final StructLayout SCTP_STRUCT = ports("sctp");
    public static final StructLayout ICMP_STRUCT =
            StructLayout.struct("ovs_key_icmp")
                    .number("icmp_type", U8)
                    .number("icmp_code", U8)
                    .build();
    public static final StructLayout ICMPV6_STRUCT =
            StructLayout.struct("ovs_key_icmpv6")
                    .number("icmpv6_type", U8)
                    .number("icmpv6_code", U8)
                    .build();
    public static final StructLayout ARP_STRUCT =
            StructLayout.struct("ovs_key_arp")
                    .number("arp_sip", BE32, Display.IPV4)
                    .number("arp_tip", BE32, Display.IPV4)
                    .number("arp_op", BE16)
                    .bytes("arp_sha", 6, Display.MAC)
                    .bytes("arp_tha", 6, Display.MAC)
                    .skip(2)
                    .build();
    public static final StructLayout ND_STRUCT =
            StructLayout.struct("ovs_key_nd")
                    .bytes("nd_target", 16, Display.IPV6)
                    .bytes("nd_sll", 6, Display.MAC)
                    .bytes("nd_tll", 6, Display.MAC)
                    .build();
    public static final StructLayout ND_EXTENSIONS_STRUCT =
            StructLayout.struct("ovs_key_nd_extensions")
                    .number("nd_reserved", BE32, Display.HEX)
                    .number("nd_options_type", U8)
                    .skip(3)
                    .build();
    public static final StructLayout CT_TUPLE_IPV4_STRUCT =
            StructLayout.struct("ovs_key_ct_tuple_ipv4")
                    .number("ipv4_src", BE32, Display.IPV4)
                    .number("ipv4_dst", BE32, Display.IPV4)
                    .number("src_port", BE16)
                    .number("dst_port", BE16)
                    .number("ipv4_proto", U8)
                    .skip(3)
                    .build();
    public static final StructLayout CT_TUPLE_IPV6_STRUCT =
            StructLayout.struct("ovs_key_ct_tuple_ipv6")
                    .bytes("ipv6_src", 16, Display.IPV6)
                    .bytes("ipv6_dst", 16, Display.IPV6)
                    .number("src_port", BE16)
                    .number("dst_port", BE16)
                    .number("ipv6_proto", U8)
                    .skip(3)
                    .build();

    /** Bits of CT_STATE. */
    public static final ValueNames CT_STATES =
            ValueNames.flags(
                    "OVS_CS_F_",
                    0x01,
                    "new",
                    0x02,
                    "est",
                    0x04,
                    "rel",
                    0x08,
                    "rpl",
                    0x10,
                    "inv",
                    0x20,
                    "trk",
                    0x40,
                    "snat",
                    0x80,
                    "dnat");

    private static final AttributeTable.Builder T =
            AttributeTable.named("ovs_key", "OVS_KEY_ATTR_");

    public static final AttributeSpec ENCAP =
            T.nested(1, "ENCAP", () -> KeyAttributes.TABLE, "What the VLAN tag encapsulates.");
    public static final AttributeSpec PRIORITY =
            T.add(2, "PRIORITY", U32, Display.HEX, "skb->priority.");
    public static final AttributeSpec IN_PORT =
            T.add(3, "IN_PORT", U32, "Port number the packet came in at.");
    public static final AttributeSpec ETHERNET =
            T.struct(4, "ETHERNET", ETHERNET_STRUCT, "Hardware addresses.");
    public static final AttributeSpec VLAN =
            T.add(5, "VLAN", BE16, Display.HEX, "VLAN tag control information; bit 0x1000 set.");
    public static final AttributeSpec ETHERTYPE =
            T.add(6, "ETHERTYPE", BE16, Display.HEX, "Ethernet type; the TPID beside a VLAN.");
    public static final AttributeSpec IPV4 = T.struct(7, "IPV4", IPV4_STRUCT, "IPv4 header.");
    public static final AttributeSpec IPV6 = T.struct(8, "IPV6", IPV6_STRUCT, "IPv6 header.");
    public static final AttributeSpec TCP = T.struct(9, "TCP", TCP_STRUCT, "TCP ports.");
    public static final AttributeSpec UDP = T.struct(10, "UDP", UDP_STRUCT, "UDP ports.");
    public static final AttributeSpec ICMP =
            T.struct(11, "ICMP", ICMP_STRUCT, "ICMP type and code.");
    public static final AttributeSpec ICMPV6 =
            T.struct(12, "ICMPV6", ICMPV6_STRUCT, "ICMPv6 type and code.");
    public static final AttributeSpec ARP = T.struct(13, "ARP", ARP_STRUCT, "ARP or RARP packet.");
    public static final AttributeSpec ND =
            T.struct(14, "ND", ND_STRUCT, "IPv6 neighbour discovery.");
    public static final AttributeSpec SKB_MARK =
            T.add(15, "SKB_MARK", U32, Display.HEX, "skb->mark.");
    public static final AttributeSpec TUNNEL =
            T.nested(
                    16, "TUNNEL", () -> TunnelAttributes.TABLE, "The tunnel it was received from.");
    public static final AttributeSpec SCTP = T.struct(17, "SCTP", SCTP_STRUCT, "SCTP ports.");
    public static final AttributeSpec TCP_FLAGS =
            T.add(18, "TCP_FLAGS", BE16, Display.HEX, "TCP flags, 12 bits.");
    public static final AttributeSpec DP_HASH =
            T.add(19, "DP_HASH", U32, Display.HEX, "Hash computed by the datapath; 0: none.");
    public static final AttributeSpec RECIRC_ID =
            T.add(20, "RECIRC_ID", U32, Display.HEX, "Recirculation id; 0 on the first pass.");
    public static final AttributeSpec MPLS =
            T.structArray(21, "MPLS", MPLS_STRUCT, "Label stack entries, outermost first.");
    public static final AttributeSpec CT_STATE =
            T.add(22, "CT_STATE", U32, CT_STATES, "Connection state.");
    public static final AttributeSpec CT_ZONE = T.add(23, "CT_ZONE", U16, "Connection zone.");
    public static final AttributeSpec CT_MARK =
            T.add(24, "CT_MARK", U32, Display.HEX, "Connection mark.");
    public static final AttributeSpec CT_LABELS =
            T.add(25, "CT_LABELS", AttributeType.BINARY, "Connection label, 16 bytes.");
    public static final AttributeSpec CT_ORIG_TUPLE_IPV4 =
            T.struct(26, "CT_ORIG_TUPLE_IPV4", CT_TUPLE_IPV4_STRUCT, "Original-direction tuple.");
    public static final AttributeSpec CT_ORIG_TUPLE_IPV6 =
            T.struct(27, "CT_ORIG_TUPLE_IPV6", CT_TUPLE_IPV6_STRUCT, "Original-direction tuple.");
    public static final AttributeSpec NSH =
            T.nested(28, "NSH", () -> NshAttributes.TABLE, "Network service header.");
    public static final AttributeSpec PACKET_TYPE =
            T.add(29, "PACKET_TYPE", BE32, Display.HEX, "Name space and type; userspace only.");
    public static final AttributeSpec ND_EXTENSIONS =
            T.struct(30, "ND_EXTENSIONS", ND_EXTENSIONS_STRUCT, "Reserved field and option type.");
    public static final AttributeSpec IPV6_EXTHDRS =
            T.struct(32, "IPV6_EXTHDRS", IPV6_EXTHDRS_STRUCT, "Which extension headers are there.");

    public static final AttributeTable TABLE = T.build();

    private KeyAttributes() {}

    private static StructLayout ports(String protocol) {
        return StructLayout.struct("ovs_key_" + protocol)
                .number(protocol + "_src", BE16)
                .number(protocol + "_dst", BE16)
                .build();
    }
}
