package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.rule.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done with a packet, and the bits of its key that this depends on: every packet that
 * is equal in those gets the same.
 */
public final class Verdict {
    private final FlowMask mask = new FlowMask();
    private final List<DatapathAction> actions = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private String error;
    private boolean isAnswerAlone;

    void clear() {
        java.util.Arrays.fill(mask.words(), 0);
        actions.clear();
        rules.clear();
        error = null;
    }

    public FlowMask mask() {
        return mask;
    }

    /** Whether nobody will ask for the mask: what rules look at is not gathered then. */
    void setAnswerAlone(boolean alone) {
        isAnswerAlone = alone;
    }

    /** Where to gather what rules look at, or null. */
    FlowMask gathered() {
        return isAnswerAlone ? null : mask;
    }

    /** None: the packet is dropped. */
    public List<DatapathAction> actions() {
        return actions;
    }

    /** The rules met, in order; what the datapath flow handles is to be credited to each. */
    public List<Rule> rules() {
        return rules;
    }

    /**
     * Whether an action is one that a kernel refuses, so that the packet has to be changed in
     * userspace: fields of ARP, ICMP and neighbour discovery.
     */
    public boolean needsUserspace() {
        return needsUserspace(actions);
    }

    private static boolean needsUserspace(List<DatapathAction> actions) {
        for (DatapathAction action : actions) {
            boolean needs =
                    action instanceof DatapathAction.SetFields set
                            ? !set.part().isOfKernel()
                            : action instanceof DatapathAction.Clone clone
                                    ? needsUserspace(clone.actions())
                                    : action instanceof DatapathAction.CheckLength check
                                            && (needsUserspace(check.longer())
                                                    || needsUserspace(check.others()));
            if (needs) {
                return true;
            }
        }
        return false;
    }

    /** Why the packet is dropped in mid-pipeline, or null: too deep, too many. */
    public String error() {
        return error;
    }

    void fail(String reason) {
        if (error == null) {
            error = reason;
        }
    }

    /**
     * Counts packets and bytes to the rules that made the verdict.
     *
     * @param second of the tables' clock, see {@link
     *     io.odp4j.flowcache.policy.table.PolicyTables#expire}
     */
    public void credit(long packets, long bytes, int second) {
        for (Rule rule : rules) {
            rule.credit(packets, bytes, second);
        }
    }

    /** The actions as Open vSwitch prints them. */
    public String actionsText() {
        return ActionsText.of(actions);
    }
}
