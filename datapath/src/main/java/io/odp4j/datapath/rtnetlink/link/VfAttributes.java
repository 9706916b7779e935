package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.STRING;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U64;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;

/** Virtual functions of a link, {@code IFLA_VF_*}, and their port profiles, {@code IFLA_PORT_*}. */
public final class VfAttributes {
    public static final StructLayout MAC_STRUCT =
            StructLayout.struct("ifla_vf_mac")
                    .number("vf", U32)
                    .bytes("mac", 32, Display.PLAIN)
                    .build();
    public static final StructLayout BROADCAST_STRUCT =
            StructLayout.struct("ifla_vf_broadcast").bytes("broadcast", 32, Display.PLAIN).build();
    public static final StructLayout VLAN_STRUCT =
            StructLayout.struct("ifla_vf_vlan")
                    .number("vf", U32)
                    .number("vlan", U32)
                    .number("qos", U32)
                    .build();
    public static final StructLayout VLAN_INFO_STRUCT =
            StructLayout.struct("ifla_vf_vlan_info")
                    .number("vf", U32)
                    .number("vlan", U32)
                    .number("qos", U32)
                    .number("vlan_proto", BE16, Display.HEX)
                    .skip(2)
                    .build();
    public static final StructLayout TX_RATE_STRUCT =
            StructLayout.struct("ifla_vf_tx_rate").number("vf", U32).number("rate", U32).build();
    public static final StructLayout RATE_STRUCT =
            StructLayout.struct("ifla_vf_rate")
                    .number("vf", U32)
                    .number("min_tx_rate", U32)
                    .number("max_tx_rate", U32)
                    .build();
    public static final StructLayout SPOOFCHK_STRUCT =
            StructLayout.struct("ifla_vf_spoofchk")
                    .number("vf", U32)
                    .number("setting", U32)
                    .build();
    public static final StructLayout GUID_STRUCT =
            StructLayout.struct("ifla_vf_guid")
                    .number("vf", U32)
                    .skip(4)
                    .number("guid", U64, Display.HEX)
                    .build();
    public static final StructLayout LINK_STATE_STRUCT =
            StructLayout.struct("ifla_vf_link_state")
                    .number("vf", U32)
                    .number("link_state", U32)
                    .build();
    public static final StructLayout RSS_STRUCT =
            StructLayout.struct("ifla_vf_rss_query_en")
                    .number("vf", U32)
                    .number("setting", U32)
                    .build();
    public static final StructLayout TRUST_STRUCT =
            StructLayout.struct("ifla_vf_trust").number("vf", U32).number("setting", U32).build();
    public static final StructLayout VSI_STRUCT =
            StructLayout.struct("ifla_port_vsi")
                    .number("vsi_mgr_id", U8)
                    .bytes("vsi_type_id", 3, Display.PLAIN)
                    .number("vsi_type_version", U8)
                    .skip(3)
                    .build();

    private static final AttributeTable.Builder VLANS_BUILDER =
            AttributeTable.named("vf_vlans", "IFLA_VF_VLAN_");
    public static final AttributeSpec VLANS_INFO =
            VLANS_BUILDER.struct(1, "INFO", VLAN_INFO_STRUCT, "A VLAN; repeated.");
    public static final AttributeTable VLANS_TABLE = VLANS_BUILDER.build();

    private static final AttributeTable.Builder STATS_BUILDER =
            AttributeTable.named("vf_stats", "IFLA_VF_STATS_");
    public static final AttributeSpec STATS_RX_PACKETS =
            STATS_BUILDER.add(0, "RX_PACKETS", U64, "Packets received.");
    public static final AttributeSpec STATS_TX_PACKETS =
            STATS_BUILDER.add(1, "TX_PACKETS", U64, "Packets sent.");
    public static final AttributeSpec STATS_RX_BYTES =
            STATS_BUILDER.add(2, "RX_BYTES", U64, "Bytes received.");
    public static final AttributeSpec STATS_TX_BYTES =
            STATS_BUILDER.add(3, "TX_BYTES", U64, "Bytes sent.");
    public static final AttributeSpec STATS_BROADCAST =
            STATS_BUILDER.add(4, "BROADCAST", U64, "Broadcast received.");
    public static final AttributeSpec STATS_MULTICAST =
            STATS_BUILDER.add(5, "MULTICAST", U64, "Multicast received.");
    public static final AttributeSpec STATS_PAD_ATTRIBUTE =
            STATS_BUILDER.add(6, "PAD", PAD, "Alignment.");
    public static final AttributeSpec STATS_RX_DROPPED =
            STATS_BUILDER.add(7, "RX_DROPPED", U64, "Dropped on receipt.");
    public static final AttributeSpec STATS_TX_DROPPED =
            STATS_BUILDER.add(8, "TX_DROPPED", U64, "Dropped on sending.");
    public static final AttributeTable STATS_TABLE = STATS_BUILDER.build();

    private static final AttributeTable.Builder BUILDER = AttributeTable.named("vf", "IFLA_VF_");
    public static final AttributeSpec MAC = BUILDER.struct(1, "MAC", MAC_STRUCT, "Address.");
    public static final AttributeSpec VLAN = BUILDER.struct(2, "VLAN", VLAN_STRUCT, "VLAN.");
    public static final AttributeSpec TX_RATE =
            BUILDER.struct(3, "TX_RATE", TX_RATE_STRUCT, "Rate.");
    public static final AttributeSpec SPOOFCHK =
            BUILDER.struct(4, "SPOOFCHK", SPOOFCHK_STRUCT, "1: checks source addresses.");
    public static final AttributeSpec LINK_STATE =
            BUILDER.struct(5, "LINK_STATE", LINK_STATE_STRUCT, "0: as the port, 1: up, 2: down.");
    public static final AttributeSpec RATE =
            BUILDER.struct(6, "RATE", RATE_STRUCT, "Least and greatest rate, Mbit/s.");
    public static final AttributeSpec RSS_QUERY_EN =
            BUILDER.struct(7, "RSS_QUERY_EN", RSS_STRUCT, "1: may ask for its hash key.");
    public static final AttributeSpec STATS =
            BUILDER.nested(8, "STATS", () -> VfAttributes.STATS_TABLE, "Counters.");
    public static final AttributeSpec TRUST =
            BUILDER.struct(9, "TRUST", TRUST_STRUCT, "1: trusted.");
    public static final AttributeSpec IB_NODE_GUID =
            BUILDER.struct(10, "IB_NODE_GUID", GUID_STRUCT, "InfiniBand node.");
    public static final AttributeSpec IB_PORT_GUID =
            BUILDER.struct(11, "IB_PORT_GUID", GUID_STRUCT, "InfiniBand port.");
    public static final AttributeSpec VLAN_LIST =
            BUILDER.nested(12, "VLAN_LIST", () -> VfAttributes.VLANS_TABLE, "VLANs with protocol.");
    public static final AttributeSpec BROADCAST =
            BUILDER.struct(13, "BROADCAST", BROADCAST_STRUCT, "Broadcast address.");
    public static final AttributeTable TABLE = BUILDER.build();

    private static final AttributeTable.Builder LIST_BUILDER =
            AttributeTable.named("vf_list", "IFLA_VF_");
    public static final AttributeSpec LIST_INFO =
            LIST_BUILDER.nested(
                    1, "INFO", () -> VfAttributes.TABLE, "A virtual function; repeated.");
    public static final AttributeTable LIST_TABLE = LIST_BUILDER.build();

    private static final AttributeTable.Builder PORT_BUILDER =
            AttributeTable.named("vf_port", "IFLA_PORT_");
    public static final AttributeSpec PORT_VF =
            PORT_BUILDER.add(1, "VF", U32, "Number of the virtual function.");
    public static final AttributeSpec PORT_PROFILE =
            PORT_BUILDER.add(2, "PROFILE", STRING, "Name of the profile.");
    public static final AttributeSpec PORT_VSI_TYPE =
            PORT_BUILDER.struct(3, "VSI_TYPE", VSI_STRUCT, "Type of 802.1Qbg.");
    public static final AttributeSpec PORT_INSTANCE_UUID =
            PORT_BUILDER.add(4, "INSTANCE_UUID", BINARY, Display.UUID, "Instance.");
    public static final AttributeSpec PORT_HOST_UUID =
            PORT_BUILDER.add(5, "HOST_UUID", BINARY, Display.UUID, "Host.");
    public static final AttributeSpec PORT_REQUEST =
            PORT_BUILDER.add(6, "REQUEST", U8, "What is asked.");
    public static final AttributeSpec PORT_RESPONSE =
            PORT_BUILDER.add(7, "RESPONSE", U16, "What was answered.");
    public static final AttributeTable PORT_TABLE = PORT_BUILDER.build();

    private static final AttributeTable.Builder PORTS_BUILDER =
            AttributeTable.named("vf_ports", "IFLA_VF_");
    public static final AttributeSpec PORTS_PORT =
            PORTS_BUILDER.nested(
                    1, "PORT", () -> VfAttributes.PORT_TABLE, "A port profile; repeated.");
    public static final AttributeTable PORTS_TABLE = PORTS_BUILDER.build();

    private VfAttributes() {}
}
