package io.odp4j.datapath.ovs;

import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.StructLayout;

/** Conntrack-limit attributes, {@code enum ovs_ct_limit_attr} of {@code linux/openvswitch.h}. */
public final class CtLimitAttributes {
    // enum ovs_ct_limit_cmd
    public static final int CMD_SET = 1;
    public static final int CMD_DEL = 2;
    public static final int CMD_GET = 3;

    /** The zone that stands for the limit of all zones without one of their own. */
    public static final int DEFAULT_ZONE = -1;

    public static final StructLayout ZONE_LIMIT_STRUCT =
            StructLayout.struct("ovs_zone_limit")
                    .number("zone_id", S32)
                    .number("limit", U32)
                    .number("count", U32)
                    .build();

    private static final AttributeTable.Builder T =
            AttributeTable.named("ovs_ct_limit", "OVS_CT_LIMIT_ATTR_");
    public static final AttributeSpec ZONE_LIMIT =
            T.structArray(1, "ZONE_LIMIT", ZONE_LIMIT_STRUCT, "Zones with limit and count.");

    public static final AttributeTable TABLE = T.build();

    private CtLimitAttributes() {}
}
