package io.odp4j.datapath.ovs;

import static io.odp4j.datapath.netlink.table.AttributeType.FLAG;
import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.STRING;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U32_ARRAY;
import static io.odp4j.datapath.netlink.table.AttributeType.U64;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;

/** Vport attributes, {@code enum ovs_vport_attr} of {@code linux/openvswitch.h}. */
public final class VportAttributes {
    // enum ovs_vport_cmd
    public static final int CMD_NEW = 1;
    public static final int CMD_DEL = 2;
    public static final int CMD_GET = 3;
    public static final int CMD_SET = 4;

    public static final StructLayout STATS_STRUCT =
            StructLayout.struct("ovs_vport_stats")
                    .number("rx_packets", U64)
                    .number("tx_packets", U64)
                    .number("rx_bytes", U64)
                    .number("tx_bytes", U64)
                    .number("rx_errors", U64)
                    .number("tx_errors", U64)
                    .number("rx_dropped", U64)
                    .number("tx_dropped", U64)
                    .build();

    /** enum ovs_vport_type. */
    public static final ValueNames TYPES =
            ValueNames.enumeration(
                    "OVS_VPORT_TYPE_",
                    1,
                    "netdev",
                    2,
                    "internal",
                    3,
                    "gre",
                    4,
                    "vxlan",
                    5,
                    "geneve");

    private static final AttributeTable.Builder V =
            AttributeTable.named("ovs_vport_vxlan_ext", "OVS_VXLAN_EXT_");
    public static final AttributeSpec VXLAN_GBP = V.add(1, "GBP", FLAG, "Group-based policy.");
    public static final AttributeTable VXLAN_TABLE = V.build();

    private static final AttributeTable.Builder O =
            AttributeTable.named("ovs_tunnel", "OVS_TUNNEL_ATTR_");
    public static final AttributeSpec DST_PORT =
            O.add(1, "DST_PORT", U16, "UDP port of the tunnel, host byte order.");
    public static final AttributeSpec EXTENSION =
            O.nested(2, "EXTENSION", () -> VportAttributes.VXLAN_TABLE, "VXLAN extensions.");
    public static final AttributeTable OPTIONS_TABLE = O.build();

    private static final AttributeTable.Builder S =
            AttributeTable.named("ovs_vport_upcall", "OVS_VPORT_UPCALL_ATTR_");
    public static final AttributeSpec UPCALL_SUCCESS =
            S.add(0, "SUCCESS", U64, "Upcalls that were queued.");
    public static final AttributeSpec UPCALL_FAIL =
            S.add(1, "FAIL", U64, "Upcalls that were lost.");
    public static final AttributeTable UPCALL_STATS_TABLE = S.build();

    private static final AttributeTable.Builder T =
            AttributeTable.named("ovs_vport", "OVS_VPORT_ATTR_");
    public static final AttributeSpec PORT_NO =
            T.add(1, "PORT_NO", U32, "Number of the port in its datapath.");
    public static final AttributeSpec TYPE = T.add(2, "TYPE", U32, TYPES, "Kind of port.");
    public static final AttributeSpec NAME = T.add(3, "NAME", STRING, "Name of the device.");
    public static final AttributeSpec OPTIONS =
            T.nested(4, "OPTIONS", () -> VportAttributes.OPTIONS_TABLE, "Options of a tunnel.");
    public static final AttributeSpec UPCALL_PID =
            T.add(5, "UPCALL_PID", U32_ARRAY, "Port ids for misses, picked by packet hash.");
    public static final AttributeSpec STATS = T.struct(6, "STATS", STATS_STRUCT, "Counters.");
    public static final AttributeSpec PAD_ATTRIBUTE = T.add(7, "PAD", PAD, "Alignment.");
    public static final AttributeSpec IFINDEX =
            T.add(8, "IFINDEX", U32, "Interface index of the device.");
    public static final AttributeSpec NETNSID =
            T.add(9, "NETNSID", S32, "Id of the device's network namespace, if another.");
    public static final AttributeSpec UPCALL_STATS =
            T.nested(10, "UPCALL_STATS", () -> VportAttributes.UPCALL_STATS_TABLE, "From 6.3.");

    public static final AttributeTable TABLE = T.build();

    private VportAttributes() {}
}
