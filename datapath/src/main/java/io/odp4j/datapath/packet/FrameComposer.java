package io.odp4j.datapath.packet;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.Protocol;

/**
 * A frame that has a given flow key: the way back from {@link FlowExtractor}, for tools and tests.
 *
 * <p>The frame has the headers that the key's Ethernet type and protocols call for, with right
 * lengths and checksums, and is padded to 60 bytes. What a key says of its way (ports, marks,
 * connection, tunnel) is not in a frame; what no frame can have (a protocol's ports in a later
 * fragment, an ARP operation above 255) is left out.
 */
public final class FrameComposer {
    private static final int SHORTEST = 60;
    private static final int TAG_PRESENT = 0x1000;
    private static final int BOTTOM_OF_STACK = 0x100;
    private static final int SOURCE_ADDRESS = 1;
    private static final int TARGET_ADDRESS = 2;

    private FrameComposer() {}

    /** Composes the frame. */
    public static byte[] compose(FlowKey key) {
        long[] w = key.words();
        FrameBuilder frame =
                FrameBuilder.ethernet(FlowField.DL_DST.get(w), FlowField.DL_SRC.get(w));
        tag(frame, number(FlowField.VLAN_TPID, w), number(FlowField.VLAN_TCI, w));
        tag(frame, number(FlowField.CVLAN_TPID, w), number(FlowField.CVLAN_TCI, w));
        int type = number(FlowField.DL_TYPE, w);
        switch (type) {
            case Protocol.ETH_IPV4 -> ipv4(frame, w);
            case Protocol.ETH_IPV6 -> ipv6(frame, w);
            case Protocol.ETH_ARP, Protocol.ETH_RARP -> arp(frame, type, w);
            case Protocol.ETH_MPLS, Protocol.ETH_MPLS_MULTICAST -> mpls(frame, type, w);
            case Protocol.ETH_NSH -> nsh(frame, w);
            case FlowKey.DL_TYPE_NONE -> frame.llc(0x42, 0x42, 3);
            default -> frame.type(type);
        }
        return frame.padTo(SHORTEST).build();
    }

    private static int number(FlowField field, long[] w) {
        return (int) field.get(w);
    }

    private static void tag(FrameBuilder frame, int tpid, int tci) {
        if ((tci & TAG_PRESENT) != 0) {
            frame.tag(tpid == 0 ? Protocol.ETH_VLAN : tpid, tci & ~TAG_PRESENT);
        }
    }

    private static void arp(FrameBuilder frame, int type, long[] w) {
        // The builder's own type is that of ARP; a type that was set stays.
        frame.type(type)
                .arp(
                        number(FlowField.ARP_OP, w),
                        FlowField.ARP_SHA.get(w),
                        number(FlowField.NW_SRC, w),
                        FlowField.ARP_THA.get(w),
                        number(FlowField.NW_DST, w));
    }

    private static void mpls(FrameBuilder frame, int type, long[] w) {
        frame.type(type);
        FlowField[] entries = {FlowField.MPLS_LSE0, FlowField.MPLS_LSE1, FlowField.MPLS_LSE2};
        int lse = 0;
        for (int i = 0; i < entries.length && (lse & BOTTOM_OF_STACK) == 0; i++) {
            lse = number(entries[i], w);
            entry(frame, lse);
        }
        if ((lse & BOTTOM_OF_STACK) == 0) {
            // A key has the topmost entries; a stack without an end has none.
            entry(frame, BOTTOM_OF_STACK);
        }
    }

    private static void entry(FrameBuilder frame, int lse) {
        frame.payload((byte) (lse >>> 24), (byte) (lse >>> 16), (byte) (lse >>> 8), (byte) lse);
    }

    private static void nsh(FrameBuilder frame, long[] w) {
        frame.nsh(
                number(FlowField.NSH_FLAGS, w),
                number(FlowField.NSH_TTL, w),
                number(FlowField.NSH_NP, w),
                number(FlowField.NSH_PATH_HDR, w),
                number(FlowField.NSH_C1, w),
                number(FlowField.NSH_C2, w),
                number(FlowField.NSH_C3, w),
                number(FlowField.NSH_C4, w));
    }

    private static void ipv4(FrameBuilder frame, long[] w) {
        frame.ipv4(number(FlowField.NW_SRC, w), number(FlowField.NW_DST, w))
                .tos(number(FlowField.NW_TOS, w))
                .ttl(number(FlowField.NW_TTL, w));
        transport(frame, w);
    }

    private static void ipv6(FrameBuilder frame, long[] w) {
        int src = FlowField.IPV6_SRC.word();
        int dst = FlowField.IPV6_DST.word();
        frame.ipv6(w[src], w[src + 1], w[dst], w[dst + 1])
                .tos(number(FlowField.NW_TOS, w))
                .ttl(number(FlowField.NW_TTL, w))
                .flowLabel(number(FlowField.IPV6_LABEL, w) & 0xfffff);
        transport(frame, w);
    }

    private static void transport(FrameBuilder frame, long[] w) {
        int fragment = number(FlowField.NW_FRAG, w);
        int proto = number(FlowField.NW_PROTO, w);
        if (fragment == FlowExtractor.FRAG_LATER) {
            frame.fragment(8, false).proto(proto).payload(8);
            return;
        }
        if (fragment == FlowExtractor.FRAG_FIRST) {
            frame.fragment(0, true);
        }
        int src = number(FlowField.TP_SRC, w);
        int dst = number(FlowField.TP_DST, w);
        switch (proto) {
            case Protocol.IP_TCP -> frame.tcp(src, dst, number(FlowField.TCP_FLAGS, w));
            case Protocol.IP_UDP -> frame.udp(src, dst);
            case Protocol.IP_SCTP -> frame.sctp(src, dst);
            case Protocol.IP_ICMP -> frame.icmp(src, dst);
            case Protocol.IP_ICMPV6 -> icmpv6(frame, src, dst, w);
            default -> frame.proto(proto);
        }
    }

    private static void icmpv6(FrameBuilder frame, int type, int code, long[] w) {
        if (code != 0
                || type != Protocol.NEIGHBOUR_SOLICITATION
                        && type != Protocol.NEIGHBOUR_ADVERTISEMENT) {
            frame.icmpv6(type, code);
            return;
        }
        int target = FlowField.ND_TARGET.word();
        frame.neighbour(type, w[target], w[target + 1]);
        option(frame, SOURCE_ADDRESS, FlowField.ND_SLL.get(w));
        option(frame, TARGET_ADDRESS, FlowField.ND_TLL.get(w));
    }

    private static void option(FrameBuilder frame, int type, long address) {
        if (address != 0) {
            frame.neighbourOption(type, address);
        }
    }
}
