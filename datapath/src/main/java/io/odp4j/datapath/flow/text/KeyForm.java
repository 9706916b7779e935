package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.StructLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The text form of a key attribute that is a structure: its name and, per field, the name in text,
 * how the value is written, and where it lies in the payload.
 */
final class KeyForm {
    /** How a field is written. */
    enum Kind {
        U8,
        U16,
        BE16,
        BE32,
        ETHERNET,
        IPV4,
        IPV6,
        /** 20 bits. */
        LABEL,
        /** no, first or later. */
        FRAG,
        VID,
        PCP,
        CFI
    }

    record Field(String name, Kind kind, int offset) {}

    static final KeyForm ETHERNET =
            of("eth(", KeyAttributes.ETHERNET, KeyAttributes.ETHERNET_STRUCT)
                    .field("src=", Kind.ETHERNET, "eth_src")
                    .field("dst=", Kind.ETHERNET, "eth_dst");
    static final KeyForm IPV4 =
            of("ipv4(", KeyAttributes.IPV4, KeyAttributes.IPV4_STRUCT)
                    .field("src=", Kind.IPV4, "ipv4_src")
                    .field("dst=", Kind.IPV4, "ipv4_dst")
                    .field("proto=", Kind.U8, "ipv4_proto")
                    .field("tos=", Kind.U8, "ipv4_tos")
                    .field("ttl=", Kind.U8, "ipv4_ttl")
                    .field("frag=", Kind.FRAG, "ipv4_frag");
    static final KeyForm IPV6 =
            of("ipv6(", KeyAttributes.IPV6, KeyAttributes.IPV6_STRUCT)
                    .field("src=", Kind.IPV6, "ipv6_src")
                    .field("dst=", Kind.IPV6, "ipv6_dst")
                    .field("label=", Kind.LABEL, "ipv6_label")
                    .field("proto=", Kind.U8, "ipv6_proto")
                    .field("tclass=", Kind.U8, "ipv6_tclass")
                    .field("hlimit=", Kind.U8, "ipv6_hlimit")
                    .field("frag=", Kind.FRAG, "ipv6_frag");
    static final KeyForm IPV6_EXTHDRS =
            of("ipv6_exthdrs(", KeyAttributes.IPV6_EXTHDRS, KeyAttributes.IPV6_EXTHDRS_STRUCT)
                    .field("hdrs=", Kind.U16, "hdrs");
    static final KeyForm TCP =
            of("tcp(", KeyAttributes.TCP, KeyAttributes.TCP_STRUCT)
                    .field("src=", Kind.BE16, "tcp_src")
                    .field("dst=", Kind.BE16, "tcp_dst");
    static final KeyForm UDP =
            of("udp(", KeyAttributes.UDP, KeyAttributes.UDP_STRUCT)
                    .field("src=", Kind.BE16, "udp_src")
                    .field("dst=", Kind.BE16, "udp_dst");
    static final KeyForm SCTP =
            of("sctp(", KeyAttributes.SCTP, KeyAttributes.SCTP_STRUCT)
                    .field("src=", Kind.BE16, "sctp_src")
                    .field("dst=", Kind.BE16, "sctp_dst");
    static final KeyForm ICMP =
            of("icmp(", KeyAttributes.ICMP, KeyAttributes.ICMP_STRUCT)
                    .field("type=", Kind.U8, "icmp_type")
                    .field("code=", Kind.U8, "icmp_code");
    static final KeyForm ICMPV6 =
            of("icmpv6(", KeyAttributes.ICMPV6, KeyAttributes.ICMPV6_STRUCT)
                    .field("type=", Kind.U8, "icmpv6_type")
                    .field("code=", Kind.U8, "icmpv6_code");
    static final KeyForm ARP =
            of("arp(", KeyAttributes.ARP, KeyAttributes.ARP_STRUCT)
                    .field("sip=", Kind.IPV4, "arp_sip")
                    .field("tip=", Kind.IPV4, "arp_tip")
                    .field("op=", Kind.BE16, "arp_op")
                    .field("sha=", Kind.ETHERNET, "arp_sha")
                    .field("tha=", Kind.ETHERNET, "arp_tha");
    static final KeyForm ND =
            of("nd(", KeyAttributes.ND, KeyAttributes.ND_STRUCT)
                    .field("target=", Kind.IPV6, "nd_target")
                    .field("sll=", Kind.ETHERNET, "nd_sll")
                    .field("tll=", Kind.ETHERNET, "nd_tll");
    static final KeyForm ND_EXTENSIONS =
            of("nd_ext(", KeyAttributes.ND_EXTENSIONS, KeyAttributes.ND_EXTENSIONS_STRUCT)
                    .field("nd_reserved=", Kind.BE32, "nd_reserved")
                    .field("nd_options_type=", Kind.U8, "nd_options_type");
    static final KeyForm CT_TUPLE4 =
            of("ct_tuple4(", KeyAttributes.CT_ORIG_TUPLE_IPV4, KeyAttributes.CT_TUPLE_IPV4_STRUCT)
                    .field("src=", Kind.IPV4, "ipv4_src")
                    .field("dst=", Kind.IPV4, "ipv4_dst")
                    .field("proto=", Kind.U8, "ipv4_proto")
                    .field("tp_src=", Kind.BE16, "src_port")
                    .field("tp_dst=", Kind.BE16, "dst_port");

    /** Open vSwitch reads tp_src and tp_dst here but prints src_port and dst_port. */
    static final KeyForm CT_TUPLE6 =
            of("ct_tuple6(", KeyAttributes.CT_ORIG_TUPLE_IPV6, KeyAttributes.CT_TUPLE_IPV6_STRUCT)
                    .field("src=", Kind.IPV6, "ipv6_src")
                    .field("dst=", Kind.IPV6, "ipv6_dst")
                    .field("proto=", Kind.U8, "ipv6_proto")
                    .field("tp_src=", Kind.BE16, "src_port")
                    .field("tp_dst=", Kind.BE16, "dst_port")
                    .field("src_port=", Kind.BE16, "src_port")
                    .field("dst_port=", Kind.BE16, "dst_port");

    static final KeyForm PACKET_TYPE =
            new KeyForm("packet_type(", KeyAttributes.PACKET_TYPE, 4)
                    .field("ns=", Kind.BE16, 0)
                    .field("id=", Kind.BE16, 2);
    static final KeyForm VLAN =
            new KeyForm("vlan(", KeyAttributes.VLAN, 2)
                    .field("vid=", Kind.VID, 0)
                    .field("pcp=", Kind.PCP, 0)
                    .field("cfi=", Kind.CFI, 0);

    static final List<KeyForm> ALL =
            List.of(
                    ETHERNET,
                    IPV4,
                    IPV6,
                    IPV6_EXTHDRS,
                    TCP,
                    UDP,
                    SCTP,
                    ICMP,
                    ICMPV6,
                    ARP,
                    ND,
                    ND_EXTENSIONS,
                    CT_TUPLE4,
                    CT_TUPLE6,
                    PACKET_TYPE,
                    VLAN);

    private final String name;
    private final int type;
    private final int length;
    private final StructLayout struct;
    private Field[] fields = {};

    private KeyForm(String name, AttributeSpec spec, int length) {
        this.name = name;
        this.type = spec.number();
        this.length = length;
        this.struct = spec.struct();
    }

    private static KeyForm of(String name, AttributeSpec spec, StructLayout struct) {
        return new KeyForm(name, spec, struct.size());
    }

    private KeyForm field(String text, Kind kind, String member) {
        return field(text, kind, struct.field(member).orElseThrow().offset());
    }

    private KeyForm field(String text, Kind kind, int offset) {
        fields = Arrays.copyOf(fields, fields.length + 1);
        fields[fields.length - 1] = new Field(text, kind, offset);
        return this;
    }

    /** With the opening parenthesis. */
    String name() {
        return name;
    }

    int type() {
        return type;
    }

    int length() {
        return length;
    }

    Field[] fields() {
        return fields;
    }

    /** The fields' names, for an error. */
    List<String> choices() {
        List<String> names = new ArrayList<>();
        for (Field field : fields) {
            names.add(field.name());
        }
        return names;
    }
}
