package io.odp4j.flowcache.policy.table;

import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The conjunctive matches that a lookup met on its way: which dimensions of which are there. */
final class Conjunctions {
    private final TreeMap<Integer, Map<Long, Dimensions>> byPriority = new TreeMap<>();

    private static final class Dimensions {
        private long met;
        private final int count;

        Dimensions(int count) {
            this.count = count;
        }

        boolean isComplete() {
            return Long.bitCount(met) == count;
        }
    }

    void clear() {
        if (!byPriority.isEmpty()) {
            byPriority.clear();
        }
    }

    boolean isEmpty() {
        return byPriority.isEmpty();
    }

    void add(Rule rule) {
        Map<Long, Dimensions> ids =
                byPriority.computeIfAbsent(rule.priority(), p -> new LinkedHashMap<>());
        for (OpenFlowAction action : rule.actions()) {
            if (action instanceof OpenFlowAction.Conjunction c) {
                ids.computeIfAbsent(c.id(), id -> new Dimensions(c.n())).met |= 1L << c.k();
            }
        }
    }

    /** The ids of those that are complete, above a priority, the highest first. */
    List<Long> complete(int floor) {
        List<Long> ids = new ArrayList<>();
        byPriority
                .tailMap(floor, false)
                .descendingMap()
                .values()
                .forEach(
                        at ->
                                at.forEach(
                                        (id, d) -> {
                                            if (d.isComplete()) {
                                                ids.add(id);
                                            }
                                        }));
        return ids;
    }
}
