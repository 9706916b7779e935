package io.odp4j.upcall.policy;

import io.odp4j.datapath.flow.ActionWriter;
import io.odp4j.datapath.flow.text.ActionParser;
import io.odp4j.flowcache.policy.ActionsText;
import io.odp4j.flowcache.policy.DatapathAction;
import io.odp4j.upcall.action.ActionCookie;
import io.odp4j.upcall.action.ActionPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the pipeline's actions in the datapath's binary form. Outputs, VLAN tags and what goes to
 * the controller or a sampler are written directly; any other action goes through the datapath's
 * text once and is kept.
 */
final class ActionEncoder {
    private static final int KEPT = 4096;
    private static final long ALL = 65_535;

    private final ActionParser parser = new ActionParser();
    private final ActionWriter scratch = new ActionWriter();
    private final Map<DatapathAction, byte[]> kept =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<DatapathAction, byte[]> e) {
                    return size() > KEPT;
                }
            };
    private ActionPort up = ActionPort.NONE;

    /** Says where packets are sent up; what nobody takes is left out. */
    void setActionPort(ActionPort port) {
        up = port;
    }

    /** Appends the actions to {@code out}. */
    void encode(List<DatapathAction> actions, ActionWriter out) {
        // No iterator: until it is compiled well each would be garbage.
        for (int i = 0; i < actions.size(); i++) {
            encode(actions.get(i), out);
        }
    }

    private void encode(DatapathAction action, ActionWriter out) {
        if (action instanceof DatapathAction.Output output) {
            out.output(output.port());
        } else if (action instanceof DatapathAction.PushVlan tag) {
            out.pushVlan(tag.tpid(), tag.tci());
        } else if (action instanceof DatapathAction.PopVlan) {
            out.popVlan();
        } else if (action instanceof DatapathAction.ToController packet) {
            if (up.controller()) {
                new ActionCookie(
                                ActionCookie.CONTROLLER, 0, packet.maxLength(), packet.ruleCookie())
                        .appendTo(out, up.portId());
            }
        } else if (action instanceof DatapathAction.Sample sample) {
            if (up.samples()) {
                sample(sample).appendSampleTo(out, up.portId());
            }
        } else {
            out.writer().putRaw(kept(action));
        }
    }

    /** What is left of actions within an action: from there nothing is sent up. */
    private static List<DatapathAction> withoutUpcalls(List<DatapathAction> actions) {
        List<DatapathAction> left = new ArrayList<>();
        for (DatapathAction action : actions) {
            boolean up =
                    action instanceof DatapathAction.ToController
                            || action instanceof DatapathAction.Sample;
            if (!up) {
                left.add(withoutUpcalls(action));
            }
        }
        return left;
    }

    private static DatapathAction withoutUpcalls(DatapathAction action) {
        if (action instanceof DatapathAction.Clone clone) {
            return new DatapathAction.Clone(withoutUpcalls(clone.actions()));
        } else if (action instanceof DatapathAction.CheckLength check) {
            return new DatapathAction.CheckLength(
                    check.size(), withoutUpcalls(check.longer()), withoutUpcalls(check.others()));
        }
        return action;
    }

    private static ActionCookie sample(DatapathAction.Sample sample) {
        long of32Bits = sample.probability() * 0xffff_ffffL / ALL;
        return new ActionCookie(
                ActionCookie.SAMPLE,
                (int) sample.collectorSet() & 0xffff,
                (int) of32Bits,
                sample.obsDomain() << 32 | sample.obsPoint() & 0xffff_ffffL);
    }

    private byte[] kept(DatapathAction action) {
        byte[] bytes = kept.get(action);
        if (bytes == null) {
            scratch.clear();
            parser.parse(ActionsText.of(List.of(withoutUpcalls(action))), scratch.writer());
            bytes = new byte[scratch.length()];
            scratch.buffer().get(0, bytes);
            kept.put(action, bytes);
        }
        return bytes;
    }
}
