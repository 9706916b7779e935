package io.odp4j.bench.upcall.result;

import static io.odp4j.bench.upcall.result.UpcallResults.LIMIT;
import static io.odp4j.bench.upcall.result.UpcallResults.ODP4J;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The table of a run, for a terminal: medians of the rounds. */
public final class UpcallTable {
    private static final String FORMAT = "%-14s %-8s %10s %9s %9s %9s %9s %8s %9s %8s %s";

    /** Upcalls of a flow that are worth a note. */
    private static final double NOTED_UPCALLS = 1.005;

    private UpcallTable() {}

    /** The table's lines. */
    public static List<String> lines(UpcallResults results) {
        List<String> lines = new ArrayList<>();
        results.warmUps()
                .forEach(
                        (subject, warmUp) ->
                                lines.add(
                                        String.format(
                                                Locale.ROOT,
                                                "warm-up of %s: %d runs, %.1f s, %s",
                                                subject,
                                                warmUp.setupsPerSecond().size(),
                                                warmUp.seconds(),
                                                warmUp.steady() ? "steady" : "not steady")));
        lines.add(
                String.format(
                        FORMAT,
                        "load",
                        "",
                        "setups/s",
                        "p50 µs",
                        "p99 µs",
                        "max µs",
                        "CPU µs",
                        "lost",
                        "flows",
                        "RSS MiB",
                        ""));
        for (LoadResult result : results.loads()) {
            for (Map.Entry<String, Series> subject : new TreeMap<>(result.subjects()).entrySet()) {
                lines.add(line(result, subject.getKey(), subject.getValue(), results.peer()));
            }
        }
        return lines;
    }

    private static String line(LoadResult result, String subject, Series series, String peer) {
        List<String> notes = new ArrayList<>();
        if (subject.equals(ODP4J)) {
            note(notes, "%.2f × " + peer, result.ratio(ODP4J, peer, Sample::setupsPerSecond), 1);
            note(
                    notes,
                    "%.0f %% of limit",
                    result.ratio(ODP4J, LIMIT, Sample::setupsPerSecond),
                    100);
        }
        double upcalls = series.median(Sample::upcallsPerSetup);
        if (upcalls >= NOTED_UPCALLS) {
            note(notes, "%.2f upcalls a flow", upcalls, 1);
            notes.add(series.total(Sample::overtaken) + " overtaken");
        }
        return String.format(
                        FORMAT,
                        result.load(),
                        subject,
                        number("%.0f", series.median(Sample::setupsPerSecond)),
                        micros(series.median(sample -> sample.latency(50))),
                        micros(series.median(sample -> sample.latency(99))),
                        micros(series.longest()),
                        micros(series.median(Sample::cpuNanosPerSetup)),
                        series.total(Sample::lost),
                        number("%.0f", series.median(Sample::flows)),
                        number("%.1f", series.median(Sample::memory) / (1 << 20)),
                        String.join(", ", notes))
                .stripTrailing();
    }

    private static void note(List<String> notes, String format, double ratio, int times) {
        if (Double.isFinite(ratio)) {
            notes.add(String.format(Locale.ROOT, format, times * ratio));
        }
    }

    private static String micros(double nanos) {
        return number(nanos < 100_000 ? "%.1f" : "%.0f", nanos / 1000);
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    }
}
