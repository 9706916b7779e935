package io.odp4j.flowcache.rule.parse;

import io.odp4j.flowcache.rule.field.RuleField;
import io.odp4j.flowcache.rule.field.ValueParser;

/**
 * Reads {@code key}, {@code key=value}, {@code key:value} and {@code key(value)} one after another,
 * separated by commas or blanks, and knows where each stands.
 */
final class TextReader {
    private final String text;
    private final int line;
    private final int end;
    private int at;

    TextReader(String text, int line) {
        this(text, line, 0, text.length());
    }

    /** Reads from a place on; columns are those of the whole text. */
    TextReader(String text, int line, int from) {
        this(text, line, from, text.length());
    }

    private TextReader(String text, int line, int from, int end) {
        this.text = text;
        this.line = line;
        this.at = from;
        this.end = end;
    }

    /**
     * A key and what belongs to it.
     *
     * @param value null if there is none
     * @param separator what stands between them: {@code = : (}, or 0
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
    }

    private static boolean isDelimiter(char c) {
        return c == ',' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** Whether anything follows. */
    boolean hasNext() {
        while (at < end && isDelimiter(text.charAt(at))) {
            at++;
        }
        return at < end;
    }

    /** The next item; there must be one. */
    Item next() throws RuleSyntaxException {
        int start = at;
        while (at < end && ":=(".indexOf(text.charAt(at)) < 0 && !isDelimiter(text.charAt(at))) {
            at++;
        }
        String key = text.substring(start, at);
        if (key.isEmpty()) {
            throw new RuleSyntaxException(line, start + 1, "a name is missing");
        }
        if (at == end || isDelimiter(text.charAt(at))) {
            return new Item(key, null, (char) 0, start + 1, at + 1, line, text);
        }
        char separator = text.charAt(at++);
        int from = at;
        if (separator == '(') {
            int close = closing(start);
            String value = text.substring(from, close);
            at = close + 1;
            return new Item(key, value, separator, start + 1, from + 1, line, text);
        }
        int depth = 0;
        while (at < end) {
            char c = text.charAt(at);
            if (depth == 0 && isDelimiter(c)) {
                break;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            at++;
        }
        return new Item(key, text.substring(from, at), separator, start + 1, from + 1, line, text);
    }

    private int closing(int start) throws RuleSyntaxException {
        int depth = 1;
        for (int i = at; i < end; i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new RuleSyntaxException(line, start + 1, "a parenthesis is not closed");
    }

    /** What stands behind {@code ->} right here. */
    String target(Item item) throws RuleSyntaxException {
        if (!text.startsWith("->", at)) {
            throw item.fault(item.key() + " needs -> and a field behind it");
        }
        int from = at + 2;
        at = from;
        while (at < end && !isDelimiter(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /** All that is left, with the separator and blanks before it taken away. */
    TextReader rest(Item from) {
        return new TextReader(text, line, from.valueColumn() - 1, end);
    }

    int column() {
        return at + 1;
    }
}
