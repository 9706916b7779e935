package io.odp4j.bench.upcall.result;

/** The percentiles of latency that are told. */
public enum Percentile {
    P50("p50", 50),
    P75("p75", 75),
    P90("p90", 90),
    P95("p95", 95),
    P99("p99", 99),
    P99_9("p99_9", 99.9),
    P99_99("p99_99", 99.99),
    MAX("max", 100);

    private final String field;
    private final double percent;

    Percentile(String field, double percent) {
        this.field = field;
        this.percent = percent;
    }

    /** Its name in JSON. */
    public String field() {
        return field;
    }

    /** How many percent of the frames took no longer. */
    public double percent() {
        return percent;
    }
}
