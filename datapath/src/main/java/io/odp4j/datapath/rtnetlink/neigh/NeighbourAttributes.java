package io.odp4j.datapath.rtnetlink.neigh;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.FLAG;
import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.RtNames;
import io.odp4j.datapath.rtnetlink.route.RouteAttributes;

/**
 * Attributes of a neighbour or a forwarding entry, {@code NDA_*} of {@code linux/neighbour.h},
 * behind {@code struct ndmsg}.
 */
public final class NeighbourAttributes {
    /** States; 0 is none. */
    public static final ValueNames STATES =
            ValueNames.flags(
                    "NUD_",
                    1,
                    "incomplete",
                    2,
                    "reachable",
                    4,
                    "stale",
                    8,
                    "delay",
                    0x10,
                    "probe",
                    0x20,
                    "failed",
                    0x40,
                    "noarp",
                    0x80,
                    "permanent");

    /** Flags. */
    public static final ValueNames FLAG_NAMES =
            ValueNames.flags(
                    "NTF_",
                    1,
                    "use",
                    2,
                    "self",
                    4,
                    "master",
                    8,
                    "proxy",
                    0x10,
                    "ext_learned",
                    0x20,
                    "offloaded",
                    0x40,
                    "sticky",
                    0x80,
                    "router");

    /** Flags that the header has no room for. */
    public static final ValueNames EXTENDED_FLAGS =
            ValueNames.flags("NTF_EXT_", 1, "managed", 2, "locked", 4, "ext_validated");

    public static final StructLayout HEADER =
            StructLayout.struct("ndmsg")
                    .number("ndm_family", U8, RtNames.FAMILIES)
                    .skip(3)
                    .number("ndm_ifindex", S32)
                    .number("ndm_state", U16, STATES)
                    .number("ndm_flags", U8, FLAG_NAMES)
                    .number("ndm_type", U8, RouteAttributes.TYPES)
                    .build();
    public static final StructLayout CACHE_INFO =
            StructLayout.struct("nda_cacheinfo")
                    .number("ndm_confirmed", U32)
                    .number("ndm_used", U32)
                    .number("ndm_updated", U32)
                    .number("ndm_refcnt", U32)
                    .build();

    private static final AttributeTable.Builder FDB_BUILDER =
            AttributeTable.named("neighbour_fdb", "NFEA_");
    public static final AttributeSpec FDB_ACTIVITY_NOTIFY =
            FDB_BUILDER.add(
                    1,
                    "ACTIVITY_NOTIFY",
                    U8,
                    Display.HEX,
                    "Tells when it is used, and when no longer.");
    public static final AttributeSpec FDB_DONT_REFRESH =
            FDB_BUILDER.add(2, "DONT_REFRESH", FLAG, "Leaves its time as it is.");
    public static final AttributeTable FDB_TABLE = FDB_BUILDER.build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("neighbour", "NDA_").header(HEADER);
    public static final AttributeSpec DST =
            BUILDER.add(
                    1,
                    "DST",
                    BINARY,
                    Display.IP,
                    "Its IP address, or the remote end of a forwarding entry.");
    public static final AttributeSpec LLADDR =
            BUILDER.add(2, "LLADDR", BINARY, Display.LLADDR, "Its link-layer address.");
    public static final AttributeSpec CACHEINFO =
            BUILDER.struct(
                    3,
                    "CACHEINFO",
                    CACHE_INFO,
                    "Times since, hundredths of seconds, and references.");
    public static final AttributeSpec PROBES = BUILDER.add(4, "PROBES", U32, "Probes sent.");
    public static final AttributeSpec VLAN = BUILDER.add(5, "VLAN", U16, "VLAN.");
    public static final AttributeSpec PORT =
            BUILDER.add(6, "PORT", BE16, "UDP port of the remote end.");
    public static final AttributeSpec VNI =
            BUILDER.add(7, "VNI", U32, "Network identifier of the remote end.");
    public static final AttributeSpec IFINDEX =
            BUILDER.add(8, "IFINDEX", U32, "Interface that packets to the remote end leave by.");
    public static final AttributeSpec MASTER =
            BUILDER.add(9, "MASTER", U32, "Interface index of the bridge.");
    public static final AttributeSpec LINK_NETNSID =
            BUILDER.add(10, "LINK_NETNSID", S32, "Id of the namespace of the interface.");
    public static final AttributeSpec SRC_VNI =
            BUILDER.add(11, "SRC_VNI", U32, "Network identifier of the sender.");
    public static final AttributeSpec PROTOCOL =
            BUILDER.add(12, "PROTOCOL", U8, RtNames.PROTOCOLS, "Who made it.");
    public static final AttributeSpec NH_ID = BUILDER.add(13, "NH_ID", U32, "Next hop object.");
    public static final AttributeSpec FDB_EXT_ATTRS =
            BUILDER.nested(
                    14,
                    "FDB_EXT_ATTRS",
                    () -> NeighbourAttributes.FDB_TABLE,
                    "Of a bridge's forwarding entry.");
    public static final AttributeSpec FLAGS_EXT =
            BUILDER.add(15, "FLAGS_EXT", U32, EXTENDED_FLAGS, "Further flags.");
    public static final AttributeSpec NDM_STATE_MASK =
            BUILDER.add(16, "NDM_STATE_MASK", U16, STATES, "In a bulk delete: which states count.");
    public static final AttributeSpec NDM_FLAGS_MASK =
            BUILDER.add(
                    17, "NDM_FLAGS_MASK", U8, FLAG_NAMES, "In a bulk delete: which flags count.");
    public static final AttributeTable TABLE = BUILDER.build();

    private NeighbourAttributes() {}
}
