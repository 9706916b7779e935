package io.odp4j.flowcache.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads rules as {@code ovs-ofctl add-flow} and {@code add-flows} take them: one a line, {@code #}
 * begins a comment, {@code actions=} comes last.
 *
 * <p>Other than Open vSwitch, which drops a field whose prerequisite is missing with a warning,
 * this refuses it: the rule would match far more than it says.
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
     */
    public record Line(Command command, Rule rule, boolean anyTable, int number) {}

    /** Reads one rule to be added. */
    public static Rule parse(String text) throws RuleSyntaxException {
        return line(Command.ADD, text, 1, 0).rule();
    }

    /** Reads a file's text. */
    public static List<Line> parseAll(String text) throws RuleSyntaxException {
        List<Line> lines = new ArrayList<>();
        String[] all = text.split("\n", -1);
        for (int i = 0; i < all.length; i++) {
            int hash = all[i].indexOf('#');
            String content = hash < 0 ? all[i] : all[i].substring(0, hash);
            if (!content.isBlank()) {
                lines.add(commanded(content.stripTrailing(), i + 1));
            }
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

    private static Line line(Command command, String text, int number, int from)
            throws RuleSyntaxException {
        String blanked = " ".repeat(from) + text.substring(from);
        TextReader in = new TextReader(blanked, number);
        MatchParser match = new MatchParser();
        List<OpenFlowAction> actions = null;
        int table = -1;
        int priority = Rule.DEFAULT_PRIORITY;
        long cookie = 0;
        while (actions == null && in.hasNext()) {
            TextReader.Item item = in.next();
            switch (item.key()) {
                case "actions", "action" -> actions = new ActionParser().parse(in.rest(item));
                case "table" -> table = ActionParser.number(item, MAX_TABLE);
                case "priority" -> priority = ActionParser.number(item, 0xffff);
                case "cookie" -> cookie = cookie(item);
                case "idle_timeout", "hard_timeout" -> refuseTimeout(item);
                case "importance", "n_packets", "n_bytes", "duration", "idle_age", "hard_age" ->
                        item.needValue();
                case "send_flow_rem",
                        "check_overlap",
                        "reset_counts",
                        "no_packet_counts",
                        "no_byte_counts" -> {
                    // Nobody is told, nothing depends on it.
                }
                default -> {
                    if (!match.accept(item)) {
                        throw item.fault("no field: " + item.key());
                    }
                }
            }
        }
        boolean deletes = command == Command.DELETE || command == Command.DELETE_STRICT;
        if (actions == null && !deletes) {
            throw new RuleSyntaxException(number, in.column(), "actions= is missing");
        }
        Rule rule =
                new Rule(
                        Math.max(0, table),
                        priority,
                        cookie,
                        match.finish(),
                        actions == null ? List.of() : actions,
                        text.strip());
        return new Line(command, rule, table < 0, number);
    }

    private static long cookie(TextReader.Item item) throws RuleSyntaxException {
        try {
            return ValueParser.number(item.needValue()).low();
        } catch (NumberFormatException e) {
            throw item.valueFault(item.value() + " is no number");
        }
    }

    private static void refuseTimeout(TextReader.Item item) throws RuleSyntaxException {
        if (ActionParser.number(item, 0xffff) != 0) {
            throw item.fault(item.key() + " is not supported");
        }
    }
}
