package io.odp4j.datapath.packet;

import io.odp4j.datapath.flow.Protocol;
import java.nio.ByteBuffer;

/**
 * Which IPv6 extension headers there are, and whether they come in the order that RFC 8200
 * recommends: the bits of OVS_KEY_ATTR_IPV6_EXTHDRS, which are OpenFlow's OFPIEH_* ({@code
 * get_ipv6_ext_hdrs} in {@code net/openvswitch/flow.c}).
 */
final class Ipv6HeaderOrder {
    static final int NO_NEXT = 1;
    static final int AUTH = 1 << 2;
    static final int DESTINATION = 1 << 3;
    static final int FRAGMENT = 1 << 4;
    static final int ROUTING = 1 << 5;
    static final int HOP_BY_HOP = 1 << 6;
    static final int REPEATED = 1 << 7;
    static final int OUT_OF_ORDER = 1 << 8;

    /**
     * What an old kernel lets stand before AUTH: it wrote a protocol number where a bit belongs.
     */
    private static final int OLD_BEFORE_AUTH = Protocol.IPV6_FRAGMENT;

    private final int beforeAuth;

    Ipv6HeaderOrder(boolean fragmentBeforeAuth) {
        int common = HOP_BY_HOP | DESTINATION | ROUTING | REPEATED;
        beforeAuth = common | (fragmentBeforeAuth ? FRAGMENT : OLD_BEFORE_AUTH);
    }

    int flags(ByteBuffer b, int start, int end, int first) {
        int flags = 0;
        int destinations = 0;
        int at = start;
        int next = first;
        while (Protocol.isIpv6Extension(next)) {
            int bit;
            int allowed;
            switch (next) {
                case Protocol.IPV6_NONE -> {
                    return flags | NO_NEXT;
                }
                case Protocol.IPV6_AUTH -> {
                    bit = AUTH;
                    allowed = beforeAuth;
                }
                case Protocol.IPV6_FRAGMENT -> {
                    bit = FRAGMENT;
                    allowed = HOP_BY_HOP | DESTINATION | ROUTING | REPEATED;
                }
                case Protocol.IPV6_ROUTING -> {
                    bit = ROUTING;
                    allowed = HOP_BY_HOP | DESTINATION | REPEATED;
                }
                case Protocol.IPV6_HOP_BY_HOP -> {
                    bit = HOP_BY_HOP;
                    allowed = 0;
                }
                default -> {
                    bit = 0;
                    allowed = 0;
                }
            }
            if (bit == 0) {
                flags |= destination(flags, destinations++);
            } else if (bit == HOP_BY_HOP) {
                flags |= (flags & bit) != 0 ? REPEATED : 0;
                flags |= flags == 0 ? HOP_BY_HOP : OUT_OF_ORDER;
            } else {
                flags |= (flags & bit) != 0 ? REPEATED : 0;
                flags |= (flags & ~allowed) != 0 || destinations >= 2 ? OUT_OF_ORDER : 0;
                flags |= bit;
            }
            if (end - at < 2) {
                return flags;
            }
            next = b.get(at) & 0xff;
            // As the kernel does, also for AUTH, whose length is counted in another way.
            at += ((b.get(at + 1) & 0xff) + 1) * 8;
        }
        return flags;
    }

    /** Destination options may stand twice: before a routing header, and last. */
    private static int destination(int flags, int before) {
        if (before == 0) {
            return DESTINATION | ((flags & ~(HOP_BY_HOP | REPEATED)) != 0 ? OUT_OF_ORDER : 0);
        }
        if (before == 1) {
            int allowed = HOP_BY_HOP | DESTINATION | ROUTING | FRAGMENT | AUTH | REPEATED;
            return (flags & ~allowed) != 0 ? OUT_OF_ORDER : 0;
        }
        return REPEATED;
    }
}
