package io.odp4j.bench.docs;

import java.util.ArrayList;
import java.util.List;

/**
 * The {@code odp4j} commands of a line for the shell, as far as the documentation's lines go:
 * quotes, comments, redirections, lists and pipes; nothing is expanded.
 */
final class ShellWords {
    private static final String ENDS = "|&;";

    private final String line;
    private final List<List<String>> commands = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private StringBuilder word;
    private boolean redirected;

    private ShellWords(String line) {
        this.line = line;
    }

    /** The arguments of each {@code odp4j} in a line, without its name. */
    static List<List<String>> odp4j(String line) {
        ShellWords shell = new ShellWords(line);
        shell.read();
        return shell.commands;
    }

    private void read() {
        int i = 0;
        while (i < line.length() && (line.charAt(i) != '#' || word != null)) {
            char c = line.charAt(i++);
            if (c == '\'' || c == '"') {
                int end = line.indexOf(c, i);
                if (end < 0) {
                    throw new IllegalArgumentException("a quote stays open: " + line);
                }
                word().append(line, i, end);
                i = end + 1;
            } else if (c == ' ') {
                endWord();
            } else if (c == '<' || c == '>') {
                endWord();
                redirected = true;
            } else if (ENDS.indexOf(c) >= 0) {
                endCommand();
            } else {
                word().append(c);
            }
        }
        endCommand();
    }

    private StringBuilder word() {
        if (word == null) {
            word = new StringBuilder();
        }
        return word;
    }

    /** A file that is read or written is no argument. */
    private void endWord() {
        if (word == null) {
            return;
        }
        if (!redirected) {
            words.add(word.toString());
        }
        redirected = false;
        word = null;
    }

    private void endCommand() {
        endWord();
        int name = words.indexOf("odp4j");
        name = name < 0 ? words.indexOf("upcall/bin/odp4j") : name;
        if (name >= 0) {
            commands.add(words.subList(name + 1, words.size()));
        }
        words = new ArrayList<>();
    }
}
