package io.odp4j.datapath.flow;

/**
 * Numbers by which a header says what follows it: Ethernet types (IEEE 802), IP protocols and IPv6
 * extension headers (IANA).
 */
public final class Protocol {
    public static final int ETH_IPV4 = 0x0800;
    public static final int ETH_ARP = 0x0806;
    public static final int ETH_RARP = 0x8035;
    public static final int ETH_VLAN = 0x8100;
    public static final int ETH_IPV6 = 0x86dd;
    public static final int ETH_MPLS = 0x8847;
    public static final int ETH_MPLS_MULTICAST = 0x8848;
    public static final int ETH_QINQ = 0x88a8;
    public static final int ETH_NSH = 0x894f;

    /** The smallest Ethernet type; a smaller number there is the length of an 802.3 frame. */
    public static final int ETH_MIN = 0x0600;

    public static final int IP_ICMP = 1;
    public static final int IP_TCP = 6;
    public static final int IP_UDP = 17;
    public static final int IP_ICMPV6 = 58;
    public static final int IP_SCTP = 132;

    public static final int IPV6_HOP_BY_HOP = 0;
    public static final int IPV6_ROUTING = 43;
    public static final int IPV6_FRAGMENT = 44;
    public static final int IPV6_ESP = 50;
    public static final int IPV6_AUTH = 51;
    public static final int IPV6_NONE = 59;
    public static final int IPV6_DESTINATION = 60;

    /** ICMPv6 types of neighbour discovery (RFC 4861). */
    public static final int NEIGHBOUR_SOLICITATION = 135;

    public static final int NEIGHBOUR_ADVERTISEMENT = 136;

    private Protocol() {}

    /** Whether an Ethernet type is the TPID of a tag that the kernel parses. */
    public static boolean isTag(int type) {
        return type == ETH_VLAN || type == ETH_QINQ;
    }

    /** Whether an IPv6 header is one that the kernel skips on its way to the next; ESP is none. */
    public static boolean isIpv6Extension(int nextHeader) {
        return switch (nextHeader) {
            case IPV6_HOP_BY_HOP,
                    IPV6_ROUTING,
                    IPV6_FRAGMENT,
                    IPV6_AUTH,
                    IPV6_NONE,
                    IPV6_DESTINATION ->
                    true;
            default -> false;
        };
    }
}
