package io.odp4j.bench.upcall.result;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What every subject did with one load, by the subject's name, in the order of measuring. */
public final class LoadResult {
    private final Load load;
    private final Map<String, Series> subjects = new LinkedHashMap<>();

    public LoadResult(Load load) {
        this.load = load;
    }

    public Load load() {
        return load;
    }

    /** Adds a round of a subject. */
    public void add(String subject, Sample sample) {
        subjects.computeIfAbsent(subject, name -> new Series()).add(sample);
    }

    /** The rounds by subject. */
    public Map<String, Series> subjects() {
        return Map.copyOf(subjects);
    }

    /** The rounds of a subject, or null. */
    public Series of(String subject) {
        return subjects.get(subject);
    }

    /** One subject's median over another's; NaN if one of them was not measured. */
    public double ratio(String one, String other, ToDoubleFunction<Sample> figure) {
        Series above = subjects.get(one);
        Series below = other == null ? null : subjects.get(other);
        return above == null || below == null
                ? Double.NaN
                : above.median(figure) / below.median(figure);
    }
}
