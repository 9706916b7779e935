package io.odp4j.flowcache.rule.parse;

import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.field.ValueParser;
import io.odp4j.flowcache.rule.field.WideValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads rules as {@code ovs-ofctl add-flow} and {@code add-flows} take them: one a line, {@code #}
 * begins a comment, {@code actions=} comes last.
 *
 * <p>As there, a field whose prerequisite is missing is left out of the match, with a warning: the
 * rule matches more than it says.
 */
public final class RuleParser {
    private static final int MAX_TABLE = 254;

    private RuleParser() {}

    /** What is to be done with the rules of a line: ovs-ofctl(8), "--bundle". */
    public enum Command {
        ADD,
        MODIFY,
        MODIFY_STRICT,
        DELETE,
        DELETE_STRICT
    }

    /**
     * A line.
     *
     * @param rule of a deletion, one without actions
     * @param anyTable whether no table was named
     * @param cookieMask of a deletion or modification: the bits of the cookie that must be equal
     * @param number from 1
     * @param warnings what does not mean what it seems to, each with its line and column
     */
    public record Line(
            Command command,
            Rule rule,
            boolean anyTable,
            long cookieMask,
            int number,
            List<String> warnings) {}

    /** Reads one rule to be added. */
    public static Rule parse(String text) throws RuleSyntaxException {
        return line(Command.ADD, text, 1, 0).rule();
    }

    /** Reads a file's text. */
    public static List<Line> parseAll(String text) throws RuleSyntaxException {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (int from = 0; from <= text.length(); ) {
            int next = text.indexOf('\n', from);
            int to = next < 0 ? text.length() : next;
            String whole = text.substring(from, to);
            // Within the line: a search through the rest of the text would make a long one slow.
            int hash = whole.indexOf('#');
            String content = hash < 0 ? whole : whole.substring(0, hash);
            number++;
            if (!content.isBlank()) {
                lines.add(commanded(content.stripTrailing(), number));
            }
            from = to + 1;
        }
        return lines;
    }

    /** Reads a line that may begin with what to do: {@code add}, {@code delete} … */
    private static Line commanded(String text, int number) throws RuleSyntaxException {
        int start = 0;
        while (Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < text.length()
                && (Character.isLetter(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        boolean alone = end == text.length() || Character.isWhitespace(text.charAt(end));
        if (alone) {
            for (Command command : Command.values()) {
                if (command.name().equalsIgnoreCase(text.substring(start, end))) {
                    return line(command, text, number, end);
                }
            }
        }
        return line(Command.ADD, text, number, 0);
    }

    /**
     * Reads a packet's fields as {@code ofproto/trace} takes them: as a match, into a key.
     *
     * @return words of a {@link io.odp4j.flowcache.rule.field.RuleKey}
     */
    public static long[] packet(String text) throws RuleSyntaxException {
        TextReader in = new TextReader(text, 1);
        MatchParser match = new MatchParser();
        while (in.hasNext()) {
            Item item = in.next();
            if (!match.accept(item)) {
                throw unknown(item);
            }
        }
        return match.finish(new ArrayList<>()).value();
    }

    private static RuleSyntaxException unknown(Item item) {
        String key = item.key();
        if (key.startsWith("nsh_")
                || key.startsWith("tun_metadata")
                || key.startsWith("tun_erspan")
                || key.startsWith("tun_gtpu")
                || key.equals("actset_output")) {
            return item.fault("matching on " + key + " is not supported");
        }
        return item.fault("no field: " + key);
    }

    private static Line line(Command command, String text, int number, int from)
            throws RuleSyntaxException {
        TextReader in = new TextReader(text, number, from);
        MatchParser match = new MatchParser();
        List<OpenFlowAction> actions = null;
        boolean deletes = command == Command.DELETE || command == Command.DELETE_STRICT;
        int table = -1;
        int priority = Rule.DEFAULT_PRIORITY;
        WideValue[] cookie = {WideValue.ZERO, WideValue.ZERO};
        int idle = 0;
        int hard = 0;
        int importance = 0;
        boolean tells = false;
        while (actions == null && in.hasNext()) {
            Item item = in.next();
            switch (item.key()) {
                case "actions", "action" -> actions = new ActionParser().parse(in.rest(item));
                case "table" -> table = table(item);
                case "priority" -> priority = item.number(0xffff);
                case "cookie" -> cookie = cookie(item, command);
                case "idle_timeout" -> idle = item.number(0xffff);
                case "hard_timeout" -> hard = item.number(0xffff);
                case "importance" -> importance = item.number(0xffff);
                case "send_flow_rem" -> tells = true;
                case "n_packets", "n_bytes", "duration", "idle_age", "hard_age" -> item.needValue();
                case "check_overlap", "reset_counts", "no_packet_counts", "no_byte_counts" -> {
                    // Nothing depends on it.
                }
                case "out_port", "out_group" ->
                        throw item.fault("choosing rules by " + item.key() + " is not supported");
                default -> {
                    if (!match.accept(item)) {
                        throw unknown(item);
                    }
                }
            }
        }
        if (actions == null && !deletes) {
            throw new RuleSyntaxException(number, in.column(), "actions= is missing");
        }
        List<String> warnings = new ArrayList<>(0);
        Rule rule =
                new Rule(
                        Math.max(0, table),
                        priority,
                        cookie[0].low(),
                        new Rule.Lifetime(idle, hard, importance, tells),
                        match.finish(warnings),
                        actions == null ? List.of() : actions,
                        text.strip());
        return new Line(command, rule, table < 0, cookie[1].low(), number, warnings);
    }

    /** 255 means what no table means. */
    private static int table(Item item) throws RuleSyntaxException {
        int table = item.number(MAX_TABLE + 1);
        return table > MAX_TABLE ? -1 : table;
    }

    private static WideValue[] cookie(Item item, Command command) throws RuleSyntaxException {
        String text = item.needValue();
        int slash = text.indexOf('/');
        if (slash >= 0 && command == Command.ADD) {
            throw item.valueFault("a rule to be added has no cookie mask");
        }
        try {
            boolean deletes = command == Command.DELETE || command == Command.DELETE_STRICT;
            WideValue ones = WideValue.of(deletes ? -1 : 0);
            String value = slash < 0 ? text : text.substring(0, slash);
            return new WideValue[] {
                value.equals("-1") ? WideValue.of(-1) : ValueParser.number(value),
                slash < 0 ? ones : ValueParser.number(text.substring(slash + 1))
            };
        } catch (NumberFormatException e) {
            throw item.valueFault(text + " is no number");
        }
    }
}
