package io.odp4j.datapath.flow.text;

import java.util.List;

/**
 * A position in a text that is being read.
 *
 * <p>Integers follow Open vSwitch's {@code ovs_scan()}: white space before, a sign, 0x for
 * hexadecimal and 0 for octal digits; what is larger than the field keeps its lowest bits.
 */
final class TextScanner {
    private String text;
    private int position;
    private long value;

    void reset(CharSequence input) {
        text = input.toString();
        position = 0;
    }

    String text() {
        return text;
    }

    int position() {
        return position;
    }

    void position(int at) {
        position = at;
    }

    boolean atEnd() {
        return position >= text.length();
    }

    /** The character here, or 0 at the end. */
    char peek() {
        return charAt(position);
    }

    char peek(int ahead) {
        return charAt(position + ahead);
    }

    boolean looksAt(String literal) {
        return text.startsWith(literal, position);
    }

    /** Moves behind a literal if it stands here. */
    boolean take(String literal) {
        if (!text.startsWith(literal, position)) {
            return false;
        }
        position += literal.length();
        return true;
    }

    boolean take(char c) {
        if (peek() != c || atEnd()) {
            return false;
        }
        position++;
        return true;
    }

    /** As {@link #take(String)}, upper or lower case. */
    boolean takeIgnoringCase(String literal) {
        if (!text.regionMatches(true, position, literal, 0, literal.length())) {
            return false;
        }
        position += literal.length();
        return true;
    }

    void expect(String literal) {
        if (!take(literal)) {
            throw error("\"" + literal + "\"");
        }
    }

    void expect(char c) {
        if (!take(c)) {
            throw error("'" + c + "'");
        }
    }

    /** What may separate one attribute or action from the next. */
    static boolean isDelimiter(char c) {
        return c == ',' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    void skipDelimiters() {
        while (position < text.length() && isDelimiter(text.charAt(position))) {
            position++;
        }
    }

    private void skipSpaces() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c != ' ' && (c < '\t' || c > '\r')) {
                return;
            }
            position++;
        }
    }

    /** The number that was read last. */
    long value() {
        return value;
    }

    /**
     * Reads an integer; where there is none, stays and answers false.
     *
     * @param base 10, 16 or 0 for what the prefix says
     */
    boolean integer(int base) {
        int start = position;
        skipSpaces();
        char c = peek();
        boolean negative = c == '-';
        if (negative || c == '+') {
            position++;
        }
        int radix = base;
        if (base != 10 && peek() == '0' && (peek(1) | 0x20) == 'x') {
            radix = 16;
            position += 2;
        } else if (base == 0) {
            radix = peek() == '0' ? 8 : 10;
        }
        int first = position;
        long number = 0;
        for (int digit; (digit = digit(peek())) >= 0 && digit < radix; position++) {
            number = number * radix + digit;
        }
        if (position == first) {
            position = start;
            return false;
        }
        value = negative ? -number : number;
        return true;
    }

    /** The value of a hexadecimal digit, or -1. */
    static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Reads a number with a point or an exponent or neither. */
    double decimalFraction() {
        int end = position;
        while ("+-.eE".indexOf(charAt(end)) >= 0 || charAt(end) >= '0' && charAt(end) <= '9') {
            end++;
        }
        try {
            double number = Double.parseDouble(text.substring(position, end));
            position = end;
            return number;
        } catch (NumberFormatException e) {
            throw error("a number");
        }
    }

    private char charAt(int at) {
        return at < text.length() ? text.charAt(at) : 0;
    }

    /** Reads an integer that must be there. */
    long number(int base) {
        if (!integer(base)) {
            throw error(base == 16 ? "a hexadecimal number" : "a number");
        }
        return value;
    }

    /** Reads {@code name=} and the integer behind it. */
    long number(String name, int base) {
        expect(name);
        return number(base);
    }

    FlowSyntaxException error(String expected) {
        return new FlowSyntaxException(text, Math.min(position, text.length()), expected);
    }

    FlowSyntaxException error(int at, String expected) {
        return new FlowSyntaxException(text, at, expected);
    }

    /** An error that lists what could have stood here. */
    FlowSyntaxException error(List<String> choices, String last) {
        return error(choices.isEmpty() ? last : String.join(", ", choices) + " or " + last);
    }
}
