package io.odp4j.flowcache.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the pipeline goes on when a packet comes back: an id per state it can be in. */
final class RecircIds {
    private final Map<State, Integer> ids = new HashMap<>();
    private final List<State> states = new ArrayList<>();

    /**
     * What a packet does not carry itself.
     *
     * @param words registers and metadata
     */
    record State(int table, long[] words) {
        @Override
        public boolean equals(Object other) {
            return other instanceof State that
                    && table == that.table
                    && Arrays.equals(words, that.words);
        }

        @Override
        public int hashCode() {
            return 31 * table + Arrays.hashCode(words);
        }
    }

    /** The id of a state, from 1; the same each time. */
    int idOf(State state) {
        return ids.computeIfAbsent(
                state,
                s -> {
                    states.add(s);
                    return states.size();
                });
    }

    /** The state of an id, or null. */
    State state(int id) {
        return id < 1 || id > states.size() ? null : states.get(id - 1);
    }
}
