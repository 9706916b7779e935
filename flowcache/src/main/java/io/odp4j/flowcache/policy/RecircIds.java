package io.odp4j.flowcache.policy;

import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.field.WideValue;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where a pipeline goes on when a packet comes back: an id per state it can be in. Pipelines of
 * several threads may share one, so that a packet can come back to another thread than the one that
 * sent it on; only a state that is new takes a lock.
 *
 * <p>A state can hold what a packet carried, so that there may be as many as there are packets:
 * where there are too many, those used longest ago are forgotten, and a packet that comes back
 * under one of them is dropped.
 */
public final class RecircIds {
    /** States that packets can come back to. */
    public static final int DEFAULT_MOST = 1 << 16;

    private final int most;
    private final Map<State, Entry> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Entry> states = new ConcurrentHashMap<>();
    private int last;
    private volatile long turn;
    private volatile long forgotten;

    public RecircIds() {
        this(DEFAULT_MOST);
    }

    RecircIds(int most) {
        this.most = most;
    }

    /** Actions that are still to be carried out, of a rule in a table. */
    record Rest(int table, Rule rule, List<OpenFlowAction> actions) {}

    /**
     * What a packet does not carry itself.
     *
     * @param table where to look it up; -1: nowhere, {@code rest} is what there is to do
     * @param words registers and metadata
     * @param tracked whether it comes from the connection tracker
     */
    record State(
            int table,
            long[] words,
            List<Rest> rest,
            List<WideValue> stack,
            List<OpenFlowAction> actionSet,
            boolean tracked) {
        @Override
        public boolean equals(Object other) {
            return other instanceof State that
                    && table == that.table
                    && tracked == that.tracked
                    && Arrays.equals(words, that.words)
                    && rest.equals(that.rest)
                    && stack.equals(that.stack)
                    && actionSet.equals(that.actionSet);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * table + Arrays.hashCode(words)) + rest.size();
        }
    }

    private static final class Entry {
        private final int id;
        private final State state;

        /** How many states there had been when this one was used last. */
        private volatile long used;

        Entry(int id, State state) {
            this.id = id;
            this.state = state;
        }
    }

    /** The id of a state, from 1; the same each time. */
    int idOf(State state) {
        Entry known = ids.get(state);
        if (known == null) {
            return newId(state);
        }
        known.used = turn;
        return known.id;
    }

    private synchronized int newId(State state) {
        Entry known = ids.get(state);
        if (known != null) {
            return known.id;
        }
        if (ids.size() >= most) {
            forget();
        }
        do {
            last = last == Integer.MAX_VALUE ? 1 : last + 1;
        } while (states.containsKey(last));
        Entry entry = new Entry(last, state);
        entry.used = ++turn;
        states.put(last, entry);
        ids.put(state, entry);
        return last;
    }

    /** Makes room for an eighth. */
    private void forget() {
        // Others go on using states meanwhile: sorted is what was seen once.
        record Seen(Entry entry, long used) {}
        List<Seen> oldest =
                ids.values().stream()
                        .map(entry -> new Seen(entry, entry.used))
                        .sorted(Comparator.comparingLong(Seen::used))
                        .limit(Math.max(1, most / 8))
                        .toList();
        for (Seen seen : oldest) {
            states.remove(seen.entry().id);
            ids.remove(seen.entry().state);
        }
        forgotten += oldest.size();
    }

    /** The state of an id, or null. */
    State state(int id) {
        Entry entry = states.get(id);
        if (entry == null) {
            return null;
        }
        entry.used = turn;
        return entry.state;
    }

    /** States that had to make room. */
    public long forgotten() {
        return forgotten;
    }
}
