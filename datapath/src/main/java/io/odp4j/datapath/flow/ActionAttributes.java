package io.odp4j.datapath.flow;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.BE32;
import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.FLAG;
import static io.odp4j.datapath.netlink.table.AttributeType.STRING;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;

/**
 * The actions, {@code enum ovs_action_attr} of {@code linux/openvswitch.h}, and the sets that nest
 * in them. DROP and PSAMPLE are newer than Linux 6.1.
 */
public final class ActionAttributes {
    public static final StructLayout PUSH_VLAN_STRUCT =
            StructLayout.struct("ovs_action_push_vlan")
                    .number("vlan_tpid", BE16, Display.HEX)
                    .number("vlan_tci", BE16, Display.HEX)
                    .build();
    public static final StructLayout HASH_STRUCT =
            StructLayout.struct("ovs_action_hash")
                    .number("hash_alg", U32)
                    .number("hash_basis", U32)
                    .build();
    public static final StructLayout PUSH_MPLS_STRUCT =
            StructLayout.struct("ovs_action_push_mpls")
                    .number("mpls_lse", BE32, Display.HEX)
                    .number("mpls_ethertype", BE16, Display.HEX)
                    .skip(2)
                    .build();
    public static final StructLayout ADD_MPLS_STRUCT =
            StructLayout.struct("ovs_action_add_mpls")
                    .number("mpls_lse", BE32, Display.HEX)
                    .number("mpls_ethertype", BE16, Display.HEX)
                    .number("tun_flags", U16, Display.HEX)
                    .build();
    public static final StructLayout TRUNC_STRUCT =
            StructLayout.struct("ovs_action_trunc").number("max_len", U32).build();
    public static final StructLayout PUSH_ETH_STRUCT =
            StructLayout.struct("ovs_action_push_eth")
                    .bytes("eth_src", 6, Display.MAC)
                    .bytes("eth_dst", 6, Display.MAC)
                    .build();
    public static final StructLayout CT_MARK_STRUCT =
            StructLayout.struct("ovs_ct_mark")
                    .number("value", U32, Display.HEX)
                    .number("mask", U32, Display.HEX)
                    .build();
    public static final StructLayout CT_LABELS_STRUCT =
            StructLayout.struct("ovs_ct_labels")
                    .bytes("value", 16, Display.PLAIN)
                    .bytes("mask", 16, Display.PLAIN)
                    .build();

    private static final AttributeTable.Builder U =
            AttributeTable.named("ovs_userspace", "OVS_USERSPACE_ATTR_");
    public static final AttributeSpec USERSPACE_PID =
            U.add(1, "PID", U32, "Port id of the socket that gets the upcall.");
    public static final AttributeSpec USERSPACE_USERDATA =
            U.add(2, "USERDATA", BINARY, "Cookie that comes back with the upcall.");
    public static final AttributeSpec USERSPACE_EGRESS_TUN_PORT =
            U.add(3, "EGRESS_TUN_PORT", U32, "Output port whose tunnel is told.");
    public static final AttributeSpec USERSPACE_ACTIONS =
            U.add(4, "ACTIONS", FLAG, "The upcall shall carry the flow's actions.");
    public static final AttributeTable USERSPACE_TABLE = U.build();

    private static final AttributeTable.Builder S =
            AttributeTable.named("ovs_sample", "OVS_SAMPLE_ATTR_");
    public static final AttributeSpec SAMPLE_PROBABILITY =
            S.add(1, "PROBABILITY", U32, "Out of 2^32 - 1.");
    public static final AttributeSpec SAMPLE_ACTIONS =
            S.nested(2, "ACTIONS", () -> ActionAttributes.TABLE, "Actions on the sampled packet.");
    public static final AttributeTable SAMPLE_TABLE = S.build();

    private static final AttributeTable.Builder N =
            AttributeTable.named("ovs_nat", "OVS_NAT_ATTR_");
    public static final AttributeSpec NAT_SRC = N.add(1, "SRC", FLAG, "Source NAT.");
    public static final AttributeSpec NAT_DST = N.add(2, "DST", FLAG, "Destination NAT.");
    public static final AttributeSpec NAT_IP_MIN =
            N.add(3, "IP_MIN", BINARY, Display.IP, "Lowest address, 4 or 16 bytes.");
    public static final AttributeSpec NAT_IP_MAX =
            N.add(4, "IP_MAX", BINARY, Display.IP, "Highest address, 4 or 16 bytes.");
    public static final AttributeSpec NAT_PROTO_MIN =
            N.add(5, "PROTO_MIN", U16, "Lowest port, host byte order.");
    public static final AttributeSpec NAT_PROTO_MAX =
            N.add(6, "PROTO_MAX", U16, "Highest port, host byte order.");
    public static final AttributeSpec NAT_PERSISTENT =
            N.add(7, "PERSISTENT", FLAG, "Same mapping across reboots.");
    public static final AttributeSpec NAT_PROTO_HASH =
            N.add(8, "PROTO_HASH", FLAG, "Port chosen by hash.");
    public static final AttributeSpec NAT_PROTO_RANDOM =
            N.add(9, "PROTO_RANDOM", FLAG, "Port chosen at random.");
    public static final AttributeTable NAT_TABLE = N.build();

    private static final AttributeTable.Builder C = AttributeTable.named("ovs_ct", "OVS_CT_ATTR_");
    public static final AttributeSpec CT_COMMIT =
            C.add(1, "COMMIT", FLAG, "Commits the connection.");
    public static final AttributeSpec CT_ZONE = C.add(2, "ZONE", U16, "Zone.");
    public static final AttributeSpec CT_MARK =
            C.struct(3, "MARK", CT_MARK_STRUCT, "Mark to set, with mask.");
    public static final AttributeSpec CT_LABELS =
            C.struct(4, "LABELS", CT_LABELS_STRUCT, "Label to set, with mask.");
    public static final AttributeSpec CT_HELPER =
            C.add(5, "HELPER", STRING, "Helper that finds related connections.");
    public static final AttributeSpec CT_NAT =
            C.nested(6, "NAT", () -> ActionAttributes.NAT_TABLE, "Address translation.");
    public static final AttributeSpec CT_FORCE_COMMIT =
            C.add(7, "FORCE_COMMIT", FLAG, "Commits, replacing one of the other direction.");
    public static final AttributeSpec CT_EVENTMASK =
            C.add(8, "EVENTMASK", U32, Display.HEX, "Bits of IPCT_* events.");
    public static final AttributeSpec CT_TIMEOUT =
            C.add(9, "TIMEOUT", STRING, "Name of a timeout policy.");
    public static final AttributeTable CT_TABLE = C.build();

    private static final AttributeTable.Builder L =
            AttributeTable.named("ovs_check_pkt_len", "OVS_CHECK_PKT_LEN_ATTR_");
    public static final AttributeSpec CHECK_PKT_LEN_PKT_LEN =
            L.add(1, "PKT_LEN", U16, "Length compared with.");
    public static final AttributeSpec CHECK_PKT_LEN_IF_GREATER =
            L.nested(2, "ACTIONS_IF_GREATER", () -> ActionAttributes.TABLE, "If longer.");
    public static final AttributeSpec CHECK_PKT_LEN_IF_LESS_EQUAL =
            L.nested(3, "ACTIONS_IF_LESS_EQUAL", () -> ActionAttributes.TABLE, "If not longer.");
    public static final AttributeTable CHECK_PKT_LEN_TABLE = L.build();

    private static final AttributeTable.Builder D =
            AttributeTable.named("ovs_dec_ttl", "OVS_DEC_TTL_ATTR_");
    public static final AttributeSpec DEC_TTL_ACTION =
            D.nested(1, "ACTION", () -> ActionAttributes.TABLE, "If the TTL has run out.");
    public static final AttributeTable DEC_TTL_TABLE = D.build();

    private static final AttributeTable.Builder P =
            AttributeTable.named("ovs_psample", "OVS_PSAMPLE_ATTR_");
    public static final AttributeSpec PSAMPLE_GROUP = P.add(1, "GROUP", U32, "Sample group.");
    public static final AttributeSpec PSAMPLE_COOKIE =
            P.add(2, "COOKIE", BINARY, "Cookie, at most 16 bytes.");
    public static final AttributeTable PSAMPLE_TABLE = P.build();

    public static final ValueNames HASH_ALGORITHMS =
            ValueNames.enumeration("OVS_HASH_ALG_", 0, "l4", 1, "sym_l4");

    private static final AttributeTable.Builder T =
            AttributeTable.named("ovs_action", "OVS_ACTION_ATTR_").ordered();
    public static final AttributeSpec OUTPUT = T.add(1, "OUTPUT", U32, "Port number.");
    public static final AttributeSpec USERSPACE =
            T.nested(2, "USERSPACE", () -> ActionAttributes.USERSPACE_TABLE, "Upcall.");
    public static final AttributeSpec SET =
            T.nested(3, "SET", () -> KeyAttributes.TABLE, "One key attribute to set.");
    public static final AttributeSpec PUSH_VLAN =
            T.struct(4, "PUSH_VLAN", PUSH_VLAN_STRUCT, "Adds an outer VLAN tag.");
    public static final AttributeSpec POP_VLAN = T.add(5, "POP_VLAN", FLAG, "Removes the tag.");
    public static final AttributeSpec SAMPLE =
            T.nested(6, "SAMPLE", () -> ActionAttributes.SAMPLE_TABLE, "Acts on some packets.");
    public static final AttributeSpec RECIRC =
            T.add(7, "RECIRC", U32, Display.HEX, "Looks the packet up again under this id.");
    public static final AttributeSpec HASH =
            T.struct(8, "HASH", HASH_STRUCT, "Computes dp_hash for a recirculation.");
    public static final AttributeSpec PUSH_MPLS =
            T.struct(9, "PUSH_MPLS", PUSH_MPLS_STRUCT, "Adds a label.");
    public static final AttributeSpec POP_MPLS =
            T.add(10, "POP_MPLS", BE16, Display.HEX, "Removes a label; the type that follows.");

    /** One key attribute whose payload is the value followed by its mask. */
    public static final AttributeSpec SET_MASKED =
            T.nested(
                    11,
                    "SET_MASKED",
                    () -> MaskedKeyAttributes.TABLE,
                    "One key attribute, value and mask.");

    public static final AttributeSpec CT =
            T.nested(12, "CT", () -> ActionAttributes.CT_TABLE, "Connection tracking.");
    public static final AttributeSpec TRUNC =
            T.struct(13, "TRUNC", TRUNC_STRUCT, "Cuts what the next output sends.");
    public static final AttributeSpec PUSH_ETH =
            T.struct(14, "PUSH_ETH", PUSH_ETH_STRUCT, "Adds an Ethernet header.");
    public static final AttributeSpec POP_ETH =
            T.add(15, "POP_ETH", FLAG, "Removes the Ethernet header.");
    public static final AttributeSpec CT_CLEAR =
            T.add(16, "CT_CLEAR", FLAG, "Forgets the connection state.");
    public static final AttributeSpec PUSH_NSH =
            T.nested(
                    17,
                    "PUSH_NSH",
                    () -> KeyAttributes.TABLE,
                    "Adds a service header: the key attribute NSH with what it shall have.");
    public static final AttributeSpec POP_NSH =
            T.add(18, "POP_NSH", FLAG, "Removes the service header.");
    public static final AttributeSpec METER = T.add(19, "METER", U32, "Meter id.");
    public static final AttributeSpec CLONE =
            T.nested(20, "CLONE", () -> ActionAttributes.TABLE, "Acts on a copy.");
    public static final AttributeSpec CHECK_PKT_LEN =
            T.nested(
                    21,
                    "CHECK_PKT_LEN",
                    () -> ActionAttributes.CHECK_PKT_LEN_TABLE,
                    "Branches on the packet's length.");
    public static final AttributeSpec ADD_MPLS =
            T.struct(22, "ADD_MPLS", ADD_MPLS_STRUCT, "Adds a label, before L2 or L3.");
    public static final AttributeSpec DEC_TTL =
            T.nested(23, "DEC_TTL", () -> ActionAttributes.DEC_TTL_TABLE, "Decrements the TTL.");
    public static final AttributeSpec DROP =
            T.add(24, "DROP", U32, "Drops the packet; the reason. From 6.6.");
    public static final AttributeSpec PSAMPLE =
            T.nested(
                    25,
                    "PSAMPLE",
                    () -> ActionAttributes.PSAMPLE_TABLE,
                    "Sends a sample to psample. From 6.11.");
    public static final AttributeTable TABLE = T.build();

    private ActionAttributes() {}
}
