package io.odp4j.upcall.cli;

import io.odp4j.flowcache.rule.parse.RuleSyntaxException;

/** A text that cannot be read: where, why, and the line with a caret under the place. */
public final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Of a long line only what surrounds the place is shown. */
    private static final int CONTEXT = 60;

    private SyntaxException(String message) {
        super(message);
    }

    /**
     * Of rules.
     *
     * @param where the file's name, or what else the text is
     * @param text all of it
     */
    public static SyntaxException of(String where, String text, RuleSyntaxException e) {
        String line = text.split("\n", -1)[e.line() - 1];
        return new SyntaxException(where + ":" + e.getMessage() + show(line, e.column() - 1));
    }

    private static String show(String line, int column) {
        int from = Math.max(0, column - CONTEXT);
        int to = Math.min(line.length(), column + CONTEXT);
        StringBuilder shown = new StringBuilder("\n");
        shown.append(from > 0 ? "..." : "");
        for (int i = from; i < to; i++) {
            shown.append(Character.isISOControl(line.charAt(i)) ? ' ' : line.charAt(i));
        }
        shown.append(to < line.length() ? "..." : "").append('\n');
        return shown.append(" ".repeat(column - from + (from > 0 ? 3 : 0))).append('^').toString();
    }
}
