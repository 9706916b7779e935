package io.odp4j.bench.upcall;

import java.util.List;

/**
 * Whether a subject has stopped to get faster: a JIT compiler has done its work. All of this must
 * hold of its last runs, ten or half of them all, whichever are more:
 *
 * <ul>
 *   <li>Their first half and their second have medians within a tolerance of each other: neither a
 *       step up nor a slump, as when code is compiled once more.
 *   <li>The middle half of the last ten lies within twice the tolerance.
 *   <li>The last ten show no trend upwards (Kendall's test, 2.5 %): a rate that rises slowly stays
 *       within any tolerance from run to run.
 * </ul>
 *
 * <p>Before anything is compiled rates may be steady, too: a caller waits for a least time first.
 */
final class Steadiness {
    /** Runs that are looked at, at least. */
    static final int RUNS = 10;

    /** Of {@link #RUNS} runs in random order, 2.5 % have more pairs that rise than fall by this. */
    private static final int TREND = 23;

    private final double tolerance;

    /**
     * @param tolerance how far medians may be apart, as a share of the earlier
     */
    Steadiness(double tolerance) {
        this.tolerance = tolerance;
    }

    /** Whether these rates, in their order, have become steady. */
    boolean of(List<Double> rates) {
        if (rates.size() < RUNS) {
            return false;
        }
        int half = Math.max(RUNS, rates.size() / 2) / 2;
        int end = rates.size();
        double before = median(rates.subList(end - 2 * half, end - half));
        double last = median(rates.subList(end - half, end));
        List<Double> lastRuns = rates.subList(end - RUNS, end);
        return Math.abs(last - before) <= tolerance * before
                && spread(lastRuns) <= 2 * tolerance
                && rise(lastRuns) < TREND;
    }

    /** The distance between the quartiles, as a share of the median. */
    private static double spread(List<Double> rates) {
        List<Double> sorted = rates.stream().sorted().toList();
        int quarter = sorted.size() / 4;
        return (sorted.get(sorted.size() - 1 - quarter) - sorted.get(quarter)) / median(rates);
    }

    /** Pairs of which the later is higher, less pairs of which it is lower. */
    private static int rise(List<Double> rates) {
        int rise = 0;
        for (int i = 0; i < rates.size(); i++) {
            for (int j = i + 1; j < rates.size(); j++) {
                rise += Double.compare(rates.get(j), rates.get(i));
            }
        }
        return rise;
    }

    private static double median(List<Double> rates) {
        List<Double> sorted = rates.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
