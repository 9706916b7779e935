package io.odp4j.datapath.flow.filter;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What packets are, by the names of protocols: also what one must be to have a field. */
final class Guard {
    private static final int TAG_PRESENT = 0x1000;
    private static final int FRAG_LATER = 2;

    static final Expression NONE = new Expression.All(List.of());
    static final Expression VLAN = bits(FlowField.VLAN_TCI, TAG_PRESENT, TAG_PRESENT);
    static final Expression CVLAN = bits(FlowField.CVLAN_TCI, TAG_PRESENT, TAG_PRESENT);
    static final Expression IPV4 = is(FlowField.DL_TYPE, Protocol.ETH_IPV4);
    static final Expression IPV6 = is(FlowField.DL_TYPE, Protocol.ETH_IPV6);
    static final Expression IP = any(IPV4, IPV6);
    static final Expression ARP = is(FlowField.DL_TYPE, Protocol.ETH_ARP);
    static final Expression RARP = is(FlowField.DL_TYPE, Protocol.ETH_RARP);
    static final Expression ANY_ARP = any(ARP, RARP);
    static final Expression IPV4_OR_ARP = any(IPV4, ARP, RARP);
    static final Expression MPLS =
            any(
                    is(FlowField.DL_TYPE, Protocol.ETH_MPLS),
                    is(FlowField.DL_TYPE, Protocol.ETH_MPLS_MULTICAST));
    static final Expression NSH = is(FlowField.DL_TYPE, Protocol.ETH_NSH);
    static final Expression TCP = all(IP, is(FlowField.NW_PROTO, Protocol.IP_TCP));
    static final Expression UDP = all(IP, is(FlowField.NW_PROTO, Protocol.IP_UDP));
    static final Expression SCTP = all(IP, is(FlowField.NW_PROTO, Protocol.IP_SCTP));
    static final Expression ICMP = all(IPV4, is(FlowField.NW_PROTO, Protocol.IP_ICMP));
    static final Expression ICMPV6 = all(IPV6, is(FlowField.NW_PROTO, Protocol.IP_ICMPV6));
    static final Expression FRAGMENT = all(IP, new Expression.Not(is(FlowField.NW_FRAG, 0)));
    static final Expression NOT_LATER = new Expression.Not(is(FlowField.NW_FRAG, FRAG_LATER));
    static final Expression PORTS = all(any(TCP, UDP, SCTP), NOT_LATER);
    static final Expression TUNNEL =
            new Expression.Not(
                    all(
                            is(FlowField.TUN_SRC, 0),
                            is(FlowField.TUN_DST, 0),
                            words(FlowField.TUN_IPV6_SRC),
                            words(FlowField.TUN_IPV6_DST)));
    static final Expression ND =
            all(
                    ICMPV6,
                    NOT_LATER,
                    any(
                            is(FlowField.TP_SRC, Protocol.NEIGHBOUR_SOLICITATION),
                            is(FlowField.TP_SRC, Protocol.NEIGHBOUR_ADVERTISEMENT)),
                    is(FlowField.TP_DST, 0));

    /** Words of a filter that stand for themselves. */
    static final Map<String, Expression> PROTOCOLS = protocols();

    private Guard() {}

    private static Map<String, Expression> protocols() {
        Map<String, Expression> names = new LinkedHashMap<>();
        names.put("vlan", VLAN);
        names.put("ip", IPV4);
        names.put("ipv6", IPV6);
        names.put("ip6", IPV6);
        names.put("arp", ARP);
        names.put("rarp", RARP);
        names.put("mpls", MPLS);
        names.put("nsh", NSH);
        names.put("tcp", TCP);
        names.put("udp", UDP);
        names.put("sctp", SCTP);
        names.put("tcp6", all(IPV6, TCP));
        names.put("udp6", all(IPV6, UDP));
        names.put("sctp6", all(IPV6, SCTP));
        names.put("icmp", ICMP);
        names.put("icmp6", ICMPV6);
        names.put("icmpv6", ICMPV6);
        names.put("nd", ND);
        names.put("frag", FRAGMENT);
        names.put("tunnel", TUNNEL);
        return names;
    }

    static Expression all(Expression... parts) {
        return new Expression.All(List.of(parts));
    }

    static Expression any(Expression... parts) {
        return new Expression.Any(List.of(parts));
    }

    private static Expression is(FlowField field, long value) {
        return bits(field, value, field.wordMask() >>> field.shift());
    }

    private static Expression bits(FlowField field, long value, long wanted) {
        return new Expression.Bits(field.word(), value << field.shift(), wanted << field.shift());
    }

    /** A field of two words is zero. */
    private static Expression words(FlowField field) {
        return all(
                new Expression.Bits(field.word(), 0, -1),
                new Expression.Bits(field.word() + 1, 0, -1));
    }
}
