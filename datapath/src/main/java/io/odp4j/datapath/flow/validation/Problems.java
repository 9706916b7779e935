package io.odp4j.datapath.flow.validation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Collects problems below one place. */
final class Problems {
    private final String place;
    private final List<FlowProblem> list;

    Problems(String place) {
        this(place, new ArrayList<>());
    }

    Problems(String place, List<FlowProblem> list) {
        this.place = place;
        this.list = list;
    }

    /** Collects into the same list, at another outermost place. */
    Problems at(String outermost) {
        return new Problems(outermost, list);
    }

    /** Collects into the same list, one level deeper. */
    Problems in(String inner) {
        return new Problems(place + "." + inner, list);
    }

    void add(String reason) {
        list.add(new FlowProblem(place, reason));
    }

    void add(String inner, String reason) {
        list.add(new FlowProblem(place + "." + inner, reason));
    }

    /** Adds a problem unless a rule holds. */
    void require(boolean holds, String inner, String reason) {
        if (!holds) {
            add(inner, reason);
        }
    }

    List<FlowProblem> list() {
        return Collections.unmodifiableList(list);
    }
}
