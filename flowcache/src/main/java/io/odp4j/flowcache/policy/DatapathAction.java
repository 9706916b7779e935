package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.rule.CtSpec;
import io.odp4j.flowcache.rule.field.WideValue;
import java.util.List;

/** What the datapath does with a packet, one of its actions; port numbers are the datapath's. */
public sealed interface DatapathAction {
    /** Sends the packet out of a port. */
    record Output(int port) implements DatapathAction {}

    /** Cuts what the next output sends. */
    record Truncate(int maxLength) implements DatapathAction {}

    /**
     * Sends up to so many bytes of the packet up, for a controller.
     *
     * @param reason OFPR_* of OpenFlow
     */
    record ToController(int maxLength, int reason, int controllerId, long ruleCookie)
            implements DatapathAction {}

    /**
     * Sends a share, of 65,535, of the packets up, for a collector.
     *
     * @param outputPort the datapath's number of the port sampled at, 0xffffffff for none
     * @param direction {@code ingress}, {@code egress} or empty
     */
    record Sample(
            int probability,
            long collectorSet,
            long obsDomain,
            long obsPoint,
            long outputPort,
            String direction)
            implements DatapathAction {}

    /** Works on a copy of the packet. */
    record Clone(List<DatapathAction> actions) implements DatapathAction {}

    /** Chooses by the packet's length. */
    record CheckLength(int size, List<DatapathAction> longer, List<DatapathAction> others)
            implements DatapathAction {}

    /** Writes fields of one key attribute. */
    record SetFields(KeyPart part, List<FieldBits> fields) implements DatapathAction {}

    /** The bits of a field that are written. */
    record FieldBits(FlowField field, String name, WideValue value, WideValue mask) {}

    /** Adds an outer VLAN tag; bit 0x1000 of tci is set. */
    record PushVlan(int tpid, int tci) implements DatapathAction {}

    /** Removes the outer VLAN tag. */
    record PopVlan() implements DatapathAction {}

    /** Adds a label stack entry. */
    record PushMpls(int ethertype, int entry) implements DatapathAction {}

    /** Removes the outer label stack entry. */
    record PopMpls(int ethertype) implements DatapathAction {}

    /** Writes the outer label stack entry. */
    record SetMpls(int entry) implements DatapathAction {}

    /**
     * Sends the packet through the connection tracker.
     *
     * @param mark value and mask of ct_mark to write; a zero mask writes nothing
     * @param label the same of ct_label
     */
    record Ct(
            boolean commit,
            boolean force,
            int zone,
            FieldBits mark,
            FieldBits label,
            CtSpec.Nat nat,
            String helper)
            implements DatapathAction {}

    /** Forgets the connection state. */
    record CtClear() implements DatapathAction {}

    /** Looks the packet up again under an id. */
    record Recirc(int id) implements DatapathAction {}

    /** Polices the packet. */
    record Meter(int id) implements DatapathAction {}
}
