package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.rule.Prerequisite;
import io.odp4j.flowcache.rule.RuleKey;
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

    private final PolicyTables tables;
    private final SwitchPorts ports;
    private final MacTable macs;
    private final RecircIds recircIds;

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
     * Decides about a packet that is only thought of, and says how: no address is learnt.
     *
     * @param trace told of every table; null if the packet is real
     */
    public void translate(FlowKey key, Verdict verdict, TraceListener trace) {
        translate(key, verdict, trace == null, trace);
    }

    private void translate(FlowKey key, Verdict verdict, boolean learns, TraceListener trace) {
        verdict.clear();
        long[] flow = Arrays.copyOf(key.words(), RuleKey.WORDS);
        FlowMask mask = verdict.mask();
        mask.exact(FlowField.RECIRC_ID).exact(FlowField.IN_PORT).exact(FlowField.DL_TYPE);
        int inPort = ports.toOpenFlow(key.inPort());
        FlowField.IN_PORT.set(flow, inPort);
        int table = 0;
        if (key.recircId() != 0) {
            RecircIds.State state = recircIds.state(key.recircId());
            if (state == null) {
                verdict.fail("no packet is expected under recirculation id " + key.recircId());
                return;
            }
            table = state.table();
            System.arraycopy(state.words(), 0, flow, RuleKey.REGISTERS, state.words().length);
        }
        if (Prerequisite.IP.isMet(flow)) {
            mask.words()[FlowField.NW_FRAG.word()] |=
                    (long) FRAGMENT_BITS << FlowField.NW_FRAG.shift();
        }
        Translation translation =
                new Translation(tables, ports, macs, recircIds, learns, flow, verdict, trace);
        translation.run(table);
        finish(flow, mask);
    }

    /** What the datapath cannot say more finely. */
    private static void finish(long[] flow, FlowMask mask) {
        long[] words = mask.words();
        long tci = FlowField.VLAN_TCI.get(words);
        if (tci != 0) {
            FlowField.VLAN_TCI.set(words, tci | 0x1000);
        }
        if (Prerequisite.ICMP.isMet(flow) || Prerequisite.ICMPV6.isMet(flow)) {
            FlowField.TP_SRC.set(words, FlowField.TP_SRC.get(words) & 0xff);
            FlowField.TP_DST.set(words, FlowField.TP_DST.get(words) & 0xff);
        }
    }
}
