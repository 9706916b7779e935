package io.odp4j.upcall.repl;

import java.util.ArrayList;
import java.util.List;

/**
 * A line that was typed: {@code WORD... [| SHELL COMMAND] [> FILE]}.
 *
 * <p>Words are parted by blanks; quotes and backslashes work as in a shell. A bar or an angle
 * bracket counts only where it stands between blanks, for they are part of flows: {@code
 * flags(df|key)}. What stands behind is the shell's. A line whose first word begins with # is
 * empty.
 *
 * @param words the command and its arguments
 * @param shell what the answer goes through, as {@code | grep x} or {@code > file}; null if nothing
 */
record ReplLine(List<String> words, String shell) {

    /** Reads a line. */
    static ReplLine parse(String line) throws ReplSyntaxException {
        return new Reader(line).read();
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    private static final class Reader {
        private final String line;
        private final List<String> words = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private boolean inWord;
        private int at;

        Reader(String line) {
            this.line = line;
        }

        ReplLine read() throws ReplSyntaxException {
            String shell = null;
            while (at < line.length() && shell == null) {
                char c = line.charAt(at);
                if (Character.isWhitespace(c)) {
                    end();
                    at++;
                } else if (!inWord && words.isEmpty() && c == '#') {
                    return new ReplLine(List.of(), null);
                } else if (!inWord && standsAlone()) {
                    shell = shell();
                } else {
                    inWord = true;
                    character(c);
                }
            }
            end();
            return new ReplLine(List.copyOf(words), shell);
        }

        /** Whether a bar, or one or two angle brackets, stand between blanks. */
        private boolean standsAlone() {
            int end = at + (line.startsWith(">>", at) ? 2 : 1);
            return "|>".indexOf(line.charAt(at)) >= 0
                    && (end >= line.length() || Character.isWhitespace(line.charAt(end)));
        }

        private String shell() throws ReplSyntaxException {
            String rest = line.substring(at);
            int sign = rest.startsWith(">>") ? 2 : 1;
            if (words.isEmpty()) {
                throw new ReplSyntaxException(line, at, "a command before it");
            }
            if (rest.substring(sign).isBlank()) {
                throw new ReplSyntaxException(
                        line,
                        line.length(),
                        rest.charAt(0) == '|' ? "a command to pipe into" : "a file's name");
            }
            return rest;
        }

        private void character(char c) throws ReplSyntaxException {
            if (c == '\\') {
                if (at + 1 == line.length()) {
                    throw new ReplSyntaxException(line, line.length(), "a character behind \\");
                }
                if (line.charAt(at + 1) != '\n') {
                    word.append(line.charAt(at + 1));
                }
                at += 2;
            } else if (c == '\'' || c == '"') {
                quoted(c);
            } else {
                word.append(c);
                at++;
            }
        }

        private void quoted(char quote) throws ReplSyntaxException {
            int start = at++;
            while (at < line.length() && line.charAt(at) != quote) {
                boolean escape = quote == '"' && line.charAt(at) == '\\' && at + 1 < line.length();
                if (escape) {
                    at++;
                }
                word.append(line.charAt(at++));
            }
            if (at == line.length()) {
                throw new ReplSyntaxException(line, start, "this quote is not closed");
            }
            at++;
        }

        private void end() {
            if (inWord) {
                words.add(word.toString());
                word.setLength(0);
                inWord = false;
            }
        }
    }
}
