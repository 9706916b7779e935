package io.odp4j.datapath.flow;

import static io.odp4j.datapath.flow.AttributeBits.ARP;
import static io.odp4j.datapath.flow.AttributeBits.CT_LABELS;
import static io.odp4j.datapath.flow.AttributeBits.CT_ORIG_TUPLE_IPV4;
import static io.odp4j.datapath.flow.AttributeBits.CT_ORIG_TUPLE_IPV6;
import static io.odp4j.datapath.flow.AttributeBits.ENCAP;
import static io.odp4j.datapath.flow.AttributeBits.ETHERNET;
import static io.odp4j.datapath.flow.AttributeBits.IPV4;
import static io.odp4j.datapath.flow.AttributeBits.IPV6;
import static io.odp4j.datapath.flow.AttributeBits.IPV6_EXTHDRS;
import static io.odp4j.datapath.flow.AttributeBits.MPLS;
import static io.odp4j.datapath.flow.AttributeBits.ND;
import static io.odp4j.datapath.flow.AttributeBits.ND_EXTENSIONS;
import static io.odp4j.datapath.flow.AttributeBits.NSH;
import static io.odp4j.datapath.flow.AttributeBits.NSH_BASE;
import static io.odp4j.datapath.flow.AttributeBits.NSH_MD1;
import static io.odp4j.datapath.flow.AttributeBits.TUNNEL;
import static io.odp4j.datapath.flow.AttributeBits.TUN_CSUM;
import static io.odp4j.datapath.flow.AttributeBits.TUN_DONT_FRAGMENT;
import static io.odp4j.datapath.flow.AttributeBits.TUN_ERSPAN_OPTS;
import static io.odp4j.datapath.flow.AttributeBits.TUN_GENEVE_OPTS;
import static io.odp4j.datapath.flow.AttributeBits.TUN_ID;
import static io.odp4j.datapath.flow.AttributeBits.TUN_IPV4_INFO_BRIDGE;
import static io.odp4j.datapath.flow.AttributeBits.TUN_IPV6_DST;
import static io.odp4j.datapath.flow.AttributeBits.TUN_IPV6_SRC;
import static io.odp4j.datapath.flow.AttributeBits.TUN_OAM;
import static io.odp4j.datapath.flow.AttributeBits.TUN_PAD;
import static io.odp4j.datapath.flow.AttributeBits.TUN_VXLAN_OPTS;
import static io.odp4j.datapath.flow.AttributeBits.bit;

import java.util.Arrays;

/** How long the attributes are that {@link KeyWriter} writes: for when room is short. */
final class KeyLength {
    /** Bytes of an attribute with header and padding, by number; what is nested comes on top. */
    private static final int[] KEY = new int[64];

    private static final int[] TUNNEL_KEY = new int[64];

    static {
        Arrays.fill(KEY, 0, IPV6_EXTHDRS + 1, 8);
        KEY[0] = 0;
        KEY[31] = 0;
        KEY[ENCAP] = 4;
        KEY[ETHERNET] = 16;
        KEY[IPV4] = 16;
        KEY[IPV6] = 44;
        KEY[ARP] = 28;
        KEY[ND] = 32;
        KEY[TUNNEL] = 4;
        KEY[MPLS] = 4;
        KEY[CT_LABELS] = 20;
        KEY[CT_ORIG_TUPLE_IPV4] = 20;
        KEY[CT_ORIG_TUPLE_IPV6] = 44;
        KEY[NSH] = 4;
        KEY[ND_EXTENSIONS] = 12;
        KEY[Long.numberOfTrailingZeros(FlowKey.CARRIES_CVLAN)] = 8;
        KEY[Long.numberOfTrailingZeros(FlowKey.CARRIES_VLAN_TYPE)] = 8;
        KEY[Long.numberOfTrailingZeros(FlowKey.CARRIES_CVLAN_TYPE)] = 8;
        KEY[Long.numberOfTrailingZeros(FlowKey.CARRIES_CVLAN_ENCAP)] = 4;

        Arrays.fill(TUNNEL_KEY, 0, TUN_IPV4_INFO_BRIDGE + 1, 8);
        TUNNEL_KEY[TUN_ID] = 12;
        TUNNEL_KEY[TUN_DONT_FRAGMENT] = 4;
        TUNNEL_KEY[TUN_CSUM] = 4;
        TUNNEL_KEY[TUN_OAM] = 4;
        TUNNEL_KEY[TUN_GENEVE_OPTS] = 4;
        TUNNEL_KEY[TUN_VXLAN_OPTS] = 4;
        TUNNEL_KEY[TUN_IPV6_SRC] = 20;
        TUNNEL_KEY[TUN_IPV6_DST] = 20;
        TUNNEL_KEY[TUN_PAD] = 0;
        TUNNEL_KEY[TUN_ERSPAN_OPTS] = 4;
        TUNNEL_KEY[TUN_IPV4_INFO_BRIDGE] = 4;
    }

    private KeyLength() {}

    static int of(long carried, long nested, int options) {
        int length = sum(KEY, carried);
        if ((carried & bit(TUNNEL)) != 0) {
            length += sum(TUNNEL_KEY, nested & bit(TUN_IPV4_INFO_BRIDGE + 1) - 1);
            boolean gbp = (nested & FlowKey.CARRIES_GBP) != 0;
            length += gbp && (nested & bit(TUN_VXLAN_OPTS)) != 0 ? 8 : 0;
            int padded = options + 3 & ~3;
            length += (nested & bit(TUN_GENEVE_OPTS)) != 0 ? padded : 0;
            length += (nested & bit(TUN_ERSPAN_OPTS)) != 0 ? padded : 0;
        }
        if ((carried & bit(NSH)) != 0) {
            length += (nested & bit(FlowKey.NSH_ATTRIBUTES_SHIFT + NSH_BASE)) != 0 ? 12 : 0;
            length += (nested & bit(FlowKey.NSH_ATTRIBUTES_SHIFT + NSH_MD1)) != 0 ? 20 : 0;
        }
        if ((carried & bit(MPLS)) != 0) {
            length += 4 * Math.min((int) (nested >>> FlowKey.MPLS_COUNT_SHIFT) & 0xf, 3);
        }
        return length;
    }

    private static int sum(int[] lengths, long bits) {
        int length = 0;
        for (long left = bits; left != 0; left &= left - 1) {
            length += lengths[Long.numberOfTrailingZeros(left)];
        }
        return length;
    }
}
