package io.odp4j.datapath.rtnetlink.addr;

import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.STRING;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.RtNames;

/**
 * Attributes of an address, {@code IFA_*} of {@code linux/if_addr.h}, behind {@code struct
 * ifaddrmsg}.
 */
public final class AddressAttributes {
    /** Flags; an IPv6 address that is "secondary" is a temporary one. */
    public static final ValueNames FLAG_NAMES =
            ValueNames.flags(
                    "IFA_F_",
                    1,
                    "secondary",
                    2,
                    "nodad",
                    4,
                    "optimistic",
                    8,
                    "dadfailed",
                    0x10,
                    "homeaddress",
                    0x20,
                    "deprecated",
                    0x40,
                    "tentative",
                    0x80,
                    "permanent",
                    0x100,
                    "managetempaddr",
                    0x200,
                    "noprefixroute",
                    0x400,
                    "mcautojoin",
                    0x800,
                    "stable_privacy");

    /** Who made the address. */
    public static final ValueNames PROTOCOLS =
            ValueNames.enumeration(
                    "IFAPROT_", 0, "unspec", 1, "kernel_lo", 2, "kernel_ra", 3, "kernel_ll");

    public static final StructLayout HEADER =
            StructLayout.struct("ifaddrmsg")
                    .number("ifa_family", U8, RtNames.FAMILIES)
                    .number("ifa_prefixlen", U8)
                    .number("ifa_flags", U8, FLAG_NAMES)
                    .number("ifa_scope", U8, RtNames.SCOPES)
                    .number("ifa_index", U32)
                    .build();
    public static final StructLayout CACHE_INFO =
            StructLayout.struct("ifa_cacheinfo")
                    .number("ifa_prefered", U32)
                    .number("ifa_valid", U32)
                    .number("cstamp", U32)
                    .number("tstamp", U32)
                    .build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("address", "IFA_").header(HEADER);
    public static final AttributeSpec ADDRESS =
            BUILDER.add(
                    1,
                    "ADDRESS",
                    BINARY,
                    Display.IP,
                    "The address; of a point-to-point link, the other end's.");
    public static final AttributeSpec LOCAL =
            BUILDER.add(
                    2,
                    "LOCAL",
                    BINARY,
                    Display.IP,
                    "The address itself, if ADDRESS is the other end's.");
    public static final AttributeSpec LABEL =
            BUILDER.add(3, "LABEL", STRING, "Name of an IPv4 address.");
    public static final AttributeSpec BROADCAST =
            BUILDER.add(4, "BROADCAST", BINARY, Display.IP, "Broadcast address.");
    public static final AttributeSpec ANYCAST =
            BUILDER.add(5, "ANYCAST", BINARY, Display.IP, "Anycast address.");
    public static final AttributeSpec CACHEINFO =
            BUILDER.struct(
                    6, "CACHEINFO", CACHE_INFO, "How long it is preferred and valid, seconds.");
    public static final AttributeSpec MULTICAST =
            BUILDER.add(7, "MULTICAST", BINARY, Display.IP, "Multicast address.");
    public static final AttributeSpec FLAGS =
            BUILDER.add(8, "FLAGS", U32, FLAG_NAMES, "All flags; the header holds eight.");
    public static final AttributeSpec RT_PRIORITY =
            BUILDER.add(9, "RT_PRIORITY", U32, "Metric of the route to its prefix.");
    public static final AttributeSpec TARGET_NETNSID =
            BUILDER.add(10, "TARGET_NETNSID", S32, "Id of the namespace that is meant.");
    public static final AttributeSpec PROTO =
            BUILDER.add(11, "PROTO", U8, PROTOCOLS, "Who made it.");
    public static final AttributeSpec MC_USERS =
            BUILDER.add(12, "MC_USERS", U32, "Users of the multicast address.");
    public static final AttributeTable TABLE = BUILDER.build();

    private AddressAttributes() {}
}
