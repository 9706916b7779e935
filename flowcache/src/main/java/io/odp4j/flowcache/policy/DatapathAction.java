package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.rule.CtSpec;
import io.odp4j.flowcache.rule.WideValue;
import java.util.List;

/** What the datapath does with a packet, one of its actions; port numbers are the datapath's. */
public sealed interface DatapathAction {
    /** Sends the packet out of a port. */
    record Output(int port) implements DatapathAction {}

    /** Sends up to so many bytes of the packet up, for the controller. */
    record ToController(int maxLength, long ruleCookie) implements DatapathAction {}

    /** Sends a share, of 65,535, of the packets up, for a collector. */
    record Sample(int probability, long collectorSet, long obsDomain, long obsPoint)
            implements DatapathAction {}

    /** Writes fields of one key attribute. */
    record SetFields(KeyPart part, List<FieldBits> fields) implements DatapathAction {}

    /** The bits of a field that are written. */
    record FieldBits(FlowField field, String name, WideValue value, WideValue mask) {}

    /** Adds an outer VLAN tag; bit 0x1000 of tci is set. */
    record PushVlan(int tpid, int tci) implements DatapathAction {}

    /** Removes the outer VLAN tag. */
    record PopVlan() implements DatapathAction {}

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
