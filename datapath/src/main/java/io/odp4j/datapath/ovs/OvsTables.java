package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.family.OperationSpec.Use;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.AttributeType;
import io.odp4j.datapath.netlink.table.StructLayout;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The Open vSwitch families with the table of each one's messages. */
public enum OvsTables {
    DATAPATH(
            OvsFamilies.DATAPATH,
            DatapathAttributes.TABLE,
            List.of("NEW 1", "DEL 2", "GET 3", "SET 4"),
            "Datapaths. Multicast group ovs_datapath."),
    VPORT(
            OvsFamilies.VPORT,
            VportAttributes.TABLE,
            List.of("NEW 1", "DEL 2", "GET 3", "SET 4"),
            "Ports of a datapath. Multicast group ovs_vport."),
    FLOW(
            OvsFamilies.FLOW,
            FlowAttributes.TABLE,
            List.of("NEW 1", "DEL 2", "GET 3", "SET 4"),
            "Flows of a datapath. Multicast group ovs_flow."),
    PACKET(
            OvsFamilies.PACKET,
            PacketAttributes.TABLE,
            List.of("MISS 1", "ACTION 2", "EXECUTE 3"),
            "Packets: MISS and ACTION come up, EXECUTE goes down."),
    METER(
            OvsFamilies.METER,
            MeterAttributes.TABLE,
            List.of("FEATURES 1", "SET 2", "DEL 3", "GET 4"),
            "Meters of a datapath. Multicast group ovs_meter."),
    CT_LIMIT(
            OvsFamilies.CT_LIMIT,
            CtLimitAttributes.TABLE,
            List.of("SET 1", "DEL 2", "GET 3"),
            "Limits of tracked connections by zone. Multicast group ovs_ct_limit.");

    private static final StructLayout HEADER =
            StructLayout.struct("ovs_header").number("dp_ifindex", AttributeType.S32).build();

    private final String family;
    private final AttributeTable table;
    private final List<String> commands;
    private final String doc;

    OvsTables(String family, AttributeTable table, List<String> commands, String doc) {
        this.family = family;
        this.table = table;
        this.commands = commands;
        this.doc = doc;
    }

    /** The family's declaration: its operations, each behind {@code struct ovs_header}. */
    public FamilySpec spec() {
        boolean group = this != PACKET;
        AttributeTable headed = table.withHeader(table.name(), HEADER);
        return new FamilySpec(
                family,
                NetlinkEndpoint.GENERIC,
                this == DATAPATH ? OvsFamilies.DATAPATH_VERSION : 1,
                group ? Map.of(family, 0) : Map.of(),
                commands.stream().map(c -> operation(c.split(" "), headed, group)).toList(),
                doc);
    }

    private static OperationSpec operation(String[] command, AttributeTable table, boolean group) {
        Use[] more =
                switch (command[0]) {
                    case "GET" -> new Use[] {Use.DUMP};
                    case "MISS", "ACTION" -> new Use[] {};
                    default -> group ? new Use[] {Use.EVENT} : new Use[] {};
                };
        boolean told = command[0].equals("MISS") || command[0].equals("ACTION");
        String name = command[0].toLowerCase(Locale.ROOT);
        return OperationSpec.of(
                name, Integer.parseInt(command[1]), table, "", told ? Use.EVENT : Use.DO, more);
    }

    /** The generic-netlink family's name. */
    public String family() {
        return family;
    }

    /** The attributes of the family's messages. */
    public AttributeTable table() {
        return table;
    }

    /** Names and numbers of the commands. */
    public List<String> commands() {
        return commands;
    }

    /** What the family is for. */
    public String doc() {
        return doc;
    }
}
