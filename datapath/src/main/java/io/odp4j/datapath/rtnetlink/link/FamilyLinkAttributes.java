package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U32_ARRAY;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;

/** What address families keep for a link: the nests in {@code IFLA_AF_SPEC}. */
public final class FamilyLinkAttributes {
    /** Whom a bridge request is for, {@code linux/if_bridge.h}. */
    public static final ValueNames REQUEST_FLAGS =
            ValueNames.flags("BRIDGE_FLAGS_", 1, "master", 2, "self");

    /** Flags of a bridge VLAN. */
    public static final ValueNames VLAN_FLAGS =
            ValueNames.flags(
                    "BRIDGE_VLAN_INFO_",
                    1,
                    "master",
                    2,
                    "pvid",
                    4,
                    "untagged",
                    8,
                    "range_begin",
                    16,
                    "range_end",
                    32,
                    "brentry",
                    64,
                    "only_opts");

    public static final StructLayout VLAN_INFO =
            StructLayout.struct("bridge_vlan_info")
                    .number("flags", U16, VLAN_FLAGS)
                    .number("vid", U16)
                    .build();

    private static final AttributeTable.Builder INET_BUILDER =
            AttributeTable.named("link_inet", "IFLA_INET_");
    public static final AttributeSpec INET_CONF =
            INET_BUILDER.add(1, "CONF", U32_ARRAY, "Settings by number, {@code IPV4_DEVCONF_*}.");
    public static final AttributeTable INET_TABLE = INET_BUILDER.build();

    private static final AttributeTable.Builder MCTP_BUILDER =
            AttributeTable.named("link_mctp", "IFLA_MCTP_");
    public static final AttributeSpec MCTP_NET = MCTP_BUILDER.add(1, "NET", U32, "Network.");
    public static final AttributeSpec MCTP_PHYS_BINDING =
            MCTP_BUILDER.add(2, "PHYS_BINDING", U8, "Physical transport.");
    public static final AttributeTable MCTP_TABLE = MCTP_BUILDER.build();

    private static final AttributeTable.Builder TUNNEL_BUILDER =
            AttributeTable.named("bridge_vlan_tunnel", "IFLA_BRIDGE_VLAN_TUNNEL_");
    public static final AttributeSpec TUNNEL_ID = TUNNEL_BUILDER.add(1, "ID", U32, "Tunnel id.");
    public static final AttributeSpec TUNNEL_VID = TUNNEL_BUILDER.add(2, "VID", U16, "VLAN.");
    public static final AttributeSpec TUNNEL_FLAGS =
            TUNNEL_BUILDER.add(3, "FLAGS", U16, VLAN_FLAGS, "Ends of a range.");
    public static final AttributeTable TUNNEL_TABLE = TUNNEL_BUILDER.build();

    private static final AttributeTable.Builder BRIDGE_BUILDER =
            AttributeTable.named("link_bridge", "IFLA_BRIDGE_");
    public static final AttributeSpec BRIDGE_FLAGS =
            BRIDGE_BUILDER.add(0, "FLAGS", U16, REQUEST_FLAGS, "Whom the request is for.");
    public static final AttributeSpec BRIDGE_MODE =
            BRIDGE_BUILDER.add(1, "MODE", U16, "Mode of an embedded bridge.");
    public static final AttributeSpec BRIDGE_VLAN_INFO =
            BRIDGE_BUILDER.struct(
                    2, "VLAN_INFO", VLAN_INFO, "A VLAN, or one end of a range; repeated.");
    public static final AttributeSpec BRIDGE_VLAN_TUNNEL_INFO =
            BRIDGE_BUILDER.nested(
                    3,
                    "VLAN_TUNNEL_INFO",
                    () -> FamilyLinkAttributes.TUNNEL_TABLE,
                    "A VLAN's tunnel id; repeated.");
    public static final AttributeSpec BRIDGE_MRP =
            BRIDGE_BUILDER.add(4, "MRP", BINARY, "Media redundancy protocol.");
    public static final AttributeSpec BRIDGE_CFM =
            BRIDGE_BUILDER.add(5, "CFM", BINARY, "Connectivity fault management.");
    public static final AttributeSpec BRIDGE_MST =
            BRIDGE_BUILDER.add(6, "MST", BINARY, "Multiple spanning trees.");
    public static final AttributeTable BRIDGE_TABLE = BRIDGE_BUILDER.build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link_families", "AF_");
    public static final AttributeSpec INET =
            BUILDER.nested(2, "INET", () -> FamilyLinkAttributes.INET_TABLE, "IPv4.");
    public static final AttributeSpec INET6 =
            BUILDER.nested(10, "INET6", () -> Inet6LinkAttributes.TABLE, "IPv6.");
    public static final AttributeSpec MCTP =
            BUILDER.nested(45, "MCTP", () -> FamilyLinkAttributes.MCTP_TABLE, "MCTP.");
    public static final AttributeTable TABLE = BUILDER.build();

    private FamilyLinkAttributes() {}
}
