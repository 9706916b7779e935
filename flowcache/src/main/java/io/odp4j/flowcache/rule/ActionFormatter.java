package io.odp4j.flowcache.rule;

import io.odp4j.flowcache.rule.OpenFlowAction.Subfield;
import io.odp4j.flowcache.rule.field.OpenFlowPort;
import io.odp4j.flowcache.rule.field.RuleField;
import io.odp4j.flowcache.rule.field.RuleFields;
import io.odp4j.flowcache.rule.field.ValueFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Actions of rules in the text of {@code ovs-ofctl}, which {@link
 * io.odp4j.flowcache.rule.parse.RuleParser} reads.
 */
public final class ActionFormatter {
    private static final Map<RuleField, String> OLD_NAMES =
            Map.of(
                    RuleFields.DL_SRC, "mod_dl_src",
                    RuleFields.DL_DST, "mod_dl_dst",
                    RuleFields.NW_SRC, "mod_nw_src",
                    RuleFields.NW_DST, "mod_nw_dst",
                    RuleFields.TP_SRC, "mod_tp_src",
                    RuleFields.TP_DST, "mod_tp_dst",
                    RuleFields.MPLS_LABEL, "set_mpls_label",
                    RuleFields.MPLS_TC, "set_mpls_tc",
                    RuleFields.MPLS_TTL, "set_mpls_ttl",
                    RuleFields.NW_TTL, "mod_nw_ttl");

    private ActionFormatter() {}

    /** The actions of a rule; {@code drop} for none. */
    public static String of(List<OpenFlowAction> actions) {
        return actions.isEmpty() ? "drop" : list(actions);
    }

    private static String list(List<OpenFlowAction> actions) {
        return actions.stream().map(ActionFormatter::of).collect(Collectors.joining(","));
    }

    /** One action. */
    public static String of(OpenFlowAction action) {
        if (action instanceof OpenFlowAction.Output a) {
            String port = OpenFlowPort.text(a.port());
            return Character.isDigit(port.charAt(0)) ? "output:" + port : port;
        } else if (action instanceof OpenFlowAction.OutputField a) {
            return "output:" + a.port();
        } else if (action instanceof OpenFlowAction.OutputTruncated a) {
            return "output(port=" + OpenFlowPort.text(a.port()) + ",max_len=" + a.maxLength() + ")";
        } else if (action instanceof OpenFlowAction.Enqueue a) {
            return "enqueue:" + OpenFlowPort.text(a.port()) + ":" + a.queue();
        } else if (action instanceof OpenFlowAction.SetQueue a) {
            return "set_queue:" + a.queue();
        } else if (action instanceof OpenFlowAction.PopQueue) {
            return "pop_queue";
        } else if (action instanceof OpenFlowAction.Controller a) {
            return controller(a);
        } else if (action instanceof OpenFlowAction.Resubmit a) {
            return resubmit(a);
        } else if (action instanceof OpenFlowAction.GotoTable a) {
            return "goto_table:" + a.table();
        } else if (action instanceof OpenFlowAction.Ct a) {
            return ct(a.spec());
        } else if (action instanceof OpenFlowAction.CtClear) {
            return "ct_clear";
        } else if (action instanceof OpenFlowAction.Meter a) {
            return "meter:" + a.id();
        } else if (action instanceof OpenFlowAction.Sample a) {
            return sample(a);
        } else if (action instanceof OpenFlowAction.Conjunction a) {
            return "conjunction(" + a.id() + "," + (a.k() + 1) + "/" + a.n() + ")";
        } else if (action instanceof OpenFlowAction.Clone a) {
            return "clone(" + list(a.actions()) + ")";
        } else if (action instanceof OpenFlowAction.WriteActions a) {
            return "write_actions(" + list(a.actions()) + ")";
        } else if (action instanceof OpenFlowAction.ClearActions) {
            return "clear_actions";
        } else if (action instanceof OpenFlowAction.Exit) {
            return "exit";
        } else if (action instanceof OpenFlowAction.Note a) {
            return "note:" + a.bytes();
        }
        return header(action);
    }

    private static String header(OpenFlowAction action) {
        if (action instanceof OpenFlowAction.SetField a) {
            return set(a);
        } else if (action instanceof OpenFlowAction.Move a) {
            return "move:" + a.from() + "->" + a.to();
        } else if (action instanceof OpenFlowAction.PushVlan a) {
            return "push_vlan:0x%04x".formatted(a.ethertype());
        } else if (action instanceof OpenFlowAction.PopVlan) {
            return "strip_vlan";
        } else if (action instanceof OpenFlowAction.SetVlanVid a) {
            return "mod_vlan_vid:" + a.vid();
        } else if (action instanceof OpenFlowAction.SetVlanPcp a) {
            return "mod_vlan_pcp:" + a.pcp();
        } else if (action instanceof OpenFlowAction.PushMpls a) {
            return "push_mpls:0x%04x".formatted(a.ethertype());
        } else if (action instanceof OpenFlowAction.PopMpls a) {
            return "pop_mpls:0x%04x".formatted(a.ethertype());
        } else if (action instanceof OpenFlowAction.DecMplsTtl) {
            return "dec_mpls_ttl";
        } else if (action instanceof OpenFlowAction.DecTtl a) {
            boolean usual = a.controllers().equals(List.of(0));
            return usual ? "dec_ttl" : "dec_ttl(" + numbers(a.controllers()) + ")";
        } else if (action instanceof OpenFlowAction.Push a) {
            return "push:" + a.from();
        } else if (action instanceof OpenFlowAction.Pop a) {
            return "pop:" + a.to();
        } else if (action instanceof OpenFlowAction.CheckPacketLarger a) {
            return "check_pkt_larger(" + a.length() + ")->" + a.to();
        }
        throw new IllegalArgumentException("unknown action " + action);
    }

    private static String numbers(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** The oldest form that says it, which asks least of the match. */
    private static String set(OpenFlowAction.SetField set) {
        RuleField field = set.field();
        boolean whole = set.mask().equals(field.ones());
        String old = whole ? OLD_NAMES.get(field) : null;
        if (old != null) {
            return old + ":" + ValueFormatter.one(field, set.value());
        }
        if (whole && field == RuleFields.NW_DSCP) {
            return "mod_nw_tos:" + (set.value().low() << 2);
        }
        if (field == RuleFields.METADATA) {
            return "write_metadata:" + ValueFormatter.masked(field, set.value(), set.mask());
        }
        if (whole && field == RuleFields.TUN_ID) {
            String name = set.value().fits(32) ? "set_tunnel:" : "set_tunnel64:";
            return name + set.value().hex();
        }
        return "set_field:"
                + ValueFormatter.masked(field, set.value(), set.mask())
                + "->"
                + field.name();
    }

    private static String controller(OpenFlowAction.Controller to) {
        boolean usual =
                to.reason() == ControllerReason.ACTION
                        && to.controllerId() == 0
                        && to.userdata().isEmpty();
        if (usual) {
            return "CONTROLLER:" + to.maxLength();
        }
        return "controller(reason="
                + ControllerReason.name(to.reason())
                + ",max_len="
                + to.maxLength()
                + ",id="
                + to.controllerId()
                + (to.userdata().isEmpty() ? "" : ",userdata=" + to.userdata())
                + ")";
    }

    private static String resubmit(OpenFlowAction.Resubmit to) {
        String port = to.port() < 0 ? "" : OpenFlowPort.text(to.port());
        return to.table() < 0
                ? "resubmit:" + (port.isEmpty() ? "IN_PORT" : port)
                : "resubmit(" + port + "," + to.table() + ")";
    }

    private static String sample(OpenFlowAction.Sample sample) {
        List<String> parts = new ArrayList<>();
        parts.add("probability=" + sample.probability());
        parts.add("collector_set_id=" + sample.collectorSet());
        parts.add("obs_domain_id=" + sample.obsDomain());
        parts.add("obs_point_id=" + sample.obsPoint());
        if (sample.samplingPort() != OpenFlowPort.NONE) {
            parts.add("sampling_port=" + OpenFlowPort.text(sample.samplingPort()));
        }
        if (!sample.direction().isEmpty()) {
            parts.add(sample.direction());
        }
        return "sample(" + String.join(",", parts) + ")";
    }

    private static String ct(CtSpec ct) {
        List<String> parts = new ArrayList<>();
        if (ct.commit()) {
            parts.add("commit");
        }
        if (ct.force()) {
            parts.add("force");
        }
        if (ct.table() >= 0) {
            parts.add("table=" + ct.table());
        }
        Subfield zone = ct.zoneField();
        if (zone != null || ct.zone() != 0) {
            parts.add("zone=" + (zone == null ? String.valueOf(ct.zone()) : zone.toString()));
        }
        if (ct.nat() != null) {
            parts.add(ct.nat().toString());
        }
        if (!ct.exec().isEmpty()) {
            parts.add("exec(" + list(ct.exec()) + ")");
        }
        if (ct.helper() != null) {
            parts.add("alg=" + ct.helper());
        }
        return parts.isEmpty() ? "ct" : "ct(" + String.join(",", parts) + ")";
    }
}
