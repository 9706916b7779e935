package io.odp4j.datapath.flow.text;

import java.util.List;

/**
 * A position in a text that is being read.
 *
 * <p>Integers follow Open vSwitch's {@code ovs_scan()}: white space before, a sign, 0x for
 * hexadecimal and 0 for octal digits; what is larger than the field keeps its lowest bits.
 */
final class TextScanner {
    private static final int INITIAL = 1024;

    /** The text and behind it a 0, which ends every comparison. */
    private char[] text = new char[INITIAL];

    private int length;
    private int position;

    // The number that was read last, where its digits were, and their radix.
    private long value;
    private int firstDigit;
    private int afterDigits;
    private int radix;

    void reset(CharSequence input) {
        length = input.length();
        if (length >= text.length) {
            text = new char[length + INITIAL];
        }
        if (input instanceof String string) {
            string.getChars(0, length, text, 0);
        } else {
            for (int i = 0; i < length; i++) {
                text[i] = input.charAt(i);
            }
        }
        text[length] = 0;
        position = 0;
    }

    /** The next characters as a string. */
    String ahead(int count) {
        return new String(text, position, count);
    }

    /** The characters themselves, for readers that go over many of them. */
    char[] chars() {
        return text;
    }

    int position() {
        return position;
    }

    void position(int at) {
        position = at;
    }

    boolean atEnd() {
        return position >= length;
    }

    /** The character here, or 0 at the end. */
    char peek() {
        return text[position];
    }

    char peek(int ahead) {
        int at = position + ahead;
        return at < length ? text[at] : 0;
    }

    boolean looksAt(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            if (text[position + i] != literal.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Moves behind a literal if it stands here. */
    boolean take(String literal) {
        if (text[position] != literal.charAt(0) || !looksAt(literal)) {
            return false;
        }
        position += literal.length();
        return true;
    }

    boolean take(char c) {
        if (text[position] != c || position == length) {
            return false;
        }
        position++;
        return true;
    }

    /** As {@link #take(String)} of a literal in lower case, upper or lower case. */
    boolean takeIgnoringCase(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            if (Character.toLowerCase(text[position + i]) != literal.charAt(i)) {
                return false;
            }
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
        while (isDelimiter(text[position])) {
            position++;
        }
    }

    private void skipSpaces() {
        while (text[position] == ' ' || text[position] >= '\t' && text[position] <= '\r') {
            position++;
        }
    }

    /** The number that was read last. */
    long value() {
        return value;
    }

    /** Whether the number that was read last had more than 64 bits; only the lowest are kept. */
    boolean overflowed() {
        long limit = Long.divideUnsigned(-1, radix);
        long number = 0;
        for (int at = firstDigit; at < afterDigits; at++) {
            long shifted = number * radix;
            long next = shifted + digit(text[at]);
            if (Long.compareUnsigned(number, limit) > 0
                    || Long.compareUnsigned(next, shifted) < 0) {
                return true;
            }
            number = next;
        }
        return false;
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
        radix = base;
        if (base != 10 && peek() == '0' && (peek(1) | 0x20) == 'x') {
            radix = 16;
            position += 2;
        } else if (base == 0) {
            radix = peek() == '0' ? 8 : 10;
        }
        int first = position;
        int at = first;
        long number = 0;
        for (int digit; (digit = digit(text[at])) >= 0 && digit < radix; at++) {
            number = number * radix + digit;
        }
        if (at == first) {
            position = start;
            return false;
        }
        position = at;
        firstDigit = first;
        afterDigits = at;
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
        int count = 0;
        while ("+-.eE".indexOf(peek(count)) >= 0 || peek(count) >= '0' && peek(count) <= '9') {
            count++;
        }
        try {
            double number = Double.parseDouble(ahead(count));
            position += count;
            return number;
        } catch (NumberFormatException e) {
            throw error("a number");
        }
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
        return error(position, expected);
    }

    FlowSyntaxException error(int at, String expected) {
        return new FlowSyntaxException(new String(text, 0, length), at, expected);
    }

    /** An error that lists what could have stood here. */
    FlowSyntaxException error(List<String> choices, String last) {
        return error(choices.isEmpty() ? last : String.join(", ", choices) + " or " + last);
    }
}
