package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.rule.field.RuleFields;
import io.odp4j.flowcache.rule.field.WideValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Datapath actions in the text that {@code ofproto/trace} and {@code dpctl} print. */
public final class ActionsText {
    private static final int VLAN_DEFAULT = 0x8100;
    private static final int CERTAIN = 0xffff;

    private ActionsText() {}

    /** The list; {@code drop} for none. Nobody listens to what goes up. */
    public static String of(List<DatapathAction> actions) {
        return list(actions);
    }

    private static String list(List<DatapathAction> actions) {
        return actions.isEmpty()
                ? "drop"
                : actions.stream().map(ActionsText::one).collect(Collectors.joining(","));
    }

    private static String one(DatapathAction action) {
        if (action instanceof DatapathAction.Output a) {
            return Integer.toString(a.port());
        } else if (action instanceof DatapathAction.Truncate a) {
            return "trunc(%d)".formatted(a.maxLength());
        } else if (action instanceof DatapathAction.ToController a) {
            return "userspace(pid=0,controller(reason=%d,dont_send=0,continuation=0,recirc_id=0,rule_cookie=%s,controller_id=%d,max_len=%d))"
                    .formatted(
                            a.reason(),
                            a.ruleCookie() == 0 ? "0" : "0x" + Long.toHexString(a.ruleCookie()),
                            a.controllerId(),
                            a.maxLength());
        } else if (action instanceof DatapathAction.Sample a) {
            return sample(a);
        } else if (action instanceof DatapathAction.Clone a) {
            return "clone(" + list(a.actions()) + ")";
        } else if (action instanceof DatapathAction.CheckLength a) {
            return "check_pkt_len(size=%d,gt(%s),le(%s))"
                    .formatted(a.size(), list(a.longer()), list(a.others()));
        } else if (action instanceof DatapathAction.PushMpls a) {
            return "push_mpls(%s,eth_type=0x%x)".formatted(entry(a.entry()), a.ethertype());
        } else if (action instanceof DatapathAction.PopMpls a) {
            return "pop_mpls(eth_type=0x%x)".formatted(a.ethertype());
        } else if (action instanceof DatapathAction.SetMpls a) {
            return "set(mpls(" + entry(a.entry()) + "))";
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

    private static String entry(int entry) {
        return "label=%d,tc=%d,ttl=%d,bos=%d"
                .formatted(entry >>> 12, entry >> 9 & 7, entry & 255, entry >> 8 & 1);
    }

    private static String sample(DatapathAction.Sample sample) {
        String up =
                "userspace(pid=0,flow_sample(probability=%d,collector_set_id=%d,obs_domain_id=%d,obs_point_id=%d,output_port=%d%s))"
                        .formatted(
                                sample.probability(),
                                sample.collectorSet(),
                                sample.obsDomain(),
                                sample.obsPoint(),
                                sample.outputPort(),
                                sample.direction().isEmpty() ? "" : "," + sample.direction());
        if (sample.probability() == CERTAIN) {
            return up;
        }
        double percent = 100.0 * sample.probability() / CERTAIN;
        return String.format(Locale.ROOT, "sample(sample=%.1f%%,actions(%s))", percent, up);
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
        return switch (field) {
            case DL_SRC, DL_DST, ARP_SHA, ARP_THA, ND_SLL, ND_TLL -> RuleFields.DL_SRC.text(value);
            case NW_SRC, NW_DST, TUN_SRC, TUN_DST -> RuleFields.NW_SRC.text(value);
            case IPV6_SRC, IPV6_DST, ND_TARGET, TUN_IPV6_SRC, TUN_IPV6_DST ->
                    RuleFields.IPV6_SRC.text(value);
            case NW_TTL, TP_SRC, TP_DST, ARP_OP, TUN_TTL -> Long.toString(value.low());
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
        append(text, ct.nat() == null ? null : ct.nat().toString());
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
}
