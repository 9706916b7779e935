package io.odp4j.flowcache.trace;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.policy.Pipeline;
import io.odp4j.flowcache.policy.SwitchPorts;
import io.odp4j.flowcache.policy.TraceListener;
import io.odp4j.flowcache.policy.Verdict;
import io.odp4j.flowcache.rule.MatchFormatter;
import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.field.RuleKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Follows a packet that is only thought of, as {@code ofproto/trace} does: nothing is learnt and
 * nothing counted. A packet that the connection tracker would send back comes back with a state
 * that the caller says.
 */
public final class Tracer {
    /** What a tracked packet is unless said otherwise: trk|new. */
    public static final int TRACKED_AND_NEW = 0x21;

    /** Passes after which a packet that comes back for ever is given up. */
    private static final int MOST_PASSES = 4096;

    private final Pipeline pipeline;
    private final SwitchPorts ports;

    public Tracer(Pipeline pipeline, SwitchPorts ports) {
        this.pipeline = pipeline;
        this.ports = ports;
    }

    /** A packet to be looked at, and the zone that it comes back from. */
    private record Pending(FlowKey key, int zone) {}

    /**
     * Follows a packet.
     *
     * @param ctStates the ct_state of each return from the connection tracker, {@link
     *     #TRACKED_AND_NEW} behind the last
     */
    public List<Pass> trace(FlowKey packet, List<Integer> ctStates) {
        List<Pass> passes = new ArrayList<>();
        Deque<Pending> pending = new ArrayDeque<>();
        Iterator<Integer> states = ctStates.iterator();
        pending.add(new Pending(packet, TraceListener.NO_ZONE));
        while (!pending.isEmpty() && passes.size() < MOST_PASSES) {
            Pending next = pending.remove();
            passes.add(new Recorder(next, pending, states).pass());
        }
        return passes;
    }

    /** Writes one pass down. */
    private final class Recorder implements TraceListener {
        private final Pending from;
        private final Deque<Pending> pending;
        private final Iterator<Integer> states;
        private final Verdict verdict = new Verdict();
        private final List<Step> steps = new ArrayList<>();
        private final FlowMask seen = new FlowMask();
        private OpenFlowAction action;
        private int actionDepth;

        Recorder(Pending from, Deque<Pending> pending, Iterator<Integer> states) {
            this.from = from;
            this.pending = pending;
            this.states = states;
        }

        Pass pass() {
            FlowKey key = from.key;
            // What every flow matches is no step's doing.
            seen.exact(FlowField.RECIRC_ID).exact(FlowField.IN_PORT).exact(FlowField.DL_TYPE);
            seen.exact(FlowField.NW_FRAG);
            pipeline.translate(key, verdict, this);
            endAction(verdict.mask());
            long[] words = Arrays.copyOf(key.words(), RuleKey.WORDS);
            int inPort = ports.toOpenFlow(key.inPort());
            FlowField.IN_PORT.set(words, inPort);
            return new Pass(
                    from.zone,
                    key,
                    MatchFormatter.packet(words),
                    MatchFormatter.megaflow(key, verdict.mask(), inPort),
                    verdict,
                    steps);
        }

        /** What a mask has that no step before had. */
        private String news(FlowMask mask) {
            FlowMask fresh = new FlowMask();
            for (int w = 0; w < FlowKey.WORDS; w++) {
                fresh.words()[w] = mask.words()[w] & ~seen.words()[w];
                seen.words()[w] |= mask.words()[w];
            }
            return MatchFormatter.part(from.key, fresh);
        }

        private void endAction(FlowMask mask) {
            if (action != null) {
                steps.add(new Step.Performed(action, actionDepth, news(mask)));
                action = null;
            }
        }

        @Override
        public void lookedUp(int table, Rule rule, int depth, long[] words, FlowMask mask) {
            // The action that led here looked at nothing itself.
            if (action != null) {
                steps.add(new Step.Performed(action, actionDepth, ""));
                action = null;
            }
            steps.add(new Step.Lookup(table, rule, depth, words.clone(), news(mask)));
        }

        @Override
        public void performs(OpenFlowAction next, int depth, FlowMask mask) {
            endAction(mask);
            action = next;
            actionDepth = depth;
        }

        @Override
        public void recirculates(int id, long[] words, int zone) {
            FlowKey key = new FlowKey();
            System.arraycopy(words, 0, key.words(), 0, FlowKey.WORDS);
            key.set(FlowField.RECIRC_ID, id);
            key.set(FlowField.IN_PORT, ports.toDatapath((int) FlowField.IN_PORT.get(words)));
            if (key.get(FlowField.NW_FRAG) > 1) {
                key.set(FlowField.NW_FRAG, 2);
            }
            if (zone != NO_ZONE) {
                int state = states.hasNext() ? states.next() : TRACKED_AND_NEW;
                key.set(FlowField.CT_STATE, state).set(FlowField.CT_ZONE, zone);
            }
            pending.add(new Pending(key.carryFromContents(), zone));
        }
    }
}
