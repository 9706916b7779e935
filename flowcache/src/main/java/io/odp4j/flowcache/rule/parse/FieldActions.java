package io.odp4j.flowcache.rule.parse;

import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.OpenFlowAction.Subfield;
import io.odp4j.flowcache.rule.field.RuleField;
import io.odp4j.flowcache.rule.field.RuleFields;
import io.odp4j.flowcache.rule.field.ValueParser;
import io.odp4j.flowcache.rule.field.WideValue;
import java.util.ArrayList;
import java.util.List;

/** Reads the actions that change a packet, or what is known of it. */
final class FieldActions {
    private static final int MAX_TYPE = 0xffff;
    private static final int VID = 0xfff;

    private FieldActions() {}

    /** Null if it is none of these. */
    static OpenFlowAction read(Item item, String name) throws RuleSyntaxException {
        return switch (name) {
            case "set_field" -> setField(item);
            case "load" -> load(item);
            case "move" -> move(item);
            case "push" -> new OpenFlowAction.Push(item.subfield(item.needValue()));
            case "pop" -> new OpenFlowAction.Pop(item.writable(item.needValue()));
            case "push_vlan" -> new OpenFlowAction.PushVlan(tag(item));
            case "pop_vlan", "strip_vlan" -> new OpenFlowAction.PopVlan();
            case "mod_vlan_vid", "set_vlan_vid" -> new OpenFlowAction.SetVlanVid(item.number(VID));
            case "mod_vlan_pcp", "set_vlan_pcp" -> new OpenFlowAction.SetVlanPcp(item.number(7));
            case "push_mpls" -> new OpenFlowAction.PushMpls(label(item));
            case "pop_mpls" -> new OpenFlowAction.PopMpls(item.number(MAX_TYPE));
            case "dec_mpls_ttl" -> new OpenFlowAction.DecMplsTtl();
            case "dec_ttl" -> new OpenFlowAction.DecTtl(controllers(item));
            case "write_metadata" -> writeMetadata(item);
            default -> constant(item, name);
        };
    }

    private static RuleField modified(String name) {
        return switch (name) {
            case "mod_dl_src" -> RuleFields.DL_SRC;
            case "mod_dl_dst" -> RuleFields.DL_DST;
            case "mod_nw_src" -> RuleFields.NW_SRC;
            case "mod_nw_dst" -> RuleFields.NW_DST;
            case "mod_nw_tos" -> RuleFields.NW_DSCP;
            case "mod_nw_ecn" -> RuleFields.NW_ECN;
            case "mod_nw_ttl", "set_nw_ttl" -> RuleFields.NW_TTL;
            case "mod_tp_src" -> RuleFields.TP_SRC;
            case "mod_tp_dst" -> RuleFields.TP_DST;
            case "set_tunnel", "set_tunnel64" -> RuleFields.TUN_ID;
            case "set_mpls_label" -> RuleFields.MPLS_LABEL;
            case "set_mpls_tc" -> RuleFields.MPLS_TC;
            case "set_mpls_ttl" -> RuleFields.MPLS_TTL;
            default -> null;
        };
    }

    /** What sets a field to a constant and is called after the field. */
    private static OpenFlowAction constant(Item item, String name) throws RuleSyntaxException {
        RuleField field = modified(name);
        if (field == null) {
            return null;
        }
        String text = item.needValue();
        if (name.equals("mod_nw_tos")) {
            // The field is the upper six bits, the value all eight.
            return new OpenFlowAction.SetField(
                    field, WideValue.of(item.number(255) >> 2), field.ones());
        }
        return set(item, text, field);
    }

    private static OpenFlowAction set(Item item, String text, RuleField field)
            throws RuleSyntaxException {
        ValueParser.Masked value = item.masked(text, field);
        return new OpenFlowAction.SetField(field, value.value(), value.mask());
    }

    private static OpenFlowAction setField(Item item) throws RuleSyntaxException {
        String value = item.needValue();
        int arrow = arrow(item, "value->field");
        Subfield to = item.writable(value.substring(arrow + 2));
        if (to.bits() != to.field().bits()) {
            throw item.valueFault("set_field writes whole fields; use a mask or load");
        }
        return set(item, value.substring(0, arrow), to.field());
    }

    private static OpenFlowAction load(Item item) throws RuleSyntaxException {
        String value = item.needValue();
        int arrow = arrow(item, "value->field");
        Subfield to = item.writable(value.substring(arrow + 2));
        WideValue bits = item.wide(value.substring(0, arrow));
        if (!bits.fits(to.bits())) {
            throw item.valueFault(bits.hex() + " does not fit " + to);
        }
        return new OpenFlowAction.SetField(
                to.field(), bits.shiftLeft(to.low()), WideValue.ones(to.low(), to.bits()));
    }

    private static OpenFlowAction move(Item item) throws RuleSyntaxException {
        String value = item.needValue();
        int arrow = arrow(item, "field->field");
        Subfield from = item.subfield(value.substring(0, arrow));
        Subfield to = item.writable(value.substring(arrow + 2));
        if (from.bits() != to.bits()) {
            throw item.valueFault(from + " and " + to + " differ in length");
        }
        return new OpenFlowAction.Move(from, to);
    }

    private static OpenFlowAction writeMetadata(Item item) throws RuleSyntaxException {
        return set(item, item.needValue(), RuleFields.METADATA);
    }

    /** Where in the value the arrow is. */
    private static int arrow(Item item, String form) throws RuleSyntaxException {
        int arrow = item.needValue().indexOf("->");
        if (arrow < 0) {
            throw item.valueFault(item.key() + " needs " + form);
        }
        return arrow;
    }

    private static int tag(Item item) throws RuleSyntaxException {
        int type = item.number(MAX_TYPE);
        if (type != 0x8100 && type != 0x88a8) {
            throw item.valueFault("a tag is 0x8100 or 0x88a8");
        }
        return type;
    }

    private static int label(Item item) throws RuleSyntaxException {
        int type = item.number(MAX_TYPE);
        if (type != 0x8847 && type != 0x8848) {
            throw item.valueFault("MPLS is 0x8847 or 0x8848");
        }
        return type;
    }

    private static List<Integer> controllers(Item item) throws RuleSyntaxException {
        if (item.separator() != '(') {
            return List.of(0);
        }
        List<Integer> ids = new ArrayList<>();
        for (String id : item.needValue().split(",")) {
            ids.add(item.number(id.strip(), MAX_TYPE));
        }
        return List.copyOf(ids);
    }
}
