package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.ValueNames;

/** Attributes of a tun or tap device, {@code IFLA_TUN_*}; read only. */
public final class TunAttributes {
    /** {@code IFF_TUN} and {@code IFF_TAP} of {@code linux/if_tun.h}. */
    public static final ValueNames TYPES = ValueNames.enumeration("", 1, "tun", 2, "tap");

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link_tun", "IFLA_TUN_");
    public static final AttributeSpec OWNER = BUILDER.add(1, "OWNER", U32, "User id.");
    public static final AttributeSpec GROUP = BUILDER.add(2, "GROUP", U32, "Group id.");
    public static final AttributeSpec TYPE =
            BUILDER.add(3, "TYPE", U8, TYPES, "Layer 3 or layer 2.");
    public static final AttributeSpec PI =
            BUILDER.add(4, "PI", U8, "1: packet information before packets.");
    public static final AttributeSpec VNET_HDR =
            BUILDER.add(5, "VNET_HDR", U8, "1: offload information before packets.");
    public static final AttributeSpec PERSIST =
            BUILDER.add(6, "PERSIST", U8, "1: stays without a program.");
    public static final AttributeSpec MULTI_QUEUE =
            BUILDER.add(7, "MULTI_QUEUE", U8, "1: may have several queues.");
    public static final AttributeSpec NUM_QUEUES = BUILDER.add(8, "NUM_QUEUES", U32, "Queues.");
    public static final AttributeSpec NUM_DISABLED_QUEUES =
            BUILDER.add(9, "NUM_DISABLED_QUEUES", U32, "Queues switched off.");
    public static final AttributeTable TABLE = BUILDER.build();

    private TunAttributes() {}
}
