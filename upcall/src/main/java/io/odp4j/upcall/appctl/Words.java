package io.odp4j.upcall.appctl;

import io.odp4j.upcall.control.ControlException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A command's arguments, its options apart from the other words: {@code --most 20 tcp}. */
public final class Words {
    private final Map<String, List<String>> options = new HashMap<>();
    private final List<String> others = new ArrayList<>();

    private Words() {}

    /**
     * Tells options from other words. An option stands before, between or behind those; its value
     * follows it as the next word or behind an equals sign; {@code --} ends the options.
     *
     * @param flags options without a value
     * @param valued options with one
     * @throws ControlException if a word that begins with two dashes is none of them
     */
    public static Words of(List<String> arguments, Set<String> flags, Set<String> valued)
            throws ControlException {
        Words words = new Words();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (word.equals("--")) {
                rest.forEachRemaining(words.others::add);
            } else if (flags.contains(word)) {
                words.put(word, "");
            } else if (valued.contains(name)) {
                if (equals < 0 && !rest.hasNext()) {
                    throw new ControlException(name + " needs a value");
                }
                words.put(name, equals < 0 ? rest.next() : word.substring(equals + 1));
            } else if (word.startsWith("--")) {
                throw new ControlException("unknown option " + name);
            } else {
                words.others.add(word);
            }
        }
        return words;
    }

    private void put(String option, String value) {
        options.computeIfAbsent(option, name -> new ArrayList<>()).add(value);
    }

    public boolean has(String option) {
        return options.containsKey(option);
    }

    /** An option's value, the last one if there are several; null if there is none. */
    public String value(String option) {
        List<String> values = values(option);
        return values.isEmpty() ? null : values.get(values.size() - 1);
    }

    /** An option's values, in order. */
    public List<String> values(String option) {
        return options.getOrDefault(option, List.of());
    }

    /** An option's number; {@code usual} without it. */
    public int number(String option, int usual, int least, int most) throws ControlException {
        String value = value(option);
        return value == null ? usual : number(option, value, least, most);
    }

    /** Reads a number, decimal or with 0x. */
    public static int number(String what, String word, int least, int most)
            throws ControlException {
        try {
            int number = Integer.decode(word);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new ControlException(what + ": \"" + word + "\" is no number", e);
        }
        throw new ControlException(what + ": " + word + " is not within " + least + " to " + most);
    }

    /** What are no options. */
    public List<String> others() {
        return others;
    }
}
