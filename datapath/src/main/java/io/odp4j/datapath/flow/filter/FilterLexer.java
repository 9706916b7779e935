package io.odp4j.datapath.flow.filter;

import io.odp4j.datapath.flow.text.FlowSyntaxException;

/** A filter's text word by word. */
final class FilterLexer {
    private static final String[] OPERATORS = {
        "&&", "||", "==", "!=", "<=", ">=", "=", "<", ">", "!", "(", ")", ","
    };

    private final String text;
    private int at;

    FilterLexer(String text) {
        this.text = text;
        blanks();
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    int position() {
        return at;
    }

    boolean atEnd() {
        return at == text.length();
    }

    /** Moves behind the sign if it is the one that stands here. */
    boolean take(String sign) {
        String here = sign();
        if (!sign.equals(here)) {
            return false;
        }
        at += sign.length();
        blanks();
        return true;
    }

    /** The sign that stands here, or null. */
    private String sign() {
        for (String sign : OPERATORS) {
            if (text.startsWith(sign, at)) {
                return sign;
            }
        }
        return null;
    }

    /** Moves behind the word if it is the one that stands here. */
    boolean takeWord(String word) {
        int end = at + word.length();
        if (!text.startsWith(word, at) || end < text.length() && isName(text.charAt(end))) {
            return false;
        }
        at = end;
        blanks();
        return true;
    }

    /** The operator behind a field's name, or null. */
    String comparison() {
        for (String sign : new String[] {"==", "!=", "<=", ">=", "=", "<", ">"}) {
            if (take(sign)) {
                return sign;
            }
        }
        return null;
    }

    private static boolean isName(char c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    /** Letters, digits and underscores; empty if there are none. */
    String name() {
        int start = at;
        while (at < text.length() && isName(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        blanks();
        return name;
    }

    /** What stands until a blank, comma or parenthesis, or within quotes; empty if nothing does. */
    String value() {
        char quote = at < text.length() ? text.charAt(at) : 0;
        String value;
        if (quote == '"' || quote == '\'') {
            int end = text.indexOf(quote, at + 1);
            if (end < 0) {
                throw error(at, "this quote closed");
            }
            value = text.substring(at + 1, end);
            at = end + 1;
        } else {
            int start = at;
            while (at < text.length()
                    && !Character.isWhitespace(text.charAt(at))
                    && ",()".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            value = text.substring(start, at);
        }
        blanks();
        return value;
    }

    FlowSyntaxException error(int offset, String expected) {
        return new FlowSyntaxException(text, offset, expected);
    }
}
