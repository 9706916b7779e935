package io.odp4j.upcall.repl;

/** A line that cannot be read: shows it with a caret under the place. */
public final class ReplSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    ReplSyntaxException(String line, int offset, String expected) {
        super(line + '\n' + " ".repeat(offset) + "^ " + expected);
    }
}
