package io.odp4j.datapath.flow.filter;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.Literal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A field by its name in a filter.
 *
 * @param word the key's word that has it, or its more significant half
 * @param shift how far its least significant bit lies from the word's
 * @param bits 128 for two whole words
 * @param guard what a packet must be to have it
 */
record FilterField(String name, int word, int shift, int bits, Kind kind, Expression guard) {
    /** How values are written. */
    enum Kind {
        NUMBER("a number"),
        PORT("a port's name or number"),
        ETHERNET("an Ethernet address"),
        IPV4("an IPv4 address"),
        IPV6("an IPv6 address"),
        TCP_FLAGS("TCP flags, +syn-ack or syn|ack"),
        CT_STATE("states, +trk+est-new or trk|est"),
        FRAGMENT("no, yes, first, later or not_later");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        /** Whether a literal is a value of that kind; a number is one of every kind. */
        boolean takes(Literal literal) {
            return literal.kind() == Literal.Kind.NUMBER || literal.kind().name().equals(name());
        }
    }

    private static final Map<String, FilterField> BY_NAME = new LinkedHashMap<>();

    static {
        add(FlowField.IN_PORT, Kind.PORT, Guard.NONE, "in_port");
        number(FlowField.RECIRC_ID, Guard.NONE, "recirc_id");
        number(FlowField.DP_HASH, Guard.NONE, "dp_hash");
        number(FlowField.SKB_PRIORITY, Guard.NONE, "skb_priority");
        number(FlowField.SKB_MARK, Guard.NONE, "skb_mark", "pkt_mark");
        add(FlowField.CT_STATE, Kind.CT_STATE, Guard.NONE, "ct_state");
        number(FlowField.CT_ZONE, Guard.NONE, "ct_zone");
        number(FlowField.CT_MARK, Guard.NONE, "ct_mark");
        number(FlowField.CT_LABEL, Guard.NONE, "ct_label");
        add(FlowField.DL_SRC, Kind.ETHERNET, Guard.NONE, "dl_src", "eth_src");
        add(FlowField.DL_DST, Kind.ETHERNET, Guard.NONE, "dl_dst", "eth_dst");
        number(FlowField.DL_TYPE, Guard.NONE, "dl_type", "eth_type");
        part(FlowField.VLAN_TCI, 0, 12, Guard.VLAN, "dl_vlan", "vlan_vid");
        part(FlowField.VLAN_TCI, 13, 3, Guard.VLAN, "dl_vlan_pcp", "vlan_pcp");
        number(FlowField.VLAN_TPID, Guard.VLAN, "vlan_tpid");
        part(FlowField.CVLAN_TCI, 0, 12, Guard.CVLAN, "cvlan_vid");
        add(FlowField.NW_SRC, Kind.IPV4, Guard.IPV4, "nw_src", "ip_src");
        add(FlowField.NW_DST, Kind.IPV4, Guard.IPV4, "nw_dst", "ip_dst");
        add(FlowField.IPV6_SRC, Kind.IPV6, Guard.IPV6, "ipv6_src");
        add(FlowField.IPV6_DST, Kind.IPV6, Guard.IPV6, "ipv6_dst");
        number(FlowField.IPV6_LABEL, Guard.IPV6, "ipv6_label");
        number(FlowField.NW_PROTO, Guard.IP, "nw_proto", "ip_proto");
        number(FlowField.NW_TOS, Guard.IP, "nw_tos");
        number(FlowField.NW_TTL, Guard.IP, "nw_ttl");
        add(FlowField.NW_FRAG, Kind.FRAGMENT, Guard.IP, "nw_frag", "ip_frag");
        ports(Guard.PORTS, "tp");
        ports(Guard.all(Guard.TCP, Guard.NOT_LATER), "tcp");
        ports(Guard.all(Guard.UDP, Guard.NOT_LATER), "udp");
        ports(Guard.all(Guard.SCTP, Guard.NOT_LATER), "sctp");
        add(
                FlowField.TCP_FLAGS,
                Kind.TCP_FLAGS,
                Guard.all(Guard.TCP, Guard.NOT_LATER),
                "tcp_flags");
        echo(Guard.all(Guard.ICMP, Guard.NOT_LATER), "icmp");
        echo(Guard.all(Guard.ICMPV6, Guard.NOT_LATER), "icmpv6");
        number(FlowField.ARP_OP, Guard.ANY_ARP, "arp_op");
        add(FlowField.NW_SRC, Kind.IPV4, Guard.ANY_ARP, "arp_spa");
        add(FlowField.NW_DST, Kind.IPV4, Guard.ANY_ARP, "arp_tpa");
        add(FlowField.ARP_SHA, Kind.ETHERNET, Guard.ANY_ARP, "arp_sha");
        add(FlowField.ARP_THA, Kind.ETHERNET, Guard.ANY_ARP, "arp_tha");
        add(FlowField.ND_TARGET, Kind.IPV6, Guard.ND, "nd_target");
        add(FlowField.ND_SLL, Kind.ETHERNET, Guard.ND, "nd_sll");
        add(FlowField.ND_TLL, Kind.ETHERNET, Guard.ND, "nd_tll");
        part(FlowField.MPLS_LSE0, 12, 20, Guard.MPLS, "mpls_label");
        part(FlowField.MPLS_LSE0, 9, 3, Guard.MPLS, "mpls_tc");
        part(FlowField.MPLS_LSE0, 8, 1, Guard.MPLS, "mpls_bos");
        part(FlowField.MPLS_LSE0, 0, 8, Guard.MPLS, "mpls_ttl");
        part(FlowField.NSH_PATH_HDR, 8, 24, Guard.NSH, "nsh_spi");
        part(FlowField.NSH_PATH_HDR, 0, 8, Guard.NSH, "nsh_si");
        number(FlowField.TUN_ID, Guard.TUNNEL, "tun_id", "tunnel_id");
        add(FlowField.TUN_SRC, Kind.IPV4, Guard.TUNNEL, "tun_src");
        add(FlowField.TUN_DST, Kind.IPV4, Guard.TUNNEL, "tun_dst");
        add(FlowField.TUN_IPV6_SRC, Kind.IPV6, Guard.TUNNEL, "tun_ipv6_src");
        add(FlowField.TUN_IPV6_DST, Kind.IPV6, Guard.TUNNEL, "tun_ipv6_dst");
        number(FlowField.TUN_TOS, Guard.TUNNEL, "tun_tos");
        number(FlowField.TUN_TTL, Guard.TUNNEL, "tun_ttl");
        number(FlowField.TUN_TP_SRC, Guard.TUNNEL, "tun_tp_src");
        number(FlowField.TUN_TP_DST, Guard.TUNNEL, "tun_tp_dst");
    }

    /** The field of that name, or null. */
    static FilterField of(String name) {
        return BY_NAME.get(name);
    }

    /** All names. */
    static Iterable<String> names() {
        return BY_NAME.keySet();
    }

    private static void ports(Expression guard, String protocol) {
        number(FlowField.TP_SRC, guard, protocol + "_src");
        number(FlowField.TP_DST, guard, protocol + "_dst");
    }

    private static void echo(Expression guard, String protocol) {
        part(FlowField.TP_SRC, 0, 8, guard, protocol + "_type");
        part(FlowField.TP_DST, 0, 8, guard, protocol + "_code");
    }

    private static void number(FlowField field, Expression guard, String... names) {
        add(field, Kind.NUMBER, guard, names);
    }

    private static void add(FlowField field, Kind kind, Expression guard, String... names) {
        put(field, 0, field.bits(), kind, guard, names);
    }

    /** Some bits of a field. */
    private static void part(
            FlowField field, int shift, int bits, Expression guard, String... names) {
        put(field, shift, bits, Kind.NUMBER, guard, names);
    }

    private static void put(
            FlowField field, int shift, int bits, Kind kind, Expression guard, String... names) {
        for (String name : names) {
            BY_NAME.put(
                    name,
                    new FilterField(name, field.word(), field.shift() + shift, bits, kind, guard));
        }
    }

    /** All bits of the field, as far as they lie in one word. */
    long ones() {
        return bits >= 64 ? -1L : (1L << bits) - 1;
    }

    /** Those bits of it that count have that value. */
    Expression equal(Literal value, Literal mask) {
        if (bits <= 64) {
            return Guard.all(guard, bits(word, shift, value.low(), mask.low()));
        }
        return Guard.all(
                guard,
                bits(word, 0, value.high(), mask.high()),
                bits(word + 1, 0, value.low(), mask.low()));
    }

    private static Expression bits(int word, int shift, long value, long mask) {
        return new Expression.Bits(word, (value & mask) << shift, mask << shift);
    }

    /** The field, of at most 64 bits, is a number from one to another. */
    Expression between(long least, long most) {
        return Guard.all(guard, new Expression.Range(word, shift, ones(), least, most));
    }
}
