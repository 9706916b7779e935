package io.odp4j.flowcache;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The pieces of a flow key that masks are told apart by: one per field, and one per word of a field
 * that is longer than a word.
 */
final class KeyUnits {
    /** Every unit, in the order of the fields. */
    static final List<Unit> ALL;

    /** The words of a key that can be matched on, ascending. */
    static final int[] MATCHABLE;

    static {
        List<Unit> units = new ArrayList<>();
        for (FlowField field : FlowField.values()) {
            for (int w = 0; w < field.words(); w++) {
                units.add(new Unit(units.size(), field, field.word() + w, field.wordMask()));
            }
        }
        ALL = List.copyOf(units);
        List<Integer> words = new ArrayList<>();
        for (int w = 0; w < FlowKey.WORDS; w++) {
            if (isMatchable(w)) {
                words.add(w);
            }
        }
        MATCHABLE = words.stream().mapToInt(Integer::intValue).toArray();
    }

    private KeyUnits() {}

    private static boolean isMatchable(int word) {
        int options = FlowKey.TUN_OPTS_WORD;
        return word < FlowKey.MATCH_WORDS
                || word >= options && word < options + FlowKey.TUN_OPTS_WORDS;
    }

    /**
     * One unit.
     *
     * @param index its place in {@link #ALL}
     * @param word the key's word it lies in
     * @param bits its bits in that word
     */
    record Unit(int index, FlowField field, int word, long bits) {
        int width() {
            return Long.bitCount(bits);
        }
    }
}
