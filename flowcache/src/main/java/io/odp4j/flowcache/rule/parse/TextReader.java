package io.odp4j.flowcache.rule.parse;

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

    TextReader(String text, int line, int from, int end) {
        this.text = text;
        this.line = line;
        this.at = from;
        this.end = end;
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
