package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.table.AttributeTable;
import java.util.List;

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
