package io.odp4j.flowcache.policy;

import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.RuleParser;
import io.odp4j.flowcache.rule.RuleSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** The tables 0 to 254 of a switch. */
public final class PolicyTables {
    /** Tables that rules can be in. */
    public static final int TABLES = 255;

    private final RuleTable[] tables = new RuleTable[TABLES];
    private long version;
    private int size;

    /**
     * Reads the text of a rule file and makes all of its changes, or none.
     *
     * @throws RuleSyntaxException where the first line that cannot be read is wrong
     */
    public void load(String text) throws RuleSyntaxException {
        apply(RuleParser.parseAll(text));
    }

    /** Makes a bundle of changes, in order: the next packet sees all of them. */
    public void apply(List<RuleParser.Line> bundle) {
        for (RuleParser.Line line : bundle) {
            switch (line.command()) {
                case MODIFY, MODIFY_STRICT -> modify(line);
                case DELETE, DELETE_STRICT -> selected(line).forEach(this::take);
                default -> put(line.rule());
            }
        }
        version++;
    }

    /** Adds a rule in place of one with the same match and priority. */
    public void add(Rule rule) {
        put(rule);
        version++;
    }

    /** Removes the rule of the same table, match and priority; false if there is none. */
    public boolean remove(Rule like) {
        RuleTable table = tables[like.table()];
        Rule found = table == null ? null : table.find(like);
        if (found != null) {
            take(found);
            version++;
        }
        return found != null;
    }

    private void put(Rule rule) {
        RuleTable table = tables[rule.table()];
        if (table == null) {
            table = new RuleTable(rule.table());
            tables[rule.table()] = table;
        }
        size += table.add(rule) == null ? 1 : 0;
    }

    private void take(Rule rule) {
        tables[rule.table()].remove(rule);
        size--;
    }

    private void modify(RuleParser.Line line) {
        List<Rule> selected = selected(line);
        for (Rule rule : selected) {
            Rule changed =
                    new Rule(
                            rule.table(),
                            rule.priority(),
                            rule.cookie(),
                            rule.match(),
                            line.rule().actions(),
                            line.rule().toString());
            changed.credit(rule.packets(), rule.bytes());
            put(changed);
        }
        if (selected.isEmpty()) {
            put(line.rule());
        }
    }

    private List<Rule> selected(RuleParser.Line line) {
        boolean strict =
                line.command() == RuleParser.Command.DELETE_STRICT
                        || line.command() == RuleParser.Command.MODIFY_STRICT;
        List<Rule> selected = new ArrayList<>();
        for (RuleTable table : tables) {
            if (table == null || !line.anyTable() && table.number() != line.rule().table()) {
                continue;
            }
            if (strict) {
                Rule found = table.find(line.rule());
                if (found != null) {
                    selected.add(found);
                }
                continue;
            }
            for (Rule rule : table.rules()) {
                if (rule.match().isWithin(line.rule().match())) {
                    selected.add(rule);
                }
            }
        }
        return selected;
    }

    /** A table, or null if no rule was ever in it. */
    public RuleTable table(int number) {
        return number < 0 || number >= TABLES ? null : tables[number];
    }

    /** Grows with every change: a verdict of an earlier version may no longer hold. */
    public long version() {
        return version;
    }

    public int size() {
        return size;
    }
}
