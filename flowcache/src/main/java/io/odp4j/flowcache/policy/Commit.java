package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.rule.field.WideValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns what rules changed in a key into the datapath actions that change the packet. */
final class Commit {
    private static final FlowField[] TPIDS = {FlowField.VLAN_TPID, FlowField.CVLAN_TPID};
    private static final FlowField[] TCIS = {FlowField.VLAN_TCI, FlowField.CVLAN_TCI};
    private static final int TAG = 0x1000;
    private static final int DEFAULT_TPID = 0x8100;

    private Commit() {}

    /** Adds the actions that make a packet of key {@code base} one of key {@code flow}. */
    static void changes(long[] base, long[] flow, List<DatapathAction> out) {
        if (Arrays.equals(base, 0, FlowKey.WORDS, flow, 0, FlowKey.WORDS)) {
            return;
        }
        for (KeyPart part : KeyPart.values()) {
            if (part == KeyPart.SKB_PRIORITY) {
                Labels.commit(base, flow, out);
                vlans(base, flow, out);
            }
            if (!part.needs().isMet(flow)) {
                continue;
            }
            List<DatapathAction.FieldBits> fields = new ArrayList<>();
            part.fields().forEach((field, name) -> compare(base, flow, field, name, fields));
            if (!fields.isEmpty()) {
                out.add(new DatapathAction.SetFields(part, List.copyOf(fields)));
            }
        }
    }

    private static void compare(
            long[] base,
            long[] flow,
            FlowField field,
            String name,
            List<DatapathAction.FieldBits> fields) {
        WideValue now = value(flow, field);
        if (!now.equals(value(base, field))) {
            WideValue all = WideValue.ones(0, field.bits());
            fields.add(new DatapathAction.FieldBits(field, name, now, all));
            copy(flow, base, field);
        }
    }

    private static WideValue value(long[] words, FlowField field) {
        return field.bits() > 64
                ? new WideValue(words[field.word()], words[field.word() + 1])
                : WideValue.of(field.get(words));
    }

    static void copy(long[] from, long[] to, FlowField field) {
        if (field.bits() > 64) {
            field.set(to, from[field.word()], from[field.word() + 1]);
        } else {
            field.set(to, field.get(from));
        }
    }

    private static int tags(long[] key) {
        return TCIS[0].get(key) == 0 ? 0 : TCIS[1].get(key) == 0 ? 1 : 2;
    }

    /** A tag by its place from the innermost. */
    private static long tag(long[] key, int fromInner) {
        int i = tags(key) - 1 - fromInner;
        return TPIDS[i].get(key) << 16 | TCIS[i].get(key);
    }

    private static void vlans(long[] base, long[] flow, List<DatapathAction> out) {
        int before = tags(base);
        int after = tags(flow);
        int same = 0;
        while (same < before && same < after && tag(base, same) == tag(flow, same)) {
            same++;
        }
        for (int i = before; i > same; i--) {
            out.add(new DatapathAction.PopVlan());
        }
        for (int i = same; i < after; i++) {
            long tag = tag(flow, i);
            int tpid = (int) (tag >>> 16);
            out.add(
                    new DatapathAction.PushVlan(
                            tpid == 0 ? DEFAULT_TPID : tpid, (int) tag & 0xffff | TAG));
        }
        for (int i = 0; i < TCIS.length; i++) {
            copy(flow, base, TPIDS[i]);
            copy(flow, base, TCIS[i]);
        }
    }
}
