package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.rule.CtSpec;
import io.odp4j.flowcache.rule.WideValue;
import java.util.List;
import java.util.stream.Collectors;

/** Datapath actions in the text that {@code ofproto/trace} and {@code dpctl} print. */
public final class ActionsText {
    private static final int VLAN_DEFAULT = 0x8100;

    private ActionsText() {}

    /** The list; {@code drop} for none. */
    public static String of(List<DatapathAction> actions) {
        if (actions.isEmpty()) {
            return "drop";
        }
        return actions.stream().map(ActionsText::one).collect(Collectors.joining(","));
    }

    private static String one(DatapathAction action) {
        if (action instanceof DatapathAction.Output a) {
            return Integer.toString(a.port());
        } else if (action instanceof DatapathAction.ToController a) {
            return "userspace(controller(rule_cookie=0x%x,max_len=%d))"
                    .formatted(a.ruleCookie(), a.maxLength());
        } else if (action instanceof DatapathAction.Sample a) {
            return "sample(sample=%.1f%%,actions(userspace(flow_sample(probability=%d,collector_set_id=%d,obs_domain_id=%d,obs_point_id=%d))))"
                    .formatted(
                            100.0 * a.probability() / 65535,
                            a.probability(),
                            a.collectorSet(),
                            a.obsDomain(),
                            a.obsPoint());
        } else if (action instanceof DatapathAction.SetFields a) {
            return set(a);
        } else if (action instanceof DatapathAction.PushVlan a) {
            String tpid = a.tpid() == VLAN_DEFAULT ? "" : "tpid=0x%04x,".formatted(a.tpid());
            return "push_vlan(%svid=%d,pcp=%d)".formatted(tpid, a.tci() & 0xfff, a.tci() >> 13 & 7);
        } else if (action instanceof DatapathAction.PopVlan) {
            return "pop_vlan";
        } else if (action instanceof DatapathAction.Ct a) {
            return ct(a);
        } else if (action instanceof DatapathAction.CtClear) {
            return "ct_clear";
        } else if (action instanceof DatapathAction.Recirc a) {
            return "recirc(0x%x)".formatted(a.id());
        } else if (action instanceof DatapathAction.Meter a) {
            return "meter(%d)".formatted(a.id());
        }
        throw new IllegalArgumentException("unknown action " + action);
    }

    private static String set(DatapathAction.SetFields set) {
        String fields =
                set.fields().stream().map(ActionsText::field).collect(Collectors.joining(","));
        return "set(%s(%s))".formatted(set.part().text(), fields);
    }

    private static String field(DatapathAction.FieldBits bits) {
        WideValue all = WideValue.ones(0, bits.field().bits());
        String text = value(bits.field(), bits.value());
        String whole =
                bits.mask().equals(all) ? text : text + "/" + value(bits.field(), bits.mask());
        return bits.name().isEmpty() ? whole : bits.name() + "=" + whole;
    }

    private static String value(FlowField field, WideValue value) {
        long low = value.low();
        return switch (field) {
            case DL_SRC, DL_DST, ARP_SHA, ARP_THA ->
                    "%02x:%02x:%02x:%02x:%02x:%02x"
                            .formatted(
                                    low >> 40 & 255,
                                    low >> 32 & 255,
                                    low >> 24 & 255,
                                    low >> 16 & 255,
                                    low >> 8 & 255,
                                    low & 255);
            case NW_SRC, NW_DST, TUN_SRC, TUN_DST ->
                    "%d.%d.%d.%d"
                            .formatted(low >> 24 & 255, low >> 16 & 255, low >> 8 & 255, low & 255);
            case NW_TTL, TP_SRC, TP_DST, ARP_OP, TUN_TTL -> Long.toString(low);
            default -> value.hex();
        };
    }

    private static String ct(DatapathAction.Ct ct) {
        StringBuilder text = new StringBuilder();
        append(text, ct.force() ? "force_commit" : ct.commit() ? "commit" : null);
        append(text, ct.zone() == 0 ? null : "zone=" + ct.zone());
        append(text, mark("mark", ct.mark()));
        append(text, mark("label", ct.label()));
        append(text, ct.helper() == null ? null : "helper=" + ct.helper());
        append(text, ct.nat() == null ? null : nat(ct.nat()));
        return text.isEmpty() ? "ct" : "ct(" + text + ")";
    }

    private static void append(StringBuilder text, String part) {
        if (part != null) {
            text.append(text.isEmpty() ? "" : ",").append(part);
        }
    }

    private static String mark(String name, DatapathAction.FieldBits bits) {
        return bits.mask().isZero()
                ? null
                : name + "=" + bits.value().hex() + "/" + bits.mask().hex();
    }

    private static String nat(CtSpec.Nat nat) {
        if (nat.kind() == CtSpec.NatKind.EXISTING) {
            return "nat";
        }
        StringBuilder text = new StringBuilder(nat.kind() == CtSpec.NatKind.SRC ? "src" : "dst");
        if (nat.low() != null) {
            text.append('=').append(nat.low());
            text.append(nat.high() == null ? "" : "-" + nat.high());
            text.append(nat.portLow() == 0 ? "" : ":" + nat.portLow());
            text.append(nat.portHigh() == 0 ? "" : "-" + nat.portHigh());
        }
        nat.flags().forEach(flag -> text.append(',').append(flag));
        return "nat(" + text + ")";
    }
}
