package io.odp4j.datapath.rtnetlink.misc;

import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.rtnetlink.RtNames;

/**
 * Settings of interfaces that are told when they change, {@code NETCONFA_*} of {@code
 * linux/netconf.h}, behind {@code struct netconfmsg}.
 */
public final class SettingAttributes {
    public static final StructLayout HEADER =
            StructLayout.struct("netconfmsg").number("ncm_family", U8, RtNames.FAMILIES).build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("netconf", "NETCONFA_").header(HEADER);
    public static final AttributeSpec IFINDEX =
            BUILDER.add(1, "IFINDEX", S32, "Interface; -1 all, -2 the default.");
    public static final AttributeSpec FORWARDING =
            BUILDER.add(2, "FORWARDING", S32, "1: forwards.");
    public static final AttributeSpec RP_FILTER =
            BUILDER.add(3, "RP_FILTER", S32, "Reverse path filter.");
    public static final AttributeSpec MC_FORWARDING =
            BUILDER.add(4, "MC_FORWARDING", S32, "1: forwards multicast.");
    public static final AttributeSpec PROXY_NEIGH =
            BUILDER.add(5, "PROXY_NEIGH", S32, "1: answers for others.");
    public static final AttributeSpec IGNORE_ROUTES_WITH_LINKDOWN =
            BUILDER.add(
                    6,
                    "IGNORE_ROUTES_WITH_LINKDOWN",
                    S32,
                    "1: routes without a carrier do not count.");
    public static final AttributeSpec INPUT = BUILDER.add(7, "INPUT", S32, "1: takes MPLS.");
    public static final AttributeSpec BC_FORWARDING =
            BUILDER.add(8, "BC_FORWARDING", S32, "1: forwards directed broadcast.");
    public static final AttributeSpec FORCE_FORWARDING =
            BUILDER.add(9, "FORCE_FORWARDING", S32, "1: forwards whatever the others say.");
    public static final AttributeTable TABLE = BUILDER.build();

    private SettingAttributes() {}
}
