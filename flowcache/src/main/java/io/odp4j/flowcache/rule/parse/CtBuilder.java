package io.odp4j.flowcache.rule.parse;

import io.odp4j.flowcache.rule.CtSpec;
import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.field.RuleField;
import io.odp4j.flowcache.rule.field.RuleFields;
import java.util.ArrayList;
import java.util.List;

/** Gathers the arguments of a {@code ct} action. */
final class CtBuilder {
    private boolean commit;
    private boolean force;
    private int zone;
    private OpenFlowAction.Subfield zoneField;
    private int table = -1;
    private CtSpec.Nat nat;
    private String helper;
    List<OpenFlowAction> exec = List.of();

    void accept(Item item) throws RuleSyntaxException {
        switch (item.key()) {
            case "commit" -> commit = true;
            case "force" -> force = true;
            case "table" -> table = item.number(254);
            case "zone" -> zone(item);
            case "nat" -> nat = nat(item);
            case "alg" -> helper = item.needValue();
            default -> throw item.fault("ct's " + item.key() + " is not supported");
        }
    }

    private void zone(Item item) throws RuleSyntaxException {
        String text = item.needValue();
        if (Character.isDigit(text.charAt(0))) {
            zone = item.number(0xffff);
        } else {
            zoneField = item.subfield(text);
            if (zoneField.bits() > 16) {
                throw item.valueFault("a zone has 16 bits");
            }
        }
    }

    private static CtSpec.Nat nat(Item item) throws RuleSyntaxException {
        CtSpec.NatKind kind = CtSpec.NatKind.EXISTING;
        String range = null;
        Item where = item;
        List<String> flags = new ArrayList<>();
        if (item.value() != null) {
            TextReader in = item.inner();
            while (in.hasNext()) {
                Item inner = in.next();
                switch (inner.key()) {
                    case "src", "dst" -> {
                        kind =
                                CtSpec.NatKind.valueOf(
                                        inner.key().toUpperCase(java.util.Locale.ROOT));
                        range = inner.value();
                        where = inner;
                    }
                    case "persistent", "hash", "random" -> flags.add(inner.key());
                    default -> throw inner.fault("nat's " + inner.key() + " is not supported");
                }
            }
        }
        return new NatRange(where).parse(kind, range, flags);
    }

    CtSpec build(Item item) throws RuleSyntaxException {
        if (force && !commit) {
            throw item.fault("force needs commit");
        }
        if (nat != null && nat.kind() != CtSpec.NatKind.EXISTING && !commit) {
            throw item.fault("nat with src or dst needs commit");
        }
        for (OpenFlowAction action : exec) {
            RuleField written =
                    action instanceof OpenFlowAction.SetField set
                            ? set.field()
                            : action instanceof OpenFlowAction.Move move ? move.to().field() : null;
            if (written != RuleFields.CT_MARK && written != RuleFields.CT_LABEL) {
                throw item.fault("exec writes ct_mark and ct_label only");
            }
        }
        return new CtSpec(commit, force, zone, zoneField, table, nat, exec, helper);
    }
}
