package io.odp4j.datapath.ovs;

import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.FLAG;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U64;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.TunnelAttributes;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;

/** Packet attributes, {@code enum ovs_packet_attr} of {@code linux/openvswitch.h}. */
public final class PacketAttributes {
    // enum ovs_packet_cmd
    public static final int CMD_MISS = 1;
    public static final int CMD_ACTION = 2;
    public static final int CMD_EXECUTE = 3;

    private static final AttributeTable.Builder T =
            AttributeTable.named("ovs_packet", "OVS_PACKET_ATTR_");
    public static final AttributeSpec PACKET = T.add(1, "PACKET", BINARY, "The packet.");
    public static final AttributeSpec KEY =
            T.nested(2, "KEY", () -> KeyAttributes.TABLE, "Its flow key.");
    public static final AttributeSpec ACTIONS =
            T.nested(3, "ACTIONS", () -> ActionAttributes.TABLE, "Actions to take, or taken.");
    public static final AttributeSpec USERDATA =
            T.add(4, "USERDATA", BINARY, "Cookie of the userspace action.");
    public static final AttributeSpec EGRESS_TUN_KEY =
            T.nested(
                    5, "EGRESS_TUN_KEY", () -> TunnelAttributes.TABLE, "Tunnel it would leave by.");
    public static final AttributeSpec PROBE =
            T.add(8, "PROBE", FLAG, "A trial; the kernel logs no error.");
    public static final AttributeSpec MRU =
            T.add(9, "MRU", U16, "Longest fragment received, of a reassembled packet.");
    public static final AttributeSpec LEN =
            T.add(10, "LEN", U32, "Length before the packet was truncated.");
    public static final AttributeSpec HASH =
            T.add(11, "HASH", U64, Display.HEX, "Packet hash; bit 32 software, bit 33 L4.");
    public static final AttributeSpec UPCALL_PID =
            T.add(12, "UPCALL_PID", U32, "Where upcalls of an EXECUTE go. From 6.17.");

    public static final AttributeTable TABLE = T.build();

    private PacketAttributes() {}
}
