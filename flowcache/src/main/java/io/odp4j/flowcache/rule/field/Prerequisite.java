package io.odp4j.flowcache.rule.field;

import io.odp4j.datapath.flow.FlowField;

/** What a match must say before a field means anything; ovs-fields(7), "Prerequisites". */
public enum Prerequisite {
    NONE("nothing"),
    ARP("arp or rarp"),
    IPV4("ip"),
    IPV4_OR_ARP("ip or arp"),
    IPV6("ipv6"),
    IP("ip or ipv6"),
    TCP("tcp or tcp6"),
    UDP("udp or udp6"),
    SCTP("sctp or sctp6"),
    PORTS("tcp, udp or sctp"),
    /** What has ports or a type and a code. */
    TRANSPORT("tcp, udp, sctp or icmp"),
    ICMP("icmp"),
    ICMPV6("icmp6"),
    ND("icmp6 with icmp_type 135 or 136"),
    MPLS("mpls or mplsm"),
    /** A protocol number is one of IP, or an ARP operation. */
    IP_OR_ARP("ip, ipv6 or arp");

    private static final int TYPE_IPV4 = 0x800;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int TYPE_ARP = 0x806;
    private static final int TYPE_RARP = 0x8035;
    private static final int TYPE_MPLS = 0x8847;
    private static final int TYPE_MPLS_MULTICAST = 0x8848;
    private static final int TCP_PROTO = 6;
    private static final int UDP_PROTO = 17;
    private static final int SCTP_PROTO = 132;
    private static final int ICMP_PROTO = 1;
    private static final int ICMPV6_PROTO = 58;
    private static final int ND_SOLICITATION = 135;
    private static final int ND_ADVERTISEMENT = 136;

    private final String text;

    Prerequisite(String text) {
        this.text = text;
    }

    /** What is missing, for a message. */
    public String text() {
        return text;
    }

    /** Whether a match, or a packet with all-ones as mask, is of that kind. */
    public boolean isMet(long[] value) {
        int type = (int) FlowField.DL_TYPE.get(value);
        int proto = (int) FlowField.NW_PROTO.get(value);
        boolean v4 = type == TYPE_IPV4;
        boolean v6 = type == TYPE_IPV6;
        boolean ip = v4 || v6;
        boolean arp = type == TYPE_ARP || type == TYPE_RARP;
        boolean icmp6 = v6 && proto == ICMPV6_PROTO;
        long icmpType = FlowField.TP_SRC.get(value);
        return switch (this) {
            case NONE -> true;
            case ARP -> arp;
            case IPV4 -> v4;
            case IPV4_OR_ARP -> v4 || arp;
            case IPV6 -> v6;
            case IP -> ip;
            case IP_OR_ARP -> ip || arp;
            case TCP -> ip && proto == TCP_PROTO;
            case UDP -> ip && proto == UDP_PROTO;
            case SCTP -> ip && proto == SCTP_PROTO;
            case PORTS -> ip && (proto == TCP_PROTO || proto == UDP_PROTO || proto == SCTP_PROTO);
            case TRANSPORT -> PORTS.isMet(value) || icmp6 || v4 && proto == ICMP_PROTO;
            case ICMP -> v4 && proto == ICMP_PROTO;
            case ICMPV6 -> icmp6;
            case ND -> icmp6 && (icmpType == ND_SOLICITATION || icmpType == ND_ADVERTISEMENT);
            case MPLS -> type == TYPE_MPLS || type == TYPE_MPLS_MULTICAST;
        };
    }
}
