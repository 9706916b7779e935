package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.STRING;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;

import io.odp4j.datapath.netlink.table.AttributeChoice;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;

/**
 * Where a link's attributes differ in FreeBSD's rtnetlink(4): {@code
 * sys/netlink/route/interface.h}.
 */
public final class FreeBsdLinkAttributes {
    public static final AttributeChoice DATA_BY_KIND =
            AttributeChoice.by("kind")
                    .table("vlan", () -> VlanAttributes.TABLE)
                    .table("gre", () -> FreeBsdLinkAttributes.GRE_TABLE);

    private static final AttributeTable.Builder GRE_BUILDER =
            AttributeTable.named("freebsd_link_gre", "IFLA_GRE_");
    public static final AttributeSpec GRE_LOCAL =
            GRE_BUILDER.add(1, "LOCAL", BINARY, Display.IP, "Source address.");
    public static final AttributeSpec GRE_REMOTE =
            GRE_BUILDER.add(2, "REMOTE", BINARY, Display.IP, "Remote end.");
    public static final AttributeSpec GRE_FLAGS =
            GRE_BUILDER.add(3, "FLAGS", U32, Display.HEX, "Options.");
    public static final AttributeSpec GRE_OKEY =
            GRE_BUILDER.add(4, "OKEY", U32, "Key of outgoing packets.");
    public static final AttributeSpec GRE_ENCAP_TYPE =
            GRE_BUILDER.add(5, "ENCAP_TYPE", U32, "1: within UDP.");
    public static final AttributeSpec GRE_ENCAP_SPORT =
            GRE_BUILDER.add(6, "ENCAP_SPORT", U16, "UDP source port.");
    public static final AttributeTable GRE_TABLE = GRE_BUILDER.build();

    private static final AttributeTable.Builder INFO_BUILDER =
            LinkInfoAttributes.TABLE.dialect("freebsd_link_info", "IFLA_INFO_");
    public static final AttributeSpec INFO_DATA =
            INFO_BUILDER.chosen(2, "DATA", DATA_BY_KIND, "What belongs to the kind.");
    public static final AttributeTable INFO_TABLE = INFO_BUILDER.build();

    private static final AttributeTable.Builder OWN_BUILDER =
            AttributeTable.named("freebsd_link_own", "IFLAF_");
    public static final AttributeSpec OWN_ORIG_IFNAME =
            OWN_BUILDER.add(1, "ORIG_IFNAME", STRING, "Name that it was made with.");
    public static final AttributeSpec OWN_ORIG_HWADDR =
            OWN_BUILDER.add(
                    2, "ORIG_HWADDR", BINARY, Display.LLADDR, "Address that it was made with.");
    public static final AttributeSpec OWN_CAPS =
            OWN_BUILDER.add(3, "CAPS", BINARY, "Capabilities, a bit set.");
    public static final AttributeTable OWN_TABLE = OWN_BUILDER.build();

    private static final AttributeTable.Builder BUILDER =
            LinkAttributes.TABLE.dialect("freebsd_link", "IFLA_");
    public static final AttributeSpec LINKINFO =
            BUILDER.nested(
                    18,
                    "LINKINFO",
                    () -> FreeBsdLinkAttributes.INFO_TABLE,
                    "Kind of link and what belongs to the kind.");
    public static final AttributeSpec TSO_MAX_SEGS =
            BUILDER.add(59, "TSO_MAX_SEGS", U32, "Most segments that the hardware makes.");
    public static final AttributeSpec ALLMULTI =
            BUILDER.add(60, "ALLMULTI", U32, "How many want all multicast.");
    public static final AttributeSpec DEVLINK_PORT =
            BUILDER.add(61, "DEVLINK_PORT", BINARY, "Unused.");
    public static final AttributeSpec GSO_IPV4_MAX_SIZE =
            BUILDER.add(62, "GSO_IPV4_MAX_SIZE", U32, "Unused.");
    public static final AttributeSpec GRO_IPV4_MAX_SIZE =
            BUILDER.add(63, "GRO_IPV4_MAX_SIZE", U32, "Unused.");
    public static final AttributeSpec FREEBSD =
            BUILDER.nested(
                    64,
                    "FREEBSD",
                    () -> FreeBsdLinkAttributes.OWN_TABLE,
                    "What FreeBSD alone has.");
    public static final AttributeTable TABLE = BUILDER.build();

    private FreeBsdLinkAttributes() {}
}
