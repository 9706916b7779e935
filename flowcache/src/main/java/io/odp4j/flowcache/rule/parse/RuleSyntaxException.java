package io.odp4j.flowcache.rule.parse;

/** A rule's text that cannot be read, or asks for what is not supported: where, and why. */
public final class RuleSyntaxException extends Exception {
    private static final long serialVersionUID = 1;
    private final int line;
    private final int column;
    private final String reason;

    public RuleSyntaxException(int line, int column, String reason) {
        super(line + ":" + column + ": " + reason);
        this.line = line;
        this.column = column;
        this.reason = reason;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** From 1, in characters. */
    public int column() {
        return column;
    }

    public String reason() {
        return reason;
    }
}
