package io.odp4j.flowcache.policy.table;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.rule.field.RuleKey;
import java.util.EnumSet;
import java.util.Set;

/**
 * The parts in which a rule's mask is tried, one after the other: what fails early leaves what
 * comes later wildcarded, and ports differ from flow to flow more than addresses do.
 */
enum Stage {
    METADATA,
    L2,
    L3,
    L4;

    private static final Set<FlowField> OF_L2 =
            EnumSet.of(
                    FlowField.DL_DST,
                    FlowField.DL_SRC,
                    FlowField.DL_TYPE,
                    FlowField.VLAN_TPID,
                    FlowField.VLAN_TCI,
                    FlowField.CVLAN_TPID,
                    FlowField.CVLAN_TCI,
                    FlowField.MPLS_LSE0,
                    FlowField.MPLS_LSE1,
                    FlowField.MPLS_LSE2);
    private static final Set<FlowField> OF_L3 =
            EnumSet.of(
                    FlowField.NW_PROTO,
                    FlowField.NW_FRAG,
                    FlowField.NW_SRC,
                    FlowField.NW_DST,
                    FlowField.IPV6_SRC,
                    FlowField.IPV6_DST,
                    FlowField.IPV6_LABEL,
                    FlowField.IPV6_EXTHDRS,
                    FlowField.NW_TOS,
                    FlowField.NW_TTL,
                    FlowField.ARP_OP,
                    FlowField.ARP_SHA,
                    FlowField.ARP_THA);
    private static final Set<FlowField> OF_L4 =
            EnumSet.of(
                    FlowField.TP_SRC,
                    FlowField.TP_DST,
                    FlowField.TCP_FLAGS,
                    FlowField.ND_TARGET,
                    FlowField.ND_SLL,
                    FlowField.ND_TLL,
                    FlowField.ND_RESERVED,
                    FlowField.ND_OPTIONS_TYPE);
    private static final long[][] BITS = bits();

    private static long[][] bits() {
        long[][] bits = new long[values().length][RuleKey.WORDS];
        for (FlowField field : FlowField.values()) {
            Stage stage =
                    OF_L2.contains(field)
                            ? L2
                            : OF_L3.contains(field) ? L3 : OF_L4.contains(field) ? L4 : METADATA;
            for (int w = 0; w < field.words(); w++) {
                bits[stage.ordinal()][field.word() + w] |= field.wordMask();
            }
        }
        for (int w = 0; w < RuleKey.WORDS; w++) {
            long elsewhere = bits[1][w] | bits[2][w] | bits[3][w];
            bits[0][w] = ~elsewhere;
        }
        return bits;
    }

    /** The stage's bits of a word. */
    long bits(int word) {
        return BITS[ordinal()][word];
    }
}
