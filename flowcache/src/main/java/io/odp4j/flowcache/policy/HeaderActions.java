package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.field.Prerequisite;
import io.odp4j.flowcache.rule.field.RuleField;
import io.odp4j.flowcache.rule.field.RuleFields;
import io.odp4j.flowcache.rule.field.WideValue;
import java.util.ArrayList;
import java.util.List;

/** What actions do to a packet's fields and VLAN tags, and the stack that fields can be put on. */
final class HeaderActions {
    private static final int TAG = 0x1000;
    private static final int VID = 0xfff;
    private static final int PCP = 0xe000;
    private static final int VLAN_TPID = 0x8100;

    private final PacketState packet;
    private final long[] flow;

    /** The top last. */
    private final List<WideValue> stack = new ArrayList<>(0);

    HeaderActions(PacketState packet) {
        this.packet = packet;
        this.flow = packet.flow;
    }

    /** Carries an action out; false if it is none of these. */
    boolean perform(OpenFlowAction action) {
        if (action instanceof OpenFlowAction.SetField a) {
            set(a.field(), a.value(), a.mask());
        } else if (action instanceof OpenFlowAction.Move a) {
            move(a);
        } else if (action instanceof OpenFlowAction.Push a) {
            packet.look(a.from());
            stack.add(a.from().get(flow));
        } else if (action instanceof OpenFlowAction.Pop a) {
            packet.look(a.to());
            if (!stack.isEmpty()) {
                a.to().set(flow, stack.remove(stack.size() - 1));
            }
        } else if (action instanceof OpenFlowAction.PushVlan
                || action instanceof OpenFlowAction.PopVlan
                || action instanceof OpenFlowAction.SetVlanVid
                || action instanceof OpenFlowAction.SetVlanPcp) {
            vlan(action);
        } else {
            return false;
        }
        return true;
    }

    List<WideValue> stack() {
        return List.copyOf(stack);
    }

    void clearStack() {
        stack.clear();
    }

    void restoreStack(List<WideValue> saved) {
        stack.clear();
        stack.addAll(saved);
    }

    private void set(RuleField field, WideValue value, WideValue mask) {
        boolean vlan =
                field == RuleFields.VLAN_VID
                        || field == RuleFields.VLAN_PCP
                        || field == RuleFields.VLAN_TCI;
        if (vlan) {
            packet.look(FlowField.VLAN_TCI);
            packet.look(FlowField.VLAN_TPID);
        }
        if (!packet.has(field)) {
            return;
        }
        packet.look(field, mask);
        field.set(flow, value, mask);
        if (vlan && FlowField.VLAN_TCI.get(flow) != 0 && FlowField.VLAN_TPID.get(flow) == 0) {
            FlowField.VLAN_TPID.set(flow, VLAN_TPID);
        }
    }

    private void move(OpenFlowAction.Move move) {
        if (packet.has(move.from().field()) && packet.has(move.to().field())) {
            packet.look(move.from());
            packet.look(move.to());
            move.to().set(flow, move.from().get(flow));
        }
    }

    private void vlan(OpenFlowAction action) {
        packet.look(FlowField.VLAN_TPID);
        packet.look(FlowField.VLAN_TCI);
        packet.look(FlowField.CVLAN_TPID);
        packet.look(FlowField.CVLAN_TCI);
        long tci = FlowField.VLAN_TCI.get(flow);
        if (action instanceof OpenFlowAction.PushVlan push) {
            FlowField.CVLAN_TPID.set(flow, FlowField.VLAN_TPID.get(flow));
            FlowField.CVLAN_TCI.set(flow, tci);
            FlowField.VLAN_TPID.set(flow, push.ethertype());
            FlowField.VLAN_TCI.set(flow, TAG);
        } else if (action instanceof OpenFlowAction.PopVlan) {
            FlowField.VLAN_TPID.set(flow, FlowField.CVLAN_TPID.get(flow));
            FlowField.VLAN_TCI.set(flow, FlowField.CVLAN_TCI.get(flow));
            FlowField.CVLAN_TPID.set(flow, 0);
            FlowField.CVLAN_TCI.set(flow, 0);
        } else {
            if (FlowField.VLAN_TPID.get(flow) == 0) {
                FlowField.VLAN_TPID.set(flow, VLAN_TPID);
            }
            boolean vid = action instanceof OpenFlowAction.SetVlanVid;
            long bits =
                    action instanceof OpenFlowAction.SetVlanVid v
                            ? v.vid()
                            : ((OpenFlowAction.SetVlanPcp) action).pcp() << 13;
            FlowField.VLAN_TCI.set(flow, tci & ~(vid ? VID : PCP) | bits | TAG);
        }
    }

    /** Decrements the TTL of IP; false if it runs out. */
    boolean decrementTtl() {
        if (!Prerequisite.IP.isMet(flow)) {
            return true;
        }
        packet.look(FlowField.NW_TTL);
        long ttl = FlowField.NW_TTL.get(flow);
        if (ttl <= 1) {
            return false;
        }
        FlowField.NW_TTL.set(flow, ttl - 1);
        return true;
    }
}
