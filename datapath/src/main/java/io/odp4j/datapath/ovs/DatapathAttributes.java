package io.odp4j.datapath.ovs;

import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.STRING;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U32_ARRAY;
import static io.odp4j.datapath.netlink.table.AttributeType.U64;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;

/** Datapath attributes, {@code enum ovs_datapath_attr} of {@code linux/openvswitch.h}. */
public final class DatapathAttributes {
    // enum ovs_datapath_cmd
    public static final int CMD_NEW = 1;
    public static final int CMD_DEL = 2;
    public static final int CMD_GET = 3;
    public static final int CMD_SET = 4;

    /** The last attribute of an upcall may lack its padding. */
    public static final int F_UNALIGNED = 1;

    /** A vport may have several upcall port ids. */
    public static final int F_VPORT_PIDS = 1 << 1;

    /** Recirculation ids are shared with tc offload. */
    public static final int F_TC_RECIRC_SHARING = 1 << 2;

    /** Upcalls go to the port id of the CPU they happen on. From 5.15. */
    public static final int F_DISPATCH_UPCALL_PER_CPU = 1 << 3;

    public static final StructLayout STATS_STRUCT =
            StructLayout.struct("ovs_dp_stats")
                    .number("n_hit", U64)
                    .number("n_missed", U64)
                    .number("n_lost", U64)
                    .number("n_flows", U64)
                    .build();
    public static final StructLayout MEGAFLOW_STATS_STRUCT =
            StructLayout.struct("ovs_dp_megaflow_stats")
                    .number("n_mask_hit", U64)
                    .number("n_masks", U32)
                    .skip(4)
                    .number("n_cache_hit", U64)
                    .skip(8)
                    .build();

    /** Bits of USER_FEATURES. */
    public static final ValueNames FEATURES =
            ValueNames.flags(
                    "OVS_DP_F_",
                    F_UNALIGNED,
                    "unaligned",
                    F_VPORT_PIDS,
                    "vport_pids",
                    F_TC_RECIRC_SHARING,
                    "tc_recirc_sharing",
                    F_DISPATCH_UPCALL_PER_CPU,
                    "dispatch_upcall_per_cpu");

    private static final AttributeTable.Builder T =
            AttributeTable.named("ovs_datapath", "OVS_DP_ATTR_");

    public static final AttributeSpec NAME =
            T.add(1, "NAME", STRING, "Name of the datapath and of its local device.");
    public static final AttributeSpec UPCALL_PID =
            T.add(2, "UPCALL_PID", U32, "Port id for the local port's upcalls; 0: none.");
    public static final AttributeSpec STATS =
            T.struct(3, "STATS", STATS_STRUCT, "Hits, misses, losses and flows.");
    public static final AttributeSpec MEGAFLOW_STATS =
            T.struct(4, "MEGAFLOW_STATS", MEGAFLOW_STATS_STRUCT, "Masks, and how often tried.");
    public static final AttributeSpec USER_FEATURES =
            T.add(
                    5,
                    "USER_FEATURES",
                    U32,
                    FEATURES,
                    "Features in use; a SET without it clears all.");
    public static final AttributeSpec PAD_ATTRIBUTE = T.add(6, "PAD", PAD, "Alignment.");
    public static final AttributeSpec MASKS_CACHE_SIZE =
            T.add(7, "MASKS_CACHE_SIZE", U32, "Entries of the mask cache, a power of two; 0: off.");
    public static final AttributeSpec PER_CPU_PIDS =
            T.add(8, "PER_CPU_PIDS", U32_ARRAY, "Port ids by CPU. From 5.15.");
    public static final AttributeSpec IFINDEX =
            T.add(9, "IFINDEX", U32, "Interface index for a new local device. From 5.17.");

    public static final AttributeTable TABLE = T.build();

    private DatapathAttributes() {}
}
