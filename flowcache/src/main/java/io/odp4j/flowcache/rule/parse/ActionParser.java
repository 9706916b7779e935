package io.odp4j.flowcache.rule.parse;

import io.odp4j.flowcache.rule.CtSpec;
import io.odp4j.flowcache.rule.OpenFlowAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the actions of a rule: what holds other actions itself, the rest by {@link OutputActions}
 * and {@link FieldActions}.
 */
final class ActionParser {
    private static final int NESTING = 16;
    private static final String NOT_YET = "not supported";
    private static final int MAX_TABLE = 254;
    private static final int MAX_LENGTH = 0xffff;

    /** What Open vSwitch can do and this cannot, and why. */
    private static final Map<String, String> UNSUPPORTED =
            Map.ofEntries(
                    Map.entry("group", "groups are not supported"),
                    Map.entry("learn", NOT_YET),
                    Map.entry("multipath", NOT_YET),
                    Map.entry("bundle", NOT_YET),
                    Map.entry("bundle_load", NOT_YET),
                    Map.entry("fin_timeout", NOT_YET),
                    Map.entry("delete_field", "tunnel metadata is not supported"),
                    Map.entry("encap", "packets without an Ethernet header are not supported"),
                    Map.entry("decap", "packets without an Ethernet header are not supported"),
                    Map.entry("dec_nsh_ttl", "NSH is not supported"));

    private final int depth;

    ActionParser() {
        this(0);
    }

    private ActionParser(int depth) {
        this.depth = depth;
    }

    List<OpenFlowAction> parse(TextReader in) throws RuleSyntaxException {
        List<OpenFlowAction> actions = new ArrayList<>(4);
        boolean drop = false;
        while (in.hasNext()) {
            Item item = in.next();
            if (depth > NESTING) {
                throw item.fault("nested more than " + NESTING + " deep");
            }
            if (item.key().equalsIgnoreCase("drop") && item.value() == null) {
                drop = true;
            } else {
                actions.add(action(item, in));
            }
            if (drop && !actions.isEmpty()) {
                throw item.fault("drop stands alone");
            }
        }
        return actions;
    }

    private OpenFlowAction action(Item item, TextReader in) throws RuleSyntaxException {
        String name = item.key().toLowerCase(Locale.ROOT);
        OpenFlowAction action = control(item, in, name);
        if (action == null) {
            action = OutputActions.read(item, name);
        }
        if (action == null) {
            action = FieldActions.read(item, name);
        }
        if (action == null && item.value() == null && !UNSUPPORTED.containsKey(name)) {
            action = OutputActions.toPort(item.port(item.key()));
        }
        if (action == null) {
            String why = UNSUPPORTED.get(name);
            throw item.fault(
                    why == null ? "no action: " + item.key() : "action " + item.key() + ": " + why);
        }
        return action;
    }

    /** What says how it goes on, and what holds other actions; null if it is none of these. */
    private OpenFlowAction control(Item item, TextReader in, String name)
            throws RuleSyntaxException {
        return switch (name) {
            case "goto_table" -> new OpenFlowAction.GotoTable(item.number(MAX_TABLE));
            case "ct" -> new OpenFlowAction.Ct(ct(item));
            case "ct_clear" -> new OpenFlowAction.CtClear();
            case "meter" -> new OpenFlowAction.Meter(item.number(Integer.MAX_VALUE));
            case "conjunction" -> conjunction(item);
            case "clone" -> new OpenFlowAction.Clone(nested(item));
            case "check_pkt_larger" ->
                    new OpenFlowAction.CheckPacketLarger(
                            item.number(MAX_LENGTH), item.bit(in.target(item)));
            case "write_actions" -> new OpenFlowAction.WriteActions(nested(item));
            case "clear_actions" -> new OpenFlowAction.ClearActions();
            case "exit" -> new OpenFlowAction.Exit();
            case "note" -> new OpenFlowAction.Note(item.needValue());
            default -> null;
        };
    }

    private List<OpenFlowAction> nested(Item item) throws RuleSyntaxException {
        return new ActionParser(depth + 1).parse(item.needInner());
    }

    private static OpenFlowAction conjunction(Item item) throws RuleSyntaxException {
        String[] parts = item.needValue().split("[,/]", -1);
        if (parts.length != 3) {
            throw item.valueFault("conjunction(id,k/n)");
        }
        long id = item.number(parts[0].strip(), Integer.MAX_VALUE);
        int n = item.number(parts[2].strip(), 64);
        int k = item.number(parts[1].strip(), 64);
        if (k < 1 || n < 2 || k > n) {
            throw item.valueFault("1 <= k <= n and 2 <= n <= 64");
        }
        return new OpenFlowAction.Conjunction(id, k - 1, n);
    }

    private CtSpec ct(Item item) throws RuleSyntaxException {
        CtBuilder ct = new CtBuilder();
        if (item.value() != null) {
            TextReader in = item.inner();
            while (in.hasNext()) {
                Item inner = in.next();
                if (inner.key().equals("exec")) {
                    ct.exec = nested(inner);
                } else {
                    ct.accept(inner);
                }
            }
        }
        return ct.build(item);
    }
}
