package io.odp4j.upcall.repl;

import io.odp4j.upcall.control.ControlException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@code list-commands} says, and the names that stand for a command in it. */
final class CommandList {
    private CommandList() {}

    /** Reads lines of two blanks, the name, and the arguments; other lines are headings. */
    static SortedMap<String, String> parse(String text) {
        SortedMap<String, String> commands = new TreeMap<>();
        for (String line : text.split("\n")) {
            if (line.startsWith("  ") && !line.isBlank()) {
                String entry = line.strip();
                int end = entry.indexOf(' ');
                String name = end < 0 ? entry : entry.substring(0, end);
                commands.put(name, end < 0 ? "" : entry.substring(end).strip());
            }
        }
        return commands;
    }

    /**
     * The command that a word means: itself, or the only one of that name in any group, {@code
     * dump-flows} for {@code dpctl/dump-flows}. A word that means none is returned as it is: the
     * target says what is wrong.
     *
     * @throws ControlException if several groups have one
     */
    static String resolve(String word, SortedMap<String, String> commands) throws ControlException {
        if (commands.containsKey(word)) {
            return word;
        }
        List<String> meant =
                commands.keySet().stream().filter(name -> name.endsWith("/" + word)).toList();
        if (meant.size() > 1) {
            throw new ControlException(
                    "\"" + word + "\" may be any of " + String.join(", ", meant));
        }
        return meant.isEmpty() ? word : meant.get(0);
    }
}
