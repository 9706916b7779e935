package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.ValueNames;

/**
 * Attributes of links that share another's device, {@code IFLA_MACVLAN_*}, {@code IFLA_IPVLAN_*}.
 */
public final class MacvlanAttributes {
    /** enum macvlan_mode. */
    public static final ValueNames MODES =
            ValueNames.enumeration(
                    "MACVLAN_MODE_",
                    1,
                    "private",
                    2,
                    "vepa",
                    4,
                    "bridge",
                    8,
                    "passthru",
                    16,
                    "source");

    /** enum macvlan_macaddr_mode. */
    public static final ValueNames ADDRESS_MODES =
            ValueNames.enumeration("MACVLAN_MACADDR_", 0, "add", 1, "del", 2, "flush", 3, "set");

    /** Flags. */
    public static final ValueNames FLAG_NAMES =
            ValueNames.flags("MACVLAN_FLAG_", 1, "nopromisc", 2, "nodst");

    /** enum ipvlan_mode. */
    public static final ValueNames IPVLAN_MODES =
            ValueNames.enumeration("IPVLAN_MODE_", 0, "l2", 1, "l3", 2, "l3s");

    /** Flags. */
    public static final ValueNames IPVLAN_FLAG_NAMES =
            ValueNames.flags("IPVLAN_F_", 1, "private", 2, "vepa");

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link_macvlan", "IFLA_MACVLAN_");
    public static final AttributeSpec MODE = BUILDER.add(1, "MODE", U32, MODES, "Who hears whom.");
    public static final AttributeSpec FLAGS = BUILDER.add(2, "FLAGS", U16, FLAG_NAMES, "Flags.");
    public static final AttributeSpec MACADDR_MODE =
            BUILDER.add(3, "MACADDR_MODE", U32, ADDRESS_MODES, "What to do with addresses.");
    public static final AttributeSpec MACADDR =
            BUILDER.add(4, "MACADDR", BINARY, Display.MAC, "An address of mode source.");
    public static final AttributeSpec MACADDR_DATA =
            BUILDER.nested(5, "MACADDR_DATA", () -> MacvlanAttributes.TABLE, "Addresses.");
    public static final AttributeSpec MACADDR_COUNT =
            BUILDER.add(6, "MACADDR_COUNT", U32, "Number of addresses.");
    public static final AttributeSpec BC_QUEUE_LEN =
            BUILDER.add(7, "BC_QUEUE_LEN", U32, "Broadcast queue wanted.");
    public static final AttributeSpec BC_QUEUE_LEN_USED =
            BUILDER.add(8, "BC_QUEUE_LEN_USED", U32, "Broadcast queue in use.");
    public static final AttributeSpec BC_CUTOFF =
            BUILDER.add(9, "BC_CUTOFF", S32, "From how many receivers on broadcast is queued.");
    public static final AttributeTable TABLE = BUILDER.build();

    private static final AttributeTable.Builder IPVLAN_BUILDER =
            AttributeTable.named("link_ipvlan", "IFLA_IPVLAN_");
    public static final AttributeSpec IPVLAN_MODE =
            IPVLAN_BUILDER.add(1, "MODE", U16, IPVLAN_MODES, "On which layer it works.");
    public static final AttributeSpec IPVLAN_FLAGS =
            IPVLAN_BUILDER.add(2, "FLAGS", U16, IPVLAN_FLAG_NAMES, "Flags.");
    public static final AttributeTable IPVLAN_TABLE = IPVLAN_BUILDER.build();

    private MacvlanAttributes() {}
}
