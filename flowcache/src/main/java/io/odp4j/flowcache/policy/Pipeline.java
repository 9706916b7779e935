package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.rule.field.Prerequisite;
import io.odp4j.flowcache.rule.field.RuleKey;
import java.util.Arrays;

/**
 * Takes a packet's key through the tables: which actions the datapath is to take, and for how many
 * packets at once that holds.
 *
 * <p>Reusable; of one thread. A verdict is good for as long as {@link PolicyTables#version}, the
 * {@link MacTable#version} and the ports stay.
 */
public final class Pipeline {
    private static final int FRAGMENT_BITS = 3;
    private static final int FRAGMENT_LATER = 2;

    private final PolicyTables tables;
    private final SwitchPorts ports;
    private final MacTable macs;
    private final RecircIds recircIds;

    /** The packet on its way, and what the datapath has of it: used over and over. */
    private final long[] flow = new long[RuleKey.WORDS];

    private final long[] base = new long[RuleKey.WORDS];
    private final Translation translation;

    public Pipeline(PolicyTables tables, SwitchPorts ports, MacTable macs) {
        this(tables, ports, macs, new RecircIds());
    }

    /**
     * @param recircIds shared by the pipelines that a packet may come back to
     */
    public Pipeline(PolicyTables tables, SwitchPorts ports, MacTable macs, RecircIds recircIds) {
        this.recircIds = recircIds;
        this.tables = tables;
        this.ports = ports;
        this.macs = macs;
        this.translation = new Translation(this, flow, base);
    }

    /** Decides about a packet. */
    public void translate(FlowKey key, Verdict verdict) {
        translate(key, verdict, true, null);
    }

    /**
     * Decides about a packet for which no flow will be made: faster, and the verdict's mask says
     * nothing.
     */
    public void translateOnce(FlowKey key, Verdict verdict) {
        verdict.setAnswerAlone(true);
        translate(key, verdict, true, null);
        verdict.setAnswerAlone(false);
    }

    /** Decides again about a flow; from its key, which is no packet, nothing is learnt. */
    public void translateAgain(FlowKey key, Verdict verdict) {
        translate(key, verdict, false, null);
    }

    /**
     * Decides what {@link #translateAgain} decides, where nobody asks for how many packets: the
     * mask is of no use.
     */
    public void decide(FlowKey key, Verdict verdict) {
        verdict.setAnswerAlone(true);
        translate(key, verdict, false, null);
        verdict.setAnswerAlone(false);
    }

    /**
     * Decides about a packet that is only thought of, and says how: no address is learnt.
     *
     * @param trace told of every table; null if the packet is real
     */
    public void translate(FlowKey key, Verdict verdict, TraceListener trace) {
        translate(key, verdict, trace == null, trace);
    }

    private void translate(FlowKey key, Verdict verdict, boolean learns, TraceListener trace) {
        verdict.clear();
        System.arraycopy(key.words(), 0, flow, 0, FlowKey.WORDS);
        Arrays.fill(flow, FlowKey.WORDS, RuleKey.WORDS, 0);
        FlowMask mask = verdict.mask();
        mask.exact(FlowField.RECIRC_ID).exact(FlowField.IN_PORT).exact(FlowField.DL_TYPE);
        int inPort = ports.toOpenFlow(key.inPort());
        FlowField.IN_PORT.set(flow, inPort);
        if (Prerequisite.IP.isMet(flow)) {
            mask.words()[FlowField.NW_FRAG.word()] |=
                    (long) FRAGMENT_BITS << FlowField.NW_FRAG.shift();
            if (FlowField.NW_FRAG.get(flow) == FRAGMENT_LATER) {
                // Rules tell any fragment from none by one bit, a later one by another.
                FlowField.NW_FRAG.set(flow, FRAGMENT_BITS);
            }
        }
        if (key.recircId() == 0) {
            translation.begin(learns, verdict, trace).run();
        } else {
            RecircIds.State state = recircIds.state(key.recircId());
            if (state == null) {
                verdict.fail("no packet is expected under recirculation id " + key.recircId());
                return;
            }
            System.arraycopy(state.words(), 0, flow, RuleKey.REGISTERS, state.words().length);
            translation.begin(learns, verdict, trace).resume(state);
        }
        finish(key, mask);
    }

    PolicyTables tables() {
        return tables;
    }

    SwitchPorts ports() {
        return ports;
    }

    MacTable macs() {
        return macs;
    }

    RecircIds recircIds() {
        return recircIds;
    }

    /** States of recirculation that had to make room: packets that come back to them are lost. */
    public long forgottenStates() {
        return recircIds.forgotten();
    }

    /** What the datapath cannot say more finely. */
    private static void finish(FlowKey key, FlowMask mask) {
        long[] flow = key.words();
        long[] words = mask.words();
        long tci = FlowField.VLAN_TCI.get(words);
        if (tci != 0) {
            FlowField.VLAN_TCI.set(words, tci | 0x1000);
        }
        if (Prerequisite.ICMP.isMet(flow) || Prerequisite.ICMPV6.isMet(flow)) {
            FlowField.TP_SRC.set(words, FlowField.TP_SRC.get(words) & 0xff);
            FlowField.TP_DST.set(words, FlowField.TP_DST.get(words) & 0xff);
        }
        if (!Prerequisite.MPLS.isMet(flow)) {
            // Labels that were added are not the packet's.
            FlowField.MPLS_LSE0.set(words, 0);
            FlowField.MPLS_LSE1.set(words, 0);
            FlowField.MPLS_LSE2.set(words, 0);
        }
    }
}
