package io.odp4j.flowcache.policy.table;

import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.parse.RuleParser;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The tables 0 to 254 of a switch. */
public final class PolicyTables {
    /** Tables that rules can be in. */
    public static final int TABLES = 255;

    private final RuleTable[] tables = new RuleTable[TABLES];
    private long version;
    private int size;

    /** Rules that time removes. */
    private int mortal;

    private int now;
    private boolean told;

    /**
     * Reads the text of a rule file and makes all of its changes, or none.
     *
     * @return warnings: what does not mean what it seems to, each with its line and column
     * @throws RuleSyntaxException where the first line that cannot be read is wrong
     */
    public List<String> load(String text) throws RuleSyntaxException {
        List<RuleParser.Line> lines = RuleParser.parseAll(text);
        apply(lines);
        List<String> warnings = new ArrayList<>();
        lines.forEach(line -> warnings.addAll(line.warnings()));
        return warnings;
    }

    /**
     * Lets the time be what it is, and removes rules whose time is over.
     *
     * @param second of any clock that does not jump
     * @return those removed
     */
    public List<Rule> expire(int second) {
        now = second;
        List<Rule> expired = new ArrayList<>();
        if (!told) {
            // Nobody knew the time when these were added: they are new now.
            told = true;
            forEachRule(rule -> rule.addedAt(second));
        } else if (mortal > 0) {
            forEachRule(
                    rule -> {
                        if (rule.isExpired(second)) {
                            expired.add(rule);
                        }
                    });
            expired.forEach(this::take);
            version += expired.isEmpty() ? 0 : 1;
        }
        return expired;
    }

    private void forEachRule(Consumer<Rule> visitor) {
        for (RuleTable table : tables) {
            if (table != null) {
                table.rules().forEach(visitor);
            }
        }
    }

    /** Makes a bundle of changes, in order: the next packet sees all of them. */
    public void apply(List<RuleParser.Line> bundle) {
        for (RuleParser.Line line : bundle) {
            switch (line.command()) {
                case MODIFY, MODIFY_STRICT -> modify(line);
                case DELETE, DELETE_STRICT -> selected(line).forEach(this::take);
                default -> insert(line.rule());
            }
        }
        version++;
    }

    /** Adds a rule in place of one with the same match and priority. */
    public void add(Rule rule) {
        insert(rule);
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

    private void insert(Rule rule) {
        rule.addedAt(now);
        put(rule);
    }

    /** The second that it was told last. */
    public int now() {
        return now;
    }

    private void put(Rule rule) {
        RuleTable table = tables[rule.table()];
        if (table == null) {
            table = new RuleTable(rule.table());
            tables[rule.table()] = table;
        }
        Rule old = table.add(rule);
        size += old == null ? 1 : 0;
        mortal += (isMortal(rule) ? 1 : 0) - (old != null && isMortal(old) ? 1 : 0);
    }

    private static boolean isMortal(Rule rule) {
        return rule.lifetime().idleSeconds() > 0 || rule.lifetime().hardSeconds() > 0;
    }

    private void take(Rule rule) {
        tables[rule.table()].remove(rule);
        size--;
        mortal -= isMortal(rule) ? 1 : 0;
    }

    private void modify(RuleParser.Line line) {
        List<Rule> selected = selected(line);
        for (Rule rule : selected) {
            Rule changed = rule.withActions(line.rule().actions(), line.rule().toString());
            put(changed);
        }
        if (selected.isEmpty() && line.cookieMask() == 0) {
            insert(line.rule());
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
                if (found != null && hasCookie(found, line)) {
                    selected.add(found);
                }
                continue;
            }
            for (Rule rule : table.rules()) {
                if (hasCookie(rule, line) && rule.match().isWithin(line.rule().match())) {
                    selected.add(rule);
                }
            }
        }
        return selected;
    }

    private static boolean hasCookie(Rule rule, RuleParser.Line line) {
        return ((rule.cookie() ^ line.rule().cookie()) & line.cookieMask()) == 0;
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
