package io.odp4j.flowcache.policy;

import io.odp4j.flowcache.rule.OpenFlowAction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What write_actions gathers until the tables are done: OpenFlow 1.3, section 5.10. Of each kind
 * the last counts, but for writes of fields, which all count.
 */
final class ActionSet {
    /** Kinds in the order in which they are carried out, before the writes of fields. */
    private static final List<Class<? extends OpenFlowAction>> FIRST =
            List.of(
                    OpenFlowAction.PopVlan.class,
                    OpenFlowAction.PopMpls.class,
                    OpenFlowAction.PushMpls.class,
                    OpenFlowAction.PushVlan.class,
                    OpenFlowAction.DecTtl.class,
                    OpenFlowAction.DecMplsTtl.class);

    /** Kinds that send the packet somewhere, the one that counts if there is any first. */
    private static final List<Class<? extends OpenFlowAction>> OUTPUTS =
            List.of(
                    OpenFlowAction.Output.class,
                    OpenFlowAction.Controller.class,
                    OpenFlowAction.Resubmit.class,
                    OpenFlowAction.Ct.class);

    private final List<OpenFlowAction> written = new ArrayList<>(0);

    void write(List<OpenFlowAction> actions) {
        written.addAll(actions);
    }

    void clear() {
        written.clear();
    }

    List<OpenFlowAction> written() {
        return List.copyOf(written);
    }

    void restore(List<OpenFlowAction> saved) {
        written.clear();
        written.addAll(saved);
    }

    private static boolean isWrite(OpenFlowAction action) {
        return action instanceof OpenFlowAction.SetField
                || action instanceof OpenFlowAction.Move
                || action instanceof OpenFlowAction.SetVlanVid
                || action instanceof OpenFlowAction.SetVlanPcp;
    }

    private OpenFlowAction last(Predicate<OpenFlowAction> which) {
        for (int i = written.size() - 1; i >= 0; i--) {
            if (which.test(written.get(i))) {
                return written.get(i);
            }
        }
        return null;
    }

    /** What is to be carried out, in order: nothing if nothing sends the packet anywhere. */
    List<OpenFlowAction> ordered() {
        if (written.isEmpty()) {
            return List.of();
        }
        OpenFlowAction output = null;
        for (Class<? extends OpenFlowAction> kind : OUTPUTS) {
            output = output == null ? last(kind::isInstance) : output;
        }
        if (output == null) {
            return List.of();
        }
        List<OpenFlowAction> ordered = new ArrayList<>();
        for (Class<? extends OpenFlowAction> kind : FIRST) {
            OpenFlowAction found = last(kind::isInstance);
            if (found != null) {
                ordered.add(found);
            }
        }
        written.stream().filter(ActionSet::isWrite).forEach(ordered::add);
        OpenFlowAction queue = last(OpenFlowAction.SetQueue.class::isInstance);
        if (queue != null) {
            ordered.add(queue);
        }
        ordered.add(output);
        return ordered;
    }
}
