package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.policy.table.RuleTable;
import io.odp4j.flowcache.rule.ControllerReason;
import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.field.RuleKey;
import io.odp4j.flowcache.rule.field.WideValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Packets on their way through the tables, one after the other. */
final class Translation {
    /** How deep resubmits may nest, and how many there may be: Open vSwitch's bounds. */
    private static final int MAX_DEPTH = 64;

    private static final int MAX_RESUBMITS = 64 * 64;

    /** What a queue is to the kernel: a class of the queueing discipline 1. */
    private static final long QUEUE_CLASS = 0x10001;

    private static final int NOWHERE = -1;

    private final Pipeline pipeline;
    private final long[] flow;
    private final PacketState packet;
    private final HeaderActions headers;
    private final Outputs outputs;
    private final Tracking tracking;
    private final ActionSet actionSet = new ActionSet();
    private Verdict verdict;
    private TraceListener trace;
    private long priority;

    /** Where actions of the datapath go. */
    private List<DatapathAction> out;

    private int table;
    private int depth;
    private int resubmits;
    private Rule rule;
    private boolean exit;

    /** The inner headers have to be read before anything else is done: gathers what is left. */
    private List<RecircIds.Rest> frozen;

    /** The last label was removed: what is below it is not known. */
    private boolean hidden;

    /**
     * For the packets of a pipeline.
     *
     * @param flow the packet as rules see it, from {@link #begin} on
     * @param base what the datapath has of it
     */
    Translation(Pipeline pipeline, long[] flow, long[] base) {
        this.pipeline = pipeline;
        this.flow = flow;
        packet = new PacketState(flow, base);
        headers = new HeaderActions(packet);
        outputs = new Outputs(this, packet, pipeline);
        tracking = new Tracking(this, packet);
    }

    /** Forgets the packet before; the next one's words are in place. */
    Translation begin(boolean learns, Verdict of, TraceListener listener) {
        verdict = of;
        trace = listener;
        out = of.actions();
        table = 0;
        depth = 0;
        resubmits = 0;
        rule = null;
        exit = false;
        frozen = null;
        hidden = false;
        packet.begin(of.mask().words());
        headers.clearStack();
        actionSet.clear();
        outputs.begin(learns);
        tracking.setTracked(FlowField.RECIRC_ID.get(flow) != 0);
        priority = FlowField.SKB_PRIORITY.get(flow);
        return this;
    }

    /** Takes the packet through all tables from the first. */
    void run() {
        lookup(0);
        finish();
    }

    /** Goes on with a packet that came back. */
    void resume(RecircIds.State state) {
        actionSet.restore(state.actionSet());
        headers.restoreStack(state.stack());
        if (state.table() >= 0) {
            lookup(state.table());
        }
        for (int i = 0; i < state.rest().size(); i++) {
            RecircIds.Rest rest = state.rest().get(i);
            table = rest.table();
            rule = rest.rule();
            perform(rest.actions());
        }
        finish();
    }

    private void finish() {
        finishBranch();
        if (verdict.error() != null) {
            verdict.actions().clear();
        }
        // Nothing follows that a copy would have to be made for.
        int last = out.size() - 1;
        if (last >= 0 && out.get(last) instanceof DatapathAction.Clone clone) {
            out.remove(last);
            out.addAll(clone.actions());
        }
    }

    /** The action set, and the way back if there is one. */
    private void finishBranch() {
        if (frozen == null && verdict.error() == null) {
            exit = false;
            List<OpenFlowAction> actions = actionSet.ordered();
            actionSet.clear();
            perform(actions);
        }
        if (frozen != null) {
            List<RecircIds.Rest> rest = frozen;
            frozen = null;
            hidden = false;
            commit();
            recirculate(NOWHERE, rest, TraceListener.NO_ZONE);
        }
    }

    /**
     * Lets the packet come back.
     *
     * @param zone of the connection tracker that it comes back from, or {@link
     *     TraceListener#NO_ZONE}
     */
    void recirculate(int toTable, List<RecircIds.Rest> rest, int zone) {
        RecircIds.State state =
                new RecircIds.State(
                        toTable,
                        Arrays.copyOfRange(flow, RuleKey.REGISTERS, RuleKey.METADATA + 1),
                        List.copyOf(rest),
                        headers.stack(),
                        actionSet.written(),
                        zone >= 0 || tracking.isTracked());
        int id = pipeline.recircIds().idOf(state);
        add(new DatapathAction.Recirc(id));
        if (trace != null) {
            trace.recirculates(id, flow, zone);
        }
    }

    /** Adds an action of the datapath. */
    void add(DatapathAction action) {
        out.add(action);
    }

    /** Adds the actions that make the packet what it is by now. */
    void commit() {
        Commit.changes(packet.base, flow, out);
    }

    Rule rule() {
        return rule;
    }

    void lookup(int number) {
        if (depth >= MAX_DEPTH || resubmits >= MAX_RESUBMITS) {
            verdict.fail(depth >= MAX_DEPTH ? "too deep in resubmits" : "too many resubmits");
            exit = true;
            return;
        }
        RuleTable in = pipeline.tables().table(number);
        Rule found = in == null ? null : applies(in);
        if (trace != null) {
            trace.lookedUp(number, found, depth, flow, verdict.mask());
        }
        if (found == null) {
            return;
        }
        verdict.rules().add(found);
        int savedTable = table;
        Rule savedRule = rule;
        table = number;
        rule = found;
        depth++;
        resubmits++;
        perform(found.actions());
        depth--;
        table = savedTable;
        rule = savedRule;
    }

    /** The rule that applies; to rules a fragment has no ports, not even the first. */
    private Rule applies(RuleTable in) {
        if (FlowField.NW_FRAG.get(flow) == 0) {
            return in.lookup(flow, verdict.gathered());
        }
        long[] wildcards = packet.wildcards;
        long from = FlowField.TP_SRC.get(flow);
        long to = FlowField.TP_DST.get(flow);
        long lookedFrom = FlowField.TP_SRC.get(wildcards);
        long lookedTo = FlowField.TP_DST.get(wildcards);
        FlowField.TP_SRC.set(flow, 0);
        FlowField.TP_DST.set(flow, 0);
        Rule found = in.lookup(flow, verdict.gathered());
        FlowField.TP_SRC.set(flow, from);
        FlowField.TP_DST.set(flow, to);
        FlowField.TP_SRC.set(wildcards, lookedFrom);
        FlowField.TP_DST.set(wildcards, lookedTo);
        return found;
    }

    /** Carries a list out, up to its end or to what ends it. */
    private void perform(List<OpenFlowAction> actions) {
        boolean goesOn = true;
        for (int i = 0; i < actions.size() && goesOn; i++) {
            OpenFlowAction action = actions.get(i);
            if (!exit && hidden && InnerHeaders.areNeededBy(action)) {
                exit = true;
                frozen = new ArrayList<>();
            }
            if (exit) {
                if (frozen != null) {
                    frozen.add(new RecircIds.Rest(table, rule, actions.subList(i, actions.size())));
                }
                return;
            }
            if (trace != null) {
                trace.performs(action, depth, verdict.mask());
            }
            if (action instanceof OpenFlowAction.CheckPacketLarger check) {
                checkLength(check, actions.subList(i + 1, actions.size()));
                goesOn = false;
            } else {
                goesOn = perform(action);
            }
        }
    }

    /** Carries an action out; false if it ends its list. */
    private boolean perform(OpenFlowAction action) {
        if (headers.perform(action)) {
            return true;
        }
        if (action instanceof OpenFlowAction.Output a) {
            outputs.output(a.port());
        } else if (action instanceof OpenFlowAction.OutputField a) {
            packet.look(a.port());
            WideValue port = a.port().get(flow);
            if (port.fits(16)) {
                outputs.output((int) port.low());
            }
        } else if (action instanceof OpenFlowAction.OutputTruncated a) {
            outputs.truncated(a);
        } else if (action instanceof OpenFlowAction.Controller a) {
            commit();
            toController(a.maxLength(), a.reason(), a.controllerId());
        } else if (action instanceof OpenFlowAction.Resubmit a) {
            resubmit(a);
        } else if (action instanceof OpenFlowAction.GotoTable a) {
            lookup(a.table());
        } else if (action instanceof OpenFlowAction.PushMpls a) {
            pushLabel(a);
        } else if (action instanceof OpenFlowAction.PopMpls a) {
            hidden |= Labels.pop(packet, a.ethertype()) && !isMpls(a.ethertype());
        } else if (action instanceof OpenFlowAction.DecMplsTtl) {
            return decrementLabel();
        } else if (action instanceof OpenFlowAction.DecTtl a) {
            return decrementTtl(a);
        } else if (action instanceof OpenFlowAction.Clone a) {
            cloned(a.actions());
        } else if (action instanceof OpenFlowAction.WriteActions a) {
            actionSet.write(a.actions());
        } else if (action instanceof OpenFlowAction.ClearActions) {
            actionSet.clear();
        } else if (action instanceof OpenFlowAction.Exit) {
            exit = true;
        } else {
            performRare(action);
        }
        return true;
    }

    private void performRare(OpenFlowAction action) {
        if (action instanceof OpenFlowAction.Ct a) {
            tracking.track(a.spec());
        } else if (action instanceof OpenFlowAction.CtClear) {
            tracking.clear();
        } else if (action instanceof OpenFlowAction.Meter a) {
            commit();
            add(new DatapathAction.Meter(a.id()));
        } else if (action instanceof OpenFlowAction.Sample a) {
            commit();
            add(outputs.sample(a));
        } else if (action instanceof OpenFlowAction.SetQueue a) {
            FlowField.SKB_PRIORITY.set(flow, QUEUE_CLASS + a.queue());
        } else if (action instanceof OpenFlowAction.PopQueue) {
            FlowField.SKB_PRIORITY.set(flow, priority);
        } else if (action instanceof OpenFlowAction.Enqueue a) {
            long saved = FlowField.SKB_PRIORITY.get(flow);
            FlowField.SKB_PRIORITY.set(flow, QUEUE_CLASS + a.queue());
            outputs.output(a.port());
            FlowField.SKB_PRIORITY.set(flow, saved);
        }
        // What is left, notes and conjunctions, does nothing.
    }

    private static boolean isMpls(int ethertype) {
        return ethertype == 0x8847 || ethertype == 0x8848;
    }

    void toController(int maxLength, int reason, int controllerId) {
        long cookie = rule == null ? 0 : rule.cookie();
        add(new DatapathAction.ToController(maxLength, reason, controllerId, cookie));
    }

    private void resubmit(OpenFlowAction.Resubmit resubmit) {
        int next = resubmit.table() < 0 ? table : resubmit.table();
        long saved = FlowField.IN_PORT.get(flow);
        if (resubmit.port() >= 0) {
            FlowField.IN_PORT.set(flow, resubmit.port());
        }
        lookup(next);
        FlowField.IN_PORT.set(flow, saved);
    }

    private void pushLabel(OpenFlowAction.PushMpls push) {
        if (Labels.count(flow, packet.wildcards) == 0) {
            commit();
        }
        if (!Labels.push(packet, push.ethertype())) {
            verdict.fail("more than three MPLS labels");
            exit = true;
        }
    }

    private boolean decrementLabel() {
        if (!isMpls((int) FlowField.DL_TYPE.get(flow))) {
            return false;
        }
        boolean left = Labels.decrement(packet);
        if (!left) {
            commit();
            toController(0xffff, ControllerReason.INVALID_TTL, 0);
        }
        return left;
    }

    /** A packet whose TTL runs out goes to the controllers, and no further in this table. */
    private boolean decrementTtl(OpenFlowAction.DecTtl action) {
        boolean left = headers.decrementTtl();
        if (!left) {
            commit();
            for (int id : action.controllers()) {
                toController(0xffff, ControllerReason.INVALID_TTL, id);
            }
        }
        return left;
    }

    /** Works on a copy; what the datapath could not take back is done on one of its own. */
    private void cloned(List<OpenFlowAction> actions) {
        boolean own = actions.stream().anyMatch(Translation::cannotBeUndone);
        Saved saved = new Saved(this);
        List<DatapathAction> outer = out;
        if (own) {
            commit();
            saved = new Saved(this);
            out = new ArrayList<>();
        }
        perform(actions);
        finishBranch();
        if (own) {
            List<DatapathAction> copied = out;
            out = outer;
            if (!copied.isEmpty()) {
                add(new DatapathAction.Clone(List.copyOf(copied)));
            }
        }
        saved.restore(this, own);
        exit = verdict.error() != null;
    }

    private static boolean cannotBeUndone(OpenFlowAction action) {
        return action instanceof OpenFlowAction.Ct
                || action instanceof OpenFlowAction.Meter
                || action instanceof OpenFlowAction.OutputTruncated;
    }

    /** Goes both ways; what an outer list still holds follows as if neither had been gone. */
    private void checkLength(OpenFlowAction.CheckPacketLarger check, List<OpenFlowAction> rest) {
        commit();
        Saved saved = new Saved(this);
        List<DatapathAction> outer = out;
        List<List<DatapathAction>> ways = new ArrayList<>();
        for (int bit = 1; bit >= 0; bit--) {
            out = new ArrayList<>();
            packet.look(check.to());
            check.to().set(flow, WideValue.of(bit));
            perform(rest);
            finishBranch();
            ways.add(List.copyOf(out));
            saved.restore(this, true);
            exit = verdict.error() != null;
        }
        out = outer;
        add(new DatapathAction.CheckLength(check.length(), ways.get(0), ways.get(1)));
    }

    /** What a copy must leave as it was. */
    private static final class Saved {
        private final long[] flow;
        private final long[] base;
        private final List<WideValue> stack;
        private final List<OpenFlowAction> actionSet;
        private final boolean hidden;
        private final boolean tracked;

        Saved(Translation from) {
            flow = from.flow.clone();
            base = from.packet.base.clone();
            stack = from.headers.stack();
            actionSet = from.actionSet.written();
            hidden = from.hidden;
            tracked = from.tracking.isTracked();
        }

        /**
         * Puts it back.
         *
         * @param ofDatapath whether the datapath's packet is as before, too
         */
        void restore(Translation to, boolean ofDatapath) {
            System.arraycopy(flow, 0, to.flow, 0, flow.length);
            if (ofDatapath) {
                System.arraycopy(base, 0, to.packet.base, 0, base.length);
            }
            to.headers.restoreStack(stack);
            to.actionSet.restore(actionSet);
            to.hidden = hidden;
            to.tracking.setTracked(tracked);
        }
    }
}
