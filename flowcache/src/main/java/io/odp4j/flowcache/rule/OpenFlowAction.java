package io.odp4j.flowcache.rule;

import io.odp4j.flowcache.rule.field.RuleField;
import io.odp4j.flowcache.rule.field.WideValue;
import java.util.List;

/** What a rule does with a packet: ovs-actions(7). */
public sealed interface OpenFlowAction {
    /** Part of a field: {@code reg0[0..15]}. */
    record Subfield(RuleField field, int low, int bits) {
        /** Its value in a key. */
        public WideValue get(long[] key) {
            return field.get(key).shiftRight(low).and(WideValue.ones(0, bits));
        }

        /** Writes it into a key. */
        public void set(long[] key, WideValue value) {
            field.set(key, value.shiftLeft(low), WideValue.ones(low, bits));
        }

        @Override
        public String toString() {
            boolean whole = low == 0 && bits == field.bits();
            return field.name()
                    + (whole ? "[]" : "[" + low + (bits > 1 ? ".." + (low + bits - 1) : "") + "]");
        }
    }

    /**
     * Sends the packet to a port, which may be one of {@link
     * io.odp4j.flowcache.rule.field.OpenFlowPort}.
     */
    record Output(int port) implements OpenFlowAction {}

    /** Sends the packet to the port whose number a field holds. */
    record OutputField(Subfield port) implements OpenFlowAction {}

    /** Sends so many bytes of the packet to a port, 14 or more. */
    record OutputTruncated(int port, int maxLength) implements OpenFlowAction {}

    /** Sends the packet to a port by one of its queues. */
    record Enqueue(int port, int queue) implements OpenFlowAction {}

    /** Chooses the queue for outputs that follow. */
    record SetQueue(int queue) implements OpenFlowAction {}

    /** Undoes what chose a queue. */
    record PopQueue() implements OpenFlowAction {}

    /**
     * Sends up to so many bytes of the packet to a controller.
     *
     * @param reason OFPR_* of OpenFlow, see {@link ControllerReason}
     * @param userdata hexadecimal, for the controller to recognise; empty for none
     */
    record Controller(int maxLength, int reason, int controllerId, String userdata)
            implements OpenFlowAction {}

    /** Writes constant bits: set_field, load and the mod_ family. */
    record SetField(RuleField field, WideValue value, WideValue mask) implements OpenFlowAction {}

    /** Copies bits from field to field. */
    record Move(Subfield from, Subfield to) implements OpenFlowAction {}

    /** Looks the packet up in a table and goes on here afterwards; port or table -1: the same. */
    record Resubmit(int port, int table) implements OpenFlowAction {}

    /** Looks the packet up in a later table, and is done here. */
    record GotoTable(int table) implements OpenFlowAction {}

    /** Adds an outer VLAN tag. */
    record PushVlan(int ethertype) implements OpenFlowAction {}

    /** Removes the outer VLAN tag. */
    record PopVlan() implements OpenFlowAction {}

    /** Writes the VLAN id, adding a tag where there is none. */
    record SetVlanVid(int vid) implements OpenFlowAction {}

    /** Writes the VLAN priority, adding a tag where there is none. */
    record SetVlanPcp(int pcp) implements OpenFlowAction {}

    /** Adds a label stack entry, of an Ethernet type of MPLS. */
    record PushMpls(int ethertype) implements OpenFlowAction {}

    /** Removes the outer label stack entry; what follows is of that Ethernet type. */
    record PopMpls(int ethertype) implements OpenFlowAction {}

    /** Decrements the TTL of the outer label; a packet whose TTL runs out goes no further. */
    record DecMplsTtl() implements OpenFlowAction {}

    /**
     * Decrements the TTL; a packet whose TTL runs out goes to controllers and no further.
     *
     * @param controllers their ids
     */
    record DecTtl(List<Integer> controllers) implements OpenFlowAction {}

    /** Puts a field on the stack. */
    record Push(Subfield from) implements OpenFlowAction {}

    /** Takes a field from the stack. */
    record Pop(Subfield to) implements OpenFlowAction {}

    /** Writes into one bit whether the packet is longer than so many bytes. */
    record CheckPacketLarger(int length, Subfield to) implements OpenFlowAction {}

    /** Adds to the action set, which is carried out when the tables are done. */
    record WriteActions(List<OpenFlowAction> actions) implements OpenFlowAction {}

    /** Empties the action set. */
    record ClearActions() implements OpenFlowAction {}

    /** Sends the packet through the connection tracker. */
    record Ct(CtSpec spec) implements OpenFlowAction {}

    /** Forgets the connection state. */
    record CtClear() implements OpenFlowAction {}

    /** Polices the packet. */
    record Meter(int id) implements OpenFlowAction {}

    /**
     * Sends a share of 65,535 of the packets to a collector.
     *
     * @param samplingPort {@link io.odp4j.flowcache.rule.field.OpenFlowPort#NONE} for none
     * @param direction {@code ingress}, {@code egress} or empty
     */
    record Sample(
            int probability,
            long collectorSet,
            long obsDomain,
            long obsPoint,
            int samplingPort,
            String direction)
            implements OpenFlowAction {}

    /** Says that dimension {@code k} of {@code n} of a conjunction is met. */
    record Conjunction(long id, int k, int n) implements OpenFlowAction {}

    /** Works on a copy: what the nested actions change is undone. */
    record Clone(List<OpenFlowAction> actions) implements OpenFlowAction {}

    /** Ends the processing of this packet. */
    record Exit() implements OpenFlowAction {}

    /** Does nothing; the bytes, hexadecimal, are for people. */
    record Note(String bytes) implements OpenFlowAction {}
}
