package io.odp4j.upcall.policy;

import io.odp4j.datapath.flow.ActionWriter;
import io.odp4j.datapath.flow.text.ActionParser;
import io.odp4j.flowcache.policy.ActionsText;
import io.odp4j.flowcache.policy.DatapathAction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the pipeline's actions in the datapath's binary form. Lists of outputs and VLAN tags are
 * written directly; a list with anything else goes through the datapath's text once and is kept.
 */
final class ActionEncoder {
    private static final int KEPT = 4096;

    private final ActionParser parser = new ActionParser();
    private final ActionWriter scratch = new ActionWriter();
    private final Map<List<DatapathAction>, byte[]> kept =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<List<DatapathAction>, byte[]> e) {
                    return size() > KEPT;
                }
            };

    /** Appends the actions to {@code out}. */
    void encode(List<DatapathAction> actions, ActionWriter out) {
        for (DatapathAction action : actions) {
            if (!isPlain(action)) {
                out.writer().putRaw(kept(actions));
                return;
            }
        }
        for (DatapathAction action : actions) {
            plain(action, out);
        }
    }

    private static boolean isPlain(DatapathAction action) {
        return action instanceof DatapathAction.Output
                || action instanceof DatapathAction.PushVlan
                || action instanceof DatapathAction.PopVlan
                || action instanceof DatapathAction.ToController;
    }

    private static void plain(DatapathAction action, ActionWriter out) {
        if (action instanceof DatapathAction.Output output) {
            out.output(output.port());
        } else if (action instanceof DatapathAction.PushVlan tag) {
            out.pushVlan(tag.tpid(), tag.tci());
        } else if (action instanceof DatapathAction.PopVlan) {
            out.popVlan();
        }
    }

    private byte[] kept(List<DatapathAction> actions) {
        List<DatapathAction> known =
                actions.stream().filter(a -> !(a instanceof DatapathAction.ToController)).toList();
        byte[] bytes = kept.get(known);
        if (bytes == null) {
            scratch.clear();
            parser.parse(ActionsText.of(known), scratch.writer());
            bytes = new byte[scratch.length()];
            scratch.buffer().get(0, bytes);
            kept.put(known, bytes);
        }
        return bytes;
    }
}
