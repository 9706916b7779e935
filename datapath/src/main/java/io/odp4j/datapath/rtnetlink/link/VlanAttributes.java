package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;

/** Attributes of a VLAN link, {@code IFLA_VLAN_*}. */
public final class VlanAttributes {
    /** enum vlan_flags, {@code linux/if_vlan.h}. */
    public static final ValueNames FLAG_NAMES =
            ValueNames.flags(
                    "VLAN_FLAG_",
                    1,
                    "reorder_hdr",
                    2,
                    "gvrp",
                    4,
                    "loose_binding",
                    8,
                    "mvrp",
                    16,
                    "bridge_binding");

    /** Tag protocols, {@code linux/if_ether.h}. */
    public static final ValueNames PROTOCOLS =
            ValueNames.enumeration("ETH_P_", 0x8100, "8021Q", 0x88a8, "8021AD");

    public static final StructLayout FLAGS_STRUCT =
            StructLayout.struct("ifla_vlan_flags")
                    .number("flags", U32, FLAG_NAMES)
                    .number("mask", U32, Display.HEX)
                    .build();
    public static final StructLayout QOS_STRUCT =
            StructLayout.struct("ifla_vlan_qos_mapping")
                    .number("from", U32)
                    .number("to", U32)
                    .build();

    private static final AttributeTable.Builder QOS_BUILDER =
            AttributeTable.named("link_vlan_qos", "IFLA_VLAN_QOS_");
    public static final AttributeSpec QOS_MAPPING =
            QOS_BUILDER.struct(
                    1, "MAPPING", QOS_STRUCT, "From a priority to a priority; repeated.");
    public static final AttributeTable QOS_TABLE = QOS_BUILDER.build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link_vlan", "IFLA_VLAN_");
    public static final AttributeSpec ID = BUILDER.add(1, "ID", U16, "VLAN id.");
    public static final AttributeSpec FLAGS =
            BUILDER.struct(
                    2, "FLAGS", FLAGS_STRUCT, "Flags, and which of them a request is about.");
    public static final AttributeSpec EGRESS_QOS =
            BUILDER.nested(
                    3, "EGRESS_QOS", () -> VlanAttributes.QOS_TABLE, "Priorities going out.");
    public static final AttributeSpec INGRESS_QOS =
            BUILDER.nested(
                    4, "INGRESS_QOS", () -> VlanAttributes.QOS_TABLE, "Priorities coming in.");
    public static final AttributeSpec PROTOCOL =
            BUILDER.add(5, "PROTOCOL", BE16, PROTOCOLS, "Protocol of the tag.");
    public static final AttributeTable TABLE = BUILDER.build();

    private VlanAttributes() {}
}
