package io.odp4j.flowcache.policy;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a pipeline goes on when a packet comes back: an id per state it can be in. Pipelines of
 * several threads may share one, so that a packet can come back to another thread than the one that
 * sent it on; only a state that is new is written.
 */
public final class RecircIds {
    private final Map<State, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, State> states = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();

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
        Integer known = ids.get(state);
        return known != null ? known : ids.computeIfAbsent(state, this::newId);
    }

    private int newId(State state) {
        int id = last.incrementAndGet();
        states.put(id, state);
        return id;
    }

    /** The state of an id, or null. */
    State state(int id) {
        return states.get(id);
    }
}
