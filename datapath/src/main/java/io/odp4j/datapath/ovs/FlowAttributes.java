package io.odp4j.datapath.ovs;

import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.FLAG;
import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U64;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;

/** Flow attributes, {@code enum ovs_flow_attr} of {@code linux/openvswitch.h}. */
public final class FlowAttributes {
    // enum ovs_flow_cmd
    public static final int CMD_NEW = 1;
    public static final int CMD_DEL = 2;
    public static final int CMD_GET = 3;
    public static final int CMD_SET = 4;

    // UFID_FLAGS: what a reply leaves out.
    public static final int UFID_F_OMIT_KEY = 1;
    public static final int UFID_F_OMIT_MASK = 1 << 1;
    public static final int UFID_F_OMIT_ACTIONS = 1 << 2;

    public static final StructLayout STATS_STRUCT =
            StructLayout.struct("ovs_flow_stats")
                    .number("n_packets", U64)
                    .number("n_bytes", U64)
                    .build();

    private static final AttributeTable.Builder T =
            AttributeTable.named("ovs_flow", "OVS_FLOW_ATTR_");
    public static final AttributeSpec KEY =
            T.nested(1, "KEY", () -> KeyAttributes.TABLE, "What the flow matches.");
    public static final AttributeSpec ACTIONS =
            T.nested(2, "ACTIONS", () -> ActionAttributes.TABLE, "What it does.");
    public static final AttributeSpec STATS =
            T.struct(3, "STATS", STATS_STRUCT, "Packets and bytes matched.");
    public static final AttributeSpec TCP_FLAGS =
            T.add(4, "TCP_FLAGS", U8, Display.HEX, "TCP flags seen, ORed.");
    public static final AttributeSpec USED =
            T.add(5, "USED", U64, "When it was last used, ms of the monotonic clock.");
    public static final AttributeSpec CLEAR =
            T.add(6, "CLEAR", FLAG, "Clears packets, bytes, flags and time.");
    public static final AttributeSpec MASK =
            T.nested(7, "MASK", () -> KeyAttributes.TABLE, "Which bits of the key count.");
    public static final AttributeSpec PROBE =
            T.add(8, "PROBE", FLAG, "A trial; the kernel logs no error.");
    public static final AttributeSpec UFID =
            T.add(9, "UFID", BINARY, "Unique flow identifier, 1 to 16 bytes.");
    public static final AttributeSpec UFID_FLAGS =
            T.add(
                    10,
                    "UFID_FLAGS",
                    U32,
                    ValueNames.flags(
                            "OVS_UFID_F_",
                            UFID_F_OMIT_KEY,
                            "omit_key",
                            UFID_F_OMIT_MASK,
                            "omit_mask",
                            UFID_F_OMIT_ACTIONS,
                            "omit_actions"),
                    "What the reply leaves out.");
    public static final AttributeSpec PAD_ATTRIBUTE = T.add(11, "PAD", PAD, "Alignment.");

    public static final AttributeTable TABLE = T.build();

    private FlowAttributes() {}
}
