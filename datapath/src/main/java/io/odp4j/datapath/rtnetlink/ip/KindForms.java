package io.odp4j.datapath.rtnetlink.ip;

import java.util.HashMap;
import java.util.Map;

/** The kinds of links whose data {@code ip} writes in words of its own. */
final class KindForms {
    private static final Map<String, DataForm> BY_KIND = new HashMap<>();
    private static final Map<String, DataForm> BY_PORT_KIND =
            Map.of(
                    "bridge", BridgeForms.PORT,
                    "bond", BondForms.PORT,
                    "vrf", DeviceForms.VRF_PORT);

    static {
        BY_KIND.put("vlan", DeviceForms.VLAN);
        BY_KIND.put("vxlan", OverlayForms.VXLAN);
        BY_KIND.put("geneve", OverlayForms.GENEVE);
        BY_KIND.put("gre", TunnelForms.GRE);
        BY_KIND.put("gretap", TunnelForms.GRE);
        BY_KIND.put("erspan", TunnelForms.GRE);
        BY_KIND.put("ip6gre", TunnelForms.IP6_GRE);
        BY_KIND.put("ip6gretap", TunnelForms.IP6_GRE);
        BY_KIND.put("ip6erspan", TunnelForms.IP6_GRE);
        BY_KIND.put("ipip", TunnelForms.IPIP);
        BY_KIND.put("sit", TunnelForms.IPIP);
        BY_KIND.put("ip6tnl", TunnelForms.IP6_TUNNEL);
        BY_KIND.put("vti", TunnelForms.VTI);
        BY_KIND.put("vti6", TunnelForms.VTI);
        BY_KIND.put("bridge", BridgeForms.BRIDGE);
        BY_KIND.put("bond", BondForms.BOND);
        BY_KIND.put("macvlan", DeviceForms.MACVLAN);
        BY_KIND.put("macvtap", DeviceForms.MACVLAN);
        BY_KIND.put("ipvlan", DeviceForms.IPVLAN);
        BY_KIND.put("ipvtap", DeviceForms.IPVLAN);
        BY_KIND.put("vrf", DeviceForms.VRF);
        BY_KIND.put("xfrm", DeviceForms.XFRM);
        BY_KIND.put("tun", DeviceForms.TUN);
    }

    private KindForms() {}

    /** The form of a kind's data; null if it has none. */
    static DataForm of(String kind) {
        return kind == null ? null : BY_KIND.get(kind);
    }

    /** The form of the data of a port of that kind; null if it has none. */
    static DataForm ofPort(String kind) {
        return kind == null ? null : BY_PORT_KIND.get(kind);
    }
}
