package io.odp4j.datapath.flow.filter;

import java.util.Map;

/**
 * Something beside the key that a filter may ask for: {@code packets>100}, {@code type=miss}.
 *
 * @param name in the filter
 * @param words values that have names; empty if all are numbers
 * @param meaning in a sentence, with its unit
 */
public record Measure(String name, Map<String, Long> words, String meaning) {
    /** One of numbers only. */
    public static Measure number(String name, String meaning) {
        return new Measure(name, Map.of(), meaning);
    }
}
