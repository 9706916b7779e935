package io.odp4j.flowcache.rule.parse;

import io.odp4j.flowcache.rule.ControllerReason;
import io.odp4j.flowcache.rule.CtSpec;
import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.OpenFlowAction.Subfield;
import io.odp4j.flowcache.rule.field.OpenFlowPort;
import io.odp4j.flowcache.rule.field.RuleField;
import io.odp4j.flowcache.rule.field.RuleFields;
import io.odp4j.flowcache.rule.field.ValueParser;
import io.odp4j.flowcache.rule.field.WideValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the actions of a rule. */
final class ActionParser {
    private static final int NESTING = 16;
    private static final String NOT_YET = "not supported";
    private static final int MAX_PORT = 0xffff;
    private static final int MAX_TABLE = 254;
    private static final int DEFAULT_LENGTH = 0xffff;
    private static final int SHORTEST_FRAME = 14;
    private static final int VID = 0xfff;

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
            TextReader.Item item = in.next();
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

    private OpenFlowAction action(TextReader.Item item, TextReader in) throws RuleSyntaxException {
        String name = item.key().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "output" -> output(item);
            case "enqueue" -> enqueue(item);
            case "set_queue" -> new OpenFlowAction.SetQueue(number(item, Integer.MAX_VALUE));
            case "pop_queue" -> new OpenFlowAction.PopQueue();
            case "controller" -> controller(item);
            case "resubmit" -> resubmit(item);
            case "goto_table" -> new OpenFlowAction.GotoTable(number(item, MAX_TABLE));
            case "ct" -> new OpenFlowAction.Ct(ct(item));
            case "ct_clear" -> new OpenFlowAction.CtClear();
            case "meter" -> new OpenFlowAction.Meter(number(item, Integer.MAX_VALUE));
            case "sample" -> sample(item);
            case "conjunction" -> conjunction(item);
            case "clone" ->
                    new OpenFlowAction.Clone(new ActionParser(depth + 1).parse(inner(item)));
            case "check_pkt_larger" ->
                    new OpenFlowAction.CheckPacketLarger(
                            number(item, 0xffff), bit(item, in.target(item)));
            case "write_actions" ->
                    new OpenFlowAction.WriteActions(new ActionParser(depth + 1).parse(inner(item)));
            case "clear_actions" -> new OpenFlowAction.ClearActions();
            case "exit" -> new OpenFlowAction.Exit();
            case "note" -> new OpenFlowAction.Note(item.needValue());
            case "write_metadata" -> writeMetadata(item);
            default -> header(item, name);
        };
    }

    /** What changes the packet. */
    private OpenFlowAction header(TextReader.Item item, String name) throws RuleSyntaxException {
        return switch (name) {
            case "set_field" -> setField(item);
            case "load" -> load(item);
            case "move" -> move(item);
            case "push" -> new OpenFlowAction.Push(subfield(item, item.needValue()));
            case "pop" -> new OpenFlowAction.Pop(writable(item, item.needValue()));
            case "push_vlan" -> new OpenFlowAction.PushVlan(tag(item));
            case "pop_vlan", "strip_vlan" -> new OpenFlowAction.PopVlan();
            case "mod_vlan_vid", "set_vlan_vid" -> new OpenFlowAction.SetVlanVid(number(item, VID));
            case "mod_vlan_pcp", "set_vlan_pcp" -> new OpenFlowAction.SetVlanPcp(number(item, 7));
            case "push_mpls" -> new OpenFlowAction.PushMpls(label(item));
            case "pop_mpls" -> new OpenFlowAction.PopMpls(number(item, MAX_PORT));
            case "dec_mpls_ttl" -> new OpenFlowAction.DecMplsTtl();
            case "dec_ttl" -> new OpenFlowAction.DecTtl(controllers(item));
            default -> other(item, name);
        };
    }

    private OpenFlowAction other(TextReader.Item item, String name) throws RuleSyntaxException {
        RuleField field = modified(name);
        if (field != null) {
            return constant(item, item.needValue(), field, name.equals("mod_nw_tos"));
        }
        if (item.value() == null && UNSUPPORTED.get(name) == null) {
            return toPort(port(item, item.key()));
        }
        String why = UNSUPPORTED.get(name);
        throw item.fault(
                why == null ? "no action: " + item.key() : "action " + item.key() + ": " + why);
    }

    private static OpenFlowAction toPort(int port) {
        return port == OpenFlowPort.CONTROLLER
                ? new OpenFlowAction.Controller(DEFAULT_LENGTH, ControllerReason.ACTION, 0, "")
                : new OpenFlowAction.Output(port);
    }

    private static int tag(TextReader.Item item) throws RuleSyntaxException {
        int type = number(item, MAX_PORT);
        if (type != 0x8100 && type != 0x88a8) {
            throw item.valueFault("a tag is 0x8100 or 0x88a8");
        }
        return type;
    }

    private static int label(TextReader.Item item) throws RuleSyntaxException {
        int type = number(item, MAX_PORT);
        if (type != 0x8847 && type != 0x8848) {
            throw item.valueFault("MPLS is 0x8847 or 0x8848");
        }
        return type;
    }

    private static List<Integer> controllers(TextReader.Item item) throws RuleSyntaxException {
        if (item.separator() != '(') {
            return List.of(0);
        }
        List<Integer> ids = new ArrayList<>();
        for (String id : item.needValue().split(",")) {
            ids.add(number(item, id.strip(), MAX_PORT));
        }
        return List.copyOf(ids);
    }

    private static OpenFlowAction enqueue(TextReader.Item item) throws RuleSyntaxException {
        String[] parts = item.needValue().split("[:,]", -1);
        if (parts.length != 2) {
            throw item.valueFault("enqueue(port,queue)");
        }
        return new OpenFlowAction.Enqueue(
                port(item, parts[0].strip()), number(item, parts[1].strip(), Integer.MAX_VALUE));
    }

    private static Subfield bit(TextReader.Item item, String text) throws RuleSyntaxException {
        Subfield to = writable(item, text);
        if (to.bits() != 1) {
            throw item.fault(to + " is not one bit");
        }
        return to;
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

    private OpenFlowAction constant(
            TextReader.Item item, String text, RuleField field, boolean shifted)
            throws RuleSyntaxException {
        if (shifted) {
            return new OpenFlowAction.SetField(
                    field, WideValue.of(number(item, 255) >> 2), field.ones());
        }
        ValueParser.Masked value = item.masked(text, field);
        return new OpenFlowAction.SetField(field, value.value(), value.mask());
    }

    private OpenFlowAction output(TextReader.Item item) throws RuleSyntaxException {
        if (item.separator() == '(') {
            return truncated(item);
        }
        String value = item.needValue();
        if (value.indexOf('[') >= 0
                || RuleFields.byName(value) != null && OpenFlowPort.named(value) == null) {
            return new OpenFlowAction.OutputField(subfield(item, value));
        }
        return toPort(port(item, value));
    }

    private static OpenFlowAction truncated(TextReader.Item item) throws RuleSyntaxException {
        int port = -1;
        int length = -1;
        TextReader in = item.inner();
        while (in.hasNext()) {
            TextReader.Item inner = in.next();
            switch (inner.key()) {
                case "port" -> port = port(inner, inner.needValue());
                case "max_len" -> length = number(inner, Integer.MAX_VALUE);
                default -> throw inner.fault("output has no " + inner.key());
            }
        }
        if (port < 0 || length < SHORTEST_FRAME) {
            throw item.fault("output needs a port and a max_len of 14 or more");
        }
        return new OpenFlowAction.OutputTruncated(port, length);
    }

    private static int port(TextReader.Item item, String text) throws RuleSyntaxException {
        Integer named = OpenFlowPort.named(text);
        if (named != null) {
            return named;
        }
        boolean digit = !text.isEmpty() && Character.isDigit(text.charAt(0));
        if (!digit) {
            throw item.value() == null
                    ? item.fault("no action and no port: " + text)
                    : item.valueFault("no port: " + text);
        }
        return number(item, text, MAX_PORT);
    }

    private static OpenFlowAction controller(TextReader.Item item) throws RuleSyntaxException {
        int length = DEFAULT_LENGTH;
        int reason = ControllerReason.ACTION;
        int id = 0;
        String userdata = "";
        if (item.value() != null && item.separator() != '(') {
            length = item.value().isEmpty() ? DEFAULT_LENGTH : number(item, DEFAULT_LENGTH);
        } else if (item.value() != null) {
            TextReader in = item.inner();
            while (in.hasNext()) {
                TextReader.Item inner = in.next();
                switch (inner.key()) {
                    case "max_len" -> length = number(inner, DEFAULT_LENGTH);
                    case "reason" -> reason = reason(inner);
                    case "id" -> id = number(inner, MAX_PORT);
                    case "userdata" -> userdata = inner.needValue();
                    default ->
                            throw inner.fault("controller's " + inner.key() + " is not supported");
                }
            }
        }
        return new OpenFlowAction.Controller(length, reason, id, userdata);
    }

    private static int reason(TextReader.Item item) throws RuleSyntaxException {
        int reason = ControllerReason.number(item.needValue());
        if (reason < 0) {
            throw item.valueFault("no reason: " + item.value());
        }
        return reason;
    }

    private static OpenFlowAction resubmit(TextReader.Item item) throws RuleSyntaxException {
        if (item.separator() != '(') {
            return new OpenFlowAction.Resubmit(resubmitPort(item, item.needValue()), -1);
        }
        String[] parts = item.value().split(",", -1);
        if (parts.length > 2) {
            throw item.valueFault("resubmit(port,table) takes two, ct is not supported");
        }
        String port = parts[0].strip();
        String table = parts.length == 2 ? parts[1].strip() : "";
        return new OpenFlowAction.Resubmit(
                port.isEmpty() ? -1 : resubmitPort(item, port),
                table.isEmpty() ? -1 : number(item, table, MAX_TABLE));
    }

    private static int resubmitPort(TextReader.Item item, String text) throws RuleSyntaxException {
        int port = port(item, text);
        return port == OpenFlowPort.IN_PORT ? -1 : port;
    }

    private OpenFlowAction setField(TextReader.Item item) throws RuleSyntaxException {
        String value = item.needValue();
        int arrow = value.indexOf("->");
        if (arrow < 0) {
            throw item.valueFault("set_field needs value->field");
        }
        Subfield to = writable(item, value.substring(arrow + 2));
        if (to.bits() != to.field().bits()) {
            throw item.valueFault("set_field writes whole fields; use a mask or load");
        }
        return constant(item, value.substring(0, arrow), to.field(), false);
    }

    private static OpenFlowAction load(TextReader.Item item) throws RuleSyntaxException {
        String value = item.needValue();
        int arrow = value.indexOf("->");
        if (arrow < 0) {
            throw item.valueFault("load needs value->field");
        }
        Subfield to = writable(item, value.substring(arrow + 2));
        WideValue bits;
        try {
            bits = ValueParser.number(value.substring(0, arrow));
        } catch (NumberFormatException e) {
            throw item.valueFault(value.substring(0, arrow) + " is no number");
        }
        if (!bits.fits(to.bits())) {
            throw item.valueFault(bits.hex() + " does not fit " + to);
        }
        return new OpenFlowAction.SetField(
                to.field(), bits.shiftLeft(to.low()), WideValue.ones(to.low(), to.bits()));
    }

    private static OpenFlowAction move(TextReader.Item item) throws RuleSyntaxException {
        String value = item.needValue();
        int arrow = value.indexOf("->");
        if (arrow < 0) {
            throw item.valueFault("move needs field->field");
        }
        Subfield from = subfield(item, value.substring(0, arrow));
        Subfield to = writable(item, value.substring(arrow + 2));
        if (from.bits() != to.bits()) {
            throw item.valueFault(from + " and " + to + " differ in length");
        }
        return new OpenFlowAction.Move(from, to);
    }

    private static Subfield writable(TextReader.Item item, String text) throws RuleSyntaxException {
        Subfield to = subfield(item, text);
        if (!to.field().writable()) {
            throw item.valueFault(to.field().name() + " cannot be written");
        }
        return to;
    }

    private static OpenFlowAction writeMetadata(TextReader.Item item) throws RuleSyntaxException {
        ValueParser.Masked value = item.masked(item.needValue(), RuleFields.METADATA);
        return new OpenFlowAction.SetField(RuleFields.METADATA, value.value(), value.mask());
    }

    /** Reads {@code field}, {@code field[]}, {@code field[3]} or {@code field[3..5]}. */
    static Subfield subfield(TextReader.Item item, String text) throws RuleSyntaxException {
        int open = text.indexOf('[');
        String name = open < 0 ? text : text.substring(0, open);
        RuleField field = RuleFields.byName(name);
        if (field == null) {
            throw item.valueFault("no field: " + name);
        }
        if (open < 0) {
            return new Subfield(field, 0, field.bits());
        }
        if (!text.endsWith("]")) {
            throw item.valueFault("a bracket is not closed: " + text);
        }
        String range = text.substring(open + 1, text.length() - 1);
        if (range.isEmpty()) {
            return new Subfield(field, 0, field.bits());
        }
        int dots = range.indexOf("..");
        int low = number(item, dots < 0 ? range : range.substring(0, dots), field.bits() - 1);
        int high = dots < 0 ? low : number(item, range.substring(dots + 2), field.bits() - 1);
        if (high < low) {
            throw item.valueFault("the lower bit comes first: " + text);
        }
        return new Subfield(field, low, high - low + 1);
    }

    private static OpenFlowAction sample(TextReader.Item item) throws RuleSyntaxException {
        int probability = 0;
        long[] ids = new long[3];
        int port = OpenFlowPort.NONE;
        String direction = "";
        TextReader in = inner(item);
        while (in.hasNext()) {
            TextReader.Item inner = in.next();
            switch (inner.key()) {
                case "probability" -> probability = number(inner, 0xffff);
                case "collector_set_id" -> ids[0] = unsigned(inner);
                case "obs_domain_id" -> ids[1] = unsigned(inner);
                case "obs_point_id" -> ids[2] = unsigned(inner);
                case "sampling_port" -> port = port(inner, inner.needValue());
                case "ingress", "egress" -> direction = inner.key();
                default -> throw inner.fault("sample's " + inner.key() + " is not supported");
            }
        }
        if (probability == 0) {
            throw item.fault("sample needs a probability of 1 to 65535");
        }
        return new OpenFlowAction.Sample(probability, ids[0], ids[1], ids[2], port, direction);
    }

    private static OpenFlowAction conjunction(TextReader.Item item) throws RuleSyntaxException {
        String[] parts = item.needValue().split("[,/]", -1);
        if (parts.length != 3) {
            throw item.valueFault("conjunction(id,k/n)");
        }
        long id = number(item, parts[0].strip(), Integer.MAX_VALUE);
        int n = number(item, parts[2].strip(), 64);
        int k = number(item, parts[1].strip(), 64);
        if (k < 1 || n < 2 || k > n) {
            throw item.valueFault("1 <= k <= n and 2 <= n <= 64");
        }
        return new OpenFlowAction.Conjunction(id, k - 1, n);
    }

    private CtSpec ct(TextReader.Item item) throws RuleSyntaxException {
        CtBuilder ct = new CtBuilder();
        if (item.value() != null) {
            TextReader in = item.inner();
            while (in.hasNext()) {
                TextReader.Item inner = in.next();
                if (inner.key().equals("exec")) {
                    ct.exec = new ActionParser(depth + 1).parse(inner(inner));
                } else {
                    ct.accept(inner);
                }
            }
        }
        return ct.build(item);
    }

    private static TextReader inner(TextReader.Item item) throws RuleSyntaxException {
        if (item.separator() != '(') {
            throw item.fault(item.key() + " needs parentheses");
        }
        return item.inner();
    }

    static int number(TextReader.Item item, int max) throws RuleSyntaxException {
        return number(item, item.needValue(), max);
    }

    static int number(TextReader.Item item, String text, int max) throws RuleSyntaxException {
        WideValue value;
        try {
            value = ValueParser.number(text);
        } catch (NumberFormatException e) {
            throw item.valueFault(text + " is no number");
        }
        if (value.high() != 0 || value.low() < 0 || value.low() > max) {
            throw item.valueFault(text + " is more than " + max);
        }
        return (int) value.low();
    }

    private static long unsigned(TextReader.Item item) throws RuleSyntaxException {
        try {
            WideValue value = ValueParser.number(item.needValue());
            if (value.fits(32)) {
                return value.low();
            }
        } catch (NumberFormatException e) {
            throw item.valueFault(item.value() + " is no number");
        }
        throw item.valueFault(item.value() + " is more than 4294967295");
    }
}
