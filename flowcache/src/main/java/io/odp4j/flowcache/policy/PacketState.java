package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.field.Prerequisite;
import io.odp4j.flowcache.rule.field.RuleField;
import io.odp4j.flowcache.rule.field.RuleKey;
import io.odp4j.flowcache.rule.field.WideValue;

/**
 * A packet in mid-pipeline: what it is by now, what the datapath's actions so far have made of it,
 * and which bits of what it was have been looked at.
 */
final class PacketState {
    private static final int FRAGMENT_LATER = 2;

    /** What rules see: words of a {@link RuleKey}. */
    final long[] flow;

    /** What the datapath has. */
    final long[] base;

    long[] wildcards;

    PacketState(long[] flow, long[] base) {
        this.flow = flow;
        this.base = base;
    }

    /**
     * A packet before anything is done to it: the datapath has what rules see.
     *
     * @param looked gets the bits that are looked at
     */
    void begin(long[] looked) {
        System.arraycopy(flow, 0, base, 0, flow.length);
        wildcards = looked;
    }

    /** Makes a field significant. */
    void look(FlowField field) {
        for (int w = 0; w < field.words(); w++) {
            wildcards[field.word() + w] |= field.wordMask();
        }
    }

    /** Makes part of a field significant, if it is the packet's. */
    void look(OpenFlowAction.Subfield part) {
        if (RuleKey.isOfPacket(part.field().word())) {
            part.set(wildcards, WideValue.ones(0, part.bits()));
        }
    }

    /** Makes bits of a field significant, if it is the packet's. */
    void look(RuleField field, WideValue bits) {
        if (RuleKey.isOfPacket(field.word())) {
            field.set(wildcards, bits, bits);
        }
    }

    /** Whether the packet has a field, having looked at what that takes. */
    boolean has(RuleField field) {
        switch (field.needs()) {
            case PORTS, TCP, UDP, SCTP, TRANSPORT, ICMP, ICMPV6, ND -> {
                if (Prerequisite.IP.isMet(flow)) {
                    look(FlowField.NW_PROTO);
                    look(FlowField.NW_FRAG);
                }
                boolean later = (FlowField.NW_FRAG.get(flow) & FRAGMENT_LATER) != 0;
                return !later && field.needs().isMet(flow);
            }
            default -> {
                return field.needs().isMet(flow);
            }
        }
    }
}
