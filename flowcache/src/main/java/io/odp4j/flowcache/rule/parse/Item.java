package io.odp4j.flowcache.rule.parse;

import io.odp4j.flowcache.rule.OpenFlowAction.Subfield;
import io.odp4j.flowcache.rule.field.OpenFlowPort;
import io.odp4j.flowcache.rule.field.RuleField;
import io.odp4j.flowcache.rule.field.RuleFields;
import io.odp4j.flowcache.rule.field.ValueParser;
import io.odp4j.flowcache.rule.field.WideValue;

/**
 * A key of a rule and what belongs to it, where they stand, and what the value can be read as. What
 * cannot be read is a fault that has its place.
 *
 * @param value null if there is none
 * @param separator what stands between them: {@code = : (}, or 0
 * @param column where the key stands, counted from 1
 * @param text all of the line
 */
record Item(
        String key,
        String value,
        char separator,
        int column,
        int valueColumn,
        int line,
        String text) {
    RuleSyntaxException fault(String reason) {
        return new RuleSyntaxException(line, column, reason);
    }

    RuleSyntaxException valueFault(String reason) {
        return new RuleSyntaxException(line, value == null ? column : valueColumn, reason);
    }

    /** A text of the value as a value of a field, and which of its bits count. */
    ValueParser.Masked masked(String part, RuleField field) throws RuleSyntaxException {
        try {
            return ValueParser.masked(part, field);
        } catch (IllegalArgumentException e) {
            throw valueFault(e.getMessage());
        }
    }

    String needValue() throws RuleSyntaxException {
        if (value == null || value.isEmpty()) {
            throw fault(key + " needs a value");
        }
        return value;
    }

    /** What stands in the value, item by item, where it stands. */
    TextReader inner() {
        return new TextReader(text, line, valueColumn - 1, valueColumn - 1 + value.length());
    }

    /** A part of the value as a field, or bits of one, that an action may write. */
    Subfield writable(String part) throws RuleSyntaxException {
        Subfield to = subfield(part);
        if (!to.field().writable()) {
            throw valueFault(to.field().name() + " cannot be written");
        }
        return to;
    }

    /** The same for a single bit. */
    Subfield bit(String part) throws RuleSyntaxException {
        Subfield to = writable(part);
        if (to.bits() != 1) {
            throw fault(to + " is not one bit");
        }
        return to;
    }

    /** Reads {@code field}, {@code field[]}, {@code field[3]} or {@code field[3..5]}. */
    Subfield subfield(String part) throws RuleSyntaxException {
        int open = part.indexOf('[');
        String name = open < 0 ? part : part.substring(0, open);
        RuleField field = RuleFields.byName(name);
        if (field == null) {
            throw valueFault("no field: " + name);
        }
        if (open < 0) {
            return new Subfield(field, 0, field.bits());
        }
        if (!part.endsWith("]")) {
            throw valueFault("a bracket is not closed: " + part);
        }
        String range = part.substring(open + 1, part.length() - 1);
        if (range.isEmpty()) {
            return new Subfield(field, 0, field.bits());
        }
        int dots = range.indexOf("..");
        int low = number(dots < 0 ? range : range.substring(0, dots), field.bits() - 1);
        int high = dots < 0 ? low : number(range.substring(dots + 2), field.bits() - 1);
        if (high < low) {
            throw valueFault("the lower bit comes first: " + part);
        }
        return new Subfield(field, low, high - low + 1);
    }

    /** A part of the item as a port: its name, or a number. */
    int port(String part) throws RuleSyntaxException {
        Integer named = OpenFlowPort.named(part);
        if (named != null) {
            return named;
        }
        boolean digit = !part.isEmpty() && Character.isDigit(part.charAt(0));
        if (!digit) {
            throw value == null
                    ? fault("no action and no port: " + part)
                    : valueFault("no port: " + part);
        }
        return number(part, OpenFlowPort.NONE);
    }

    /** The value as a number of 32 bits. */
    long unsigned() throws RuleSyntaxException {
        WideValue read = wide(needValue());
        if (!read.fits(32)) {
            throw valueFault(value + " is more than 4294967295");
        }
        return read.low();
    }

    /** What stands in the parentheses that there must be. */
    TextReader needInner() throws RuleSyntaxException {
        if (separator != '(') {
            throw fault(key + " needs parentheses");
        }
        return inner();
    }

    /** The value as a number from 0 on. */
    int number(int max) throws RuleSyntaxException {
        return number(needValue(), max);
    }

    /** A part of the value as a number from 0 on. */
    int number(String part, int max) throws RuleSyntaxException {
        WideValue read = wide(part);
        if (read.high() != 0 || read.low() < 0 || read.low() > max) {
            throw valueFault(part + " is more than " + max);
        }
        return (int) read.low();
    }

    /** A part of the value as a number of any size. */
    WideValue wide(String part) throws RuleSyntaxException {
        try {
            return ValueParser.number(part);
        } catch (NumberFormatException e) {
            throw valueFault(part + " is no number");
        }
    }
}
