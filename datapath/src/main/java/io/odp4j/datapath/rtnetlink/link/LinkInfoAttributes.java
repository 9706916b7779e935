package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.STRING;

import io.odp4j.datapath.netlink.table.AttributeChoice;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;

/** Kind of a link and what belongs to the kind, {@code IFLA_INFO_*}. */
public final class LinkInfoAttributes {
    public static final AttributeChoice DATA_BY_KIND =
            AttributeChoice.by("kind")
                    .table("vlan", () -> VlanAttributes.TABLE)
                    .table("vxlan", () -> VxlanAttributes.TABLE)
                    .table("geneve", () -> GeneveAttributes.TABLE)
                    .table("gre", () -> GreAttributes.TABLE)
                    .table("gretap", () -> GreAttributes.TABLE)
                    .table("erspan", () -> GreAttributes.TABLE)
                    .table("ip6gre", () -> GreAttributes.TABLE)
                    .table("ip6gretap", () -> GreAttributes.TABLE)
                    .table("ip6erspan", () -> GreAttributes.TABLE)
                    .table("ipip", () -> IpTunnelAttributes.TABLE)
                    .table("sit", () -> IpTunnelAttributes.TABLE)
                    .table("ip6tnl", () -> IpTunnelAttributes.IP6_TABLE)
                    .table("vti", () -> IpTunnelAttributes.VTI_TABLE)
                    .table("vti6", () -> IpTunnelAttributes.VTI_TABLE)
                    .table("veth", () -> VethAttributes.TABLE)
                    .table("bridge", () -> BridgeAttributes.TABLE)
                    .table("tun", () -> TunAttributes.TABLE)
                    .table("macvlan", () -> MacvlanAttributes.TABLE)
                    .table("macvtap", () -> MacvlanAttributes.TABLE)
                    .table("ipvlan", () -> MacvlanAttributes.IPVLAN_TABLE)
                    .table("ipvtap", () -> MacvlanAttributes.IPVLAN_TABLE)
                    .table("bond", () -> BondAttributes.TABLE)
                    .table("vrf", () -> OtherKinds.VRF_TABLE)
                    .table("xfrm", () -> OtherKinds.XFRM_TABLE)
                    .table("bareudp", () -> OtherKinds.BAREUDP_TABLE)
                    .table("ovpn", () -> OtherKinds.OVPN_TABLE);
    public static final AttributeChoice DATA_BY_SLAVE_KIND =
            AttributeChoice.by("slave_kind")
                    .table("bridge", () -> BridgePortAttributes.TABLE)
                    .table("bond", () -> BondAttributes.PORT_TABLE)
                    .table("vrf", () -> OtherKinds.VRF_PORT_TABLE);

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link_info", "IFLA_INFO_");
    public static final AttributeSpec KIND = BUILDER.add(1, "KIND", STRING, "Kind of the link.");
    public static final AttributeSpec DATA =
            BUILDER.chosen(2, "DATA", DATA_BY_KIND, "What belongs to the kind.");
    public static final AttributeSpec XSTATS =
            BUILDER.add(3, "XSTATS", BINARY, "Counters of the kind.");
    public static final AttributeSpec SLAVE_KIND =
            BUILDER.add(4, "SLAVE_KIND", STRING, "Kind of its master.");
    public static final AttributeSpec SLAVE_DATA =
            BUILDER.chosen(
                    5, "SLAVE_DATA", DATA_BY_SLAVE_KIND, "What belongs to a port of that kind.");
    public static final AttributeTable TABLE = BUILDER.build();

    private LinkInfoAttributes() {}
}
