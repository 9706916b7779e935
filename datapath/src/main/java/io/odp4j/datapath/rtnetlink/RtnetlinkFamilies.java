package io.odp4j.datapath.rtnetlink;

import static io.odp4j.datapath.rtnetlink.RtnetlinkGroup.named;

import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.family.OperationSpec.Use;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.rtnetlink.addr.AddressAttributes;
import io.odp4j.datapath.rtnetlink.link.LinkAttributes;
import io.odp4j.datapath.rtnetlink.misc.AddressLabelAttributes;
import io.odp4j.datapath.rtnetlink.misc.NamespaceAttributes;
import io.odp4j.datapath.rtnetlink.misc.PrefixAttributes;
import io.odp4j.datapath.rtnetlink.misc.SettingAttributes;
import io.odp4j.datapath.rtnetlink.neigh.NeighbourAttributes;
import io.odp4j.datapath.rtnetlink.neigh.NeighbourTableAttributes;
import io.odp4j.datapath.rtnetlink.nexthop.NextHopAttributes;
import io.odp4j.datapath.rtnetlink.route.RouteAttributes;
import io.odp4j.datapath.rtnetlink.rule.RuleAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The kinds of objects of rtnetlink, each declared as a family of its own. */
public final class RtnetlinkFamilies {
    private static final int NEW_FLAGS = MessageHeader.CREATE | MessageHeader.EXCL;

    public static final FamilySpec LINK =
            family(
                    "link",
                    named(RtnetlinkGroup.LINK, RtnetlinkGroup.IPV6_IFINFO),
                    "Links: network devices, tunnels, bridges and their ports.",
                    threeOf(RtMessageType.NEWLINK, LinkAttributes.TABLE, "link"),
                    change("set", RtMessageType.SETLINK, LinkAttributes.TABLE, "Changes a link."),
                    change(
                                    "add-name",
                                    RtMessageType.NEWLINKPROP,
                                    LinkAttributes.TABLE,
                                    "Adds alternative names.")
                            .flagged(MessageHeader.CREATE | MessageHeader.APPEND),
                    change(
                            "del-name",
                            RtMessageType.DELLINKPROP,
                            LinkAttributes.TABLE,
                            "Takes alternative names away."));

    public static final FamilySpec ADDRESS =
            family(
                    "addr",
                    named(RtnetlinkGroup.IPV4_IFADDR, RtnetlinkGroup.IPV6_IFADDR),
                    "Addresses of links.",
                    threeOf(RtMessageType.NEWADDR, AddressAttributes.TABLE, "address"),
                    lookUp(
                            "get-multicast",
                            RtMessageType.GETMULTICAST,
                            RtMessageType.NEWMULTICAST,
                            AddressAttributes.TABLE,
                            "Multicast addresses."),
                    lookUp(
                            "get-anycast",
                            RtMessageType.GETANYCAST,
                            RtMessageType.NEWANYCAST,
                            AddressAttributes.TABLE,
                            "Anycast addresses."));

    public static final FamilySpec ROUTE =
            family(
                    "route",
                    named(
                            RtnetlinkGroup.IPV4_ROUTE,
                            RtnetlinkGroup.IPV6_ROUTE,
                            RtnetlinkGroup.MPLS_ROUTE),
                    "Routes; a single get asks which route a packet would take.",
                    threeOf(RtMessageType.NEWROUTE, RouteAttributes.TABLE, "route"));

    public static final FamilySpec NEXT_HOP =
            family(
                    "nexthop",
                    named(RtnetlinkGroup.NEXTHOP),
                    "Next hops, and groups of them.",
                    threeOf(RtMessageType.NEWNEXTHOP, NextHopAttributes.TABLE, "next hop"),
                    lookUp(
                            "get-bucket",
                            RtMessageType.GETNEXTHOPBUCKET,
                            RtMessageType.NEWNEXTHOPBUCKET,
                            NextHopAttributes.TABLE,
                            "Buckets of resilient groups."));

    public static final FamilySpec NEIGHBOUR =
            family(
                    "neigh",
                    named(RtnetlinkGroup.NEIGH),
                    "Neighbours, and with the address family bridge forwarding entries.",
                    threeOf(RtMessageType.NEWNEIGH, NeighbourAttributes.TABLE, "neighbour"),
                    lookUp(
                            "get-table",
                            RtMessageType.GETNEIGHTBL,
                            RtMessageType.NEWNEIGHTBL,
                            NeighbourTableAttributes.TABLE,
                            "Neighbour tables."),
                    change(
                            "set-table",
                            RtMessageType.SETNEIGHTBL,
                            NeighbourTableAttributes.TABLE,
                            "Changes settings of a neighbour table."));

    public static final FamilySpec RULE =
            family(
                    "rule",
                    named(RtnetlinkGroup.IPV4_RULE, RtnetlinkGroup.IPV6_RULE),
                    "Rules that say which routing table is asked.",
                    threeOf(RtMessageType.NEWRULE, RuleAttributes.TABLE, "rule"));

    public static final FamilySpec NAMESPACE =
            family(
                    "nsid",
                    named(RtnetlinkGroup.NSID),
                    "Ids of other network namespaces in this one.",
                    threeOf(RtMessageType.NEWNSID, NamespaceAttributes.TABLE, "id"));

    public static final FamilySpec SETTINGS =
            family(
                    "netconf",
                    named(
                            RtnetlinkGroup.IPV4_NETCONF,
                            RtnetlinkGroup.IPV6_NETCONF,
                            RtnetlinkGroup.MPLS_NETCONF),
                    "Settings of interfaces.",
                    List.of(
                            lookUp(
                                    "get",
                                    RtMessageType.GETNETCONF,
                                    RtMessageType.NEWNETCONF,
                                    SettingAttributes.TABLE,
                                    "Settings."),
                            told("del", RtMessageType.DELNETCONF, SettingAttributes.TABLE)));

    public static final FamilySpec PREFIX =
            family(
                    "prefix",
                    named(RtnetlinkGroup.IPV6_PREFIX),
                    "Prefixes that routers advertise.",
                    List.of(told("new", RtMessageType.NEWPREFIX, PrefixAttributes.TABLE)));

    public static final FamilySpec ADDRESS_LABEL =
            family(
                    "addrlabel",
                    Map.of(),
                    "Labels of IPv6 address selection.",
                    threeOf(RtMessageType.NEWADDRLABEL, AddressLabelAttributes.TABLE, "label"));

    private RtnetlinkFamilies() {}

    /** All of them. */
    public static List<FamilySpec> all() {
        return List.of(
                LINK,
                ADDRESS,
                ROUTE,
                NEXT_HOP,
                NEIGHBOUR,
                RULE,
                NAMESPACE,
                SETTINGS,
                PREFIX,
                ADDRESS_LABEL);
    }

    private static FamilySpec family(
            String name,
            Map<String, Integer> groups,
            String doc,
            List<OperationSpec> operations,
            OperationSpec... more) {
        List<OperationSpec> all = new ArrayList<>(operations);
        all.addAll(List.of(more));
        return new FamilySpec(name, NetlinkEndpoint.ROUTE, 0, groups, List.copyOf(all), doc);
    }

    /** NEW, DEL and GET, whose numbers follow each other. */
    private static List<OperationSpec> threeOf(int first, AttributeTable table, String object) {
        String a = (object.startsWith("a") || object.startsWith("i") ? "an " : "a ") + object;
        return List.of(
                OperationSpec.of("new", first, table, "Makes " + a + ".", Use.DO, Use.EVENT)
                        .flagged(NEW_FLAGS),
                OperationSpec.of("del", first + 1, table, "Deletes " + a + ".", Use.DO, Use.EVENT),
                lookUp("get", first + 2, first, table, "Lists, or looks one up."));
    }

    private static OperationSpec lookUp(
            String name, int request, int reply, AttributeTable table, String doc) {
        return OperationSpec.of(name, request, table, doc, Use.DO, Use.DUMP).answeredBy(reply);
    }

    private static OperationSpec change(String name, int type, AttributeTable table, String doc) {
        return OperationSpec.of(name, type, table, doc, Use.DO);
    }

    private static OperationSpec told(String name, int type, AttributeTable table) {
        return OperationSpec.of(name, type, table, "Is told.", Use.EVENT);
    }
}
