package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.ValueNames;

/** Programs at a link's driver, {@code IFLA_XDP_*}. */
public final class XdpAttributes {
    /** Where programs run. */
    public static final ValueNames ATTACHED_NAMES =
            ValueNames.enumeration(
                    "XDP_ATTACHED_", 0, "none", 1, "drv", 2, "skb", 3, "hw", 4, "multi");

    /** Flags of a request. */
    public static final ValueNames FLAG_NAMES =
            ValueNames.flags(
                    "XDP_FLAGS_",
                    1,
                    "update_if_noexist",
                    2,
                    "skb_mode",
                    4,
                    "drv_mode",
                    8,
                    "hw_mode",
                    16,
                    "replace");

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link_xdp", "IFLA_XDP_");
    public static final AttributeSpec FD =
            BUILDER.add(1, "FD", S32, "Program to attach; -1: none.");
    public static final AttributeSpec ATTACHED =
            BUILDER.add(2, "ATTACHED", U8, ATTACHED_NAMES, "Where programs run.");
    public static final AttributeSpec FLAGS =
            BUILDER.add(3, "FLAGS", U32, FLAG_NAMES, "How to attach.");
    public static final AttributeSpec PROG_ID = BUILDER.add(4, "PROG_ID", U32, "Program.");
    public static final AttributeSpec DRV_PROG_ID =
            BUILDER.add(5, "DRV_PROG_ID", U32, "Program in the driver.");
    public static final AttributeSpec SKB_PROG_ID =
            BUILDER.add(6, "SKB_PROG_ID", U32, "Program in the stack.");
    public static final AttributeSpec HW_PROG_ID =
            BUILDER.add(7, "HW_PROG_ID", U32, "Program in hardware.");
    public static final AttributeSpec EXPECTED_FD =
            BUILDER.add(8, "EXPECTED_FD", S32, "Program that must be there to be replaced.");
    public static final AttributeTable TABLE = BUILDER.build();

    private XdpAttributes() {}
}
