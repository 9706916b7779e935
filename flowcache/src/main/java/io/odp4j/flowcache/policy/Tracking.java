package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.rule.CtSpec;
import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.field.RuleKey;
import io.odp4j.flowcache.rule.field.WideValue;
import java.util.List;

/** What a packet has to do with the connection tracker. */
final class Tracking {
    private static final List<FlowField> STATE =
            List.of(FlowField.CT_STATE, FlowField.CT_ZONE, FlowField.CT_MARK);

    private final Translation translation;
    private final PacketState packet;
    private final long[] flow;
    private boolean tracked;

    Tracking(Translation translation, PacketState packet) {
        this.translation = translation;
        this.packet = packet;
        this.flow = packet.flow;
    }

    boolean isTracked() {
        return tracked;
    }

    void setTracked(boolean is) {
        tracked = is;
    }

    void track(CtSpec ct) {
        translation.commit();
        int zone = ct.zone();
        if (ct.zoneField() != null) {
            packet.look(ct.zoneField());
            zone = (int) ct.zoneField().get(flow).low();
        }
        long[] before = flow.clone();
        FlowField.CT_MARK.set(flow, 0);
        FlowField.CT_LABEL.set(flow, 0, 0);
        long[] written = new long[RuleKey.WORDS];
        for (OpenFlowAction action : ct.exec()) {
            if (action instanceof OpenFlowAction.SetField set) {
                set.field().set(flow, set.value(), set.mask());
                set.field().set(written, set.mask(), set.mask());
            } else if (action instanceof OpenFlowAction.Move move) {
                packet.look(move.from());
                move.to().set(flow, move.from().get(flow));
                move.to().set(written, WideValue.ones(0, move.to().bits()));
            }
        }
        DatapathAction.FieldBits mark = bits(FlowField.CT_MARK, written);
        DatapathAction.FieldBits label = bits(FlowField.CT_LABEL, written);
        System.arraycopy(before, 0, flow, 0, flow.length);
        translation.add(
                new DatapathAction.Ct(
                        ct.commit(), ct.force(), zone, mark, label, ct.nat(), ct.helper()));
        if (ct.table() >= 0) {
            translation.recirculate(ct.table(), List.of(), zone);
        }
    }

    private DatapathAction.FieldBits bits(FlowField field, long[] written) {
        return field.bits() > 64
                ? new DatapathAction.FieldBits(
                        field,
                        "",
                        new WideValue(flow[field.word()], flow[field.word() + 1]),
                        new WideValue(written[field.word()], written[field.word() + 1]))
                : new DatapathAction.FieldBits(
                        field, "", WideValue.of(field.get(flow)), WideValue.of(field.get(written)));
    }

    /** Forgets the connection. */
    void clear() {
        packet.look(FlowField.CT_STATE);
        if (tracked || FlowField.CT_STATE.get(flow) != 0) {
            translation.add(new DatapathAction.CtClear());
            tracked = false;
        }
        STATE.forEach(field -> field.set(flow, 0));
        FlowField.CT_LABEL.set(flow, 0, 0);
    }
}
