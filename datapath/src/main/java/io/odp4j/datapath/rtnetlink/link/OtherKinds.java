package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.FLAG;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.RtNames;

/** Attributes of kinds of links with few of their own: VRF, XFRM, bare UDP, OpenVPN. */
public final class OtherKinds {
    /** enum ovpn_mode. */
    public static final ValueNames OVPN_MODES =
            ValueNames.enumeration("OVPN_MODE_", 0, "p2p", 1, "mp");

    private static final AttributeTable.Builder VRF_BUILDER =
            AttributeTable.named("link_vrf", "IFLA_VRF_");
    public static final AttributeSpec VRF_ROUTING_TABLE =
            VRF_BUILDER.add(1, "TABLE", U32, RtNames.TABLES, "Routing table.");
    public static final AttributeTable VRF_TABLE = VRF_BUILDER.build();

    private static final AttributeTable.Builder VRF_PORT_BUILDER =
            AttributeTable.named("link_vrf_port", "IFLA_VRF_PORT_");
    public static final AttributeSpec VRF_PORT_ROUTING_TABLE =
            VRF_PORT_BUILDER.add(1, "TABLE", U32, RtNames.TABLES, "Routing table.");
    public static final AttributeTable VRF_PORT_TABLE = VRF_PORT_BUILDER.build();

    private static final AttributeTable.Builder XFRM_BUILDER =
            AttributeTable.named("link_xfrm", "IFLA_XFRM_");
    public static final AttributeSpec XFRM_LINK =
            XFRM_BUILDER.add(1, "LINK", U32, "Interface index of the link that packets leave by.");
    public static final AttributeSpec XFRM_IF_ID =
            XFRM_BUILDER.add(2, "IF_ID", U32, "Interface id of policies.");
    public static final AttributeSpec XFRM_COLLECT_METADATA =
            XFRM_BUILDER.add(
                    3, "COLLECT_METADATA", FLAG, "The interface id comes with each packet.");
    public static final AttributeTable XFRM_TABLE = XFRM_BUILDER.build();

    private static final AttributeTable.Builder BAREUDP_BUILDER =
            AttributeTable.named("link_bareudp", "IFLA_BAREUDP_");
    public static final AttributeSpec BAREUDP_PORT =
            BAREUDP_BUILDER.add(1, "PORT", BE16, "UDP destination port.");
    public static final AttributeSpec BAREUDP_ETHERTYPE =
            BAREUDP_BUILDER.add(2, "ETHERTYPE", BE16, Display.HEX, "Protocol within.");
    public static final AttributeSpec BAREUDP_SRCPORT_MIN =
            BAREUDP_BUILDER.add(3, "SRCPORT_MIN", U16, "Least UDP source port.");
    public static final AttributeSpec BAREUDP_MULTIPROTO_MODE =
            BAREUDP_BUILDER.add(4, "MULTIPROTO_MODE", FLAG, "Both IP versions, or all of MPLS.");
    public static final AttributeTable BAREUDP_TABLE = BAREUDP_BUILDER.build();

    private static final AttributeTable.Builder OVPN_BUILDER =
            AttributeTable.named("link_ovpn", "IFLA_OVPN_");
    public static final AttributeSpec OVPN_MODE =
            OVPN_BUILDER.add(1, "MODE", U8, OVPN_MODES, "One peer, or many.");
    public static final AttributeTable OVPN_TABLE = OVPN_BUILDER.build();

    private OtherKinds() {}
}
