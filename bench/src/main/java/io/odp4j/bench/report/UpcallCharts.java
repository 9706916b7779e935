package io.odp4j.bench.report;

import io.odp4j.bench.report.Chart.Axis;
import io.odp4j.bench.report.Chart.Line;
import io.odp4j.bench.report.Chart.Point;
import io.odp4j.bench.report.Chart.Scale;
import io.odp4j.bench.result.Latency;
import io.odp4j.bench.result.Measurement;
import io.odp4j.bench.result.Metric;
import io.odp4j.bench.result.ResultFile;
import io.odp4j.bench.upcall.result.UpcallResults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The plots of end-to-end results: a line for each subject of each result. */
final class UpcallCharts {
    /** A kind of load, and the parameter that says how much of it there is. */
    private record Load(
            String benchmark, String parameter, Axis axis, String title, String sized) {}

    private static final List<Load> LOADS =
            List.of(
                    new Load(
                            "upcall open",
                            Measurement.OFFERED,
                            new Axis("offered, packets/s", Scale.LINEAR),
                            "offered load",
                            "%s packets/s offered"),
                    new Load(
                            "upcall closed",
                            "window",
                            new Axis("packets under way", Scale.LOGARITHMIC),
                            "packets under way",
                            "%s packets under way"),
                    new Load(
                            "upcall fill",
                            "flows",
                            new Axis("flows in the table", Scale.LOGARITHMIC),
                            "flows in the table",
                            "%s flows"));

    /** A metric, and how it is drawn. */
    private record Kind(String metric, String title, Axis axis, String note) {}

    private static final List<Kind> KINDS =
            List.of(
                    new Kind(
                            Metric.SETUPS,
                            "Throughput",
                            new Axis("setups/s", Scale.LINEAR),
                            "Flows decided whose first packet came out."),
                    new Kind(
                            "latency p50",
                            "Median latency",
                            new Axis("ns", Scale.LOGARITHMIC),
                            "Of first packets; in an open loop from when they were to be sent."),
                    new Kind(
                            "latency p99",
                            "Latency, 99th percentile",
                            new Axis("ns", Scale.LOGARITHMIC),
                            "Of first packets; in an open loop from when they were to be sent."),
                    new Kind(
                            Metric.LOSS,
                            "Loss",
                            new Axis("% of the packets sent", Scale.LINEAR),
                            "Packets that did not come out."),
                    new Kind(
                            Metric.CPU,
                            "Processor time of an upcall",
                            new Axis("ns/setup", Scale.LINEAR),
                            "Of the control process, all its threads."));

    /** Drawn against the flows in the table alone. */
    private static final Kind MEMORY =
            new Kind(
                    Metric.MEMORY,
                    "Memory",
                    new Axis("B, resident", Scale.LINEAR),
                    "Of the control process; the embedded datapath and the generator are in"
                            + " odp4j's.");

    /** Whose figures a line shows, and the number of the result that they are from. */
    private record Origin(int result, String subject) {}

    private final List<ResultFile> results;

    /** Subjects in their order, which is their colour too; others behind, as they are met. */
    private final List<String> subjects =
            new ArrayList<>(List.of(UpcallResults.ODP4J, UpcallResults.OVS, UpcallResults.LIMIT));

    private final List<Chart> charts = new ArrayList<>();

    private UpcallCharts(List<ResultFile> results) {
        this.results = results;
    }

    /** The plots of results; none if there are no such results among them. */
    static List<Chart> of(List<ResultFile> results) {
        UpcallCharts all = new UpcallCharts(results);
        for (Load load : LOADS) {
            for (Kind kind : KINDS) {
                all.add(load, kind);
            }
        }
        all.add(LOADS.get(LOADS.size() - 1), MEMORY);
        LOADS.forEach(all::distributions);
        return all.charts;
    }

    private void add(Load load, Kind kind) {
        Map<Origin, List<Point>> lines = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            for (Measurement m : results.get(i).measurements()) {
                Optional<Metric> metric = m.metric(kind.metric);
                if (m.benchmark().equals(load.benchmark) && metric.isPresent()) {
                    Metric samples = metric.get();
                    lines.computeIfAbsent(new Origin(i, m.subject()), name -> new ArrayList<>())
                            .add(
                                    new Point(
                                            Double.parseDouble(m.parameters().get(load.parameter)),
                                            samples.median(),
                                            samples.min(),
                                            samples.max()));
                }
            }
        }
        if (!lines.isEmpty()) {
            charts.add(
                    new Chart(
                            kind.title + " against " + load.title,
                            kind.note + " Median of the rounds, and the lowest and highest.",
                            load.axis,
                            kind.axis,
                            lines(lines)));
        }
    }

    /** A plot of percentiles for each load. */
    private void distributions(Load load) {
        Map<String, Map<Origin, List<Point>>> plots = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            for (Measurement m : results.get(i).measurements()) {
                List<Point> points = new ArrayList<>();
                for (Latency latency : m.latency()) {
                    if (latency.nanos() > 0) {
                        double y = latency.nanos();
                        points.add(new Point(latency.percentile(), y, y, y));
                    }
                }
                if (m.benchmark().equals(load.benchmark) && !points.isEmpty()) {
                    plots.computeIfAbsent(
                                    m.parameters().get(load.parameter), x -> new LinkedHashMap<>())
                            .put(new Origin(i, m.subject()), points);
                }
            }
        }
        plots.forEach(
                (size, lines) ->
                        charts.add(
                                new Chart(
                                        "Latency at "
                                                + String.format(
                                                        load.sized,
                                                        Html.number(Double.parseDouble(size))),
                                        "How long first packets took, by percentile.",
                                        new Axis("percentile", Scale.PERCENTILE),
                                        new Axis("ns", Scale.LOGARITHMIC),
                                        lines(lines))));
    }

    private List<Line> lines(Map<Origin, List<Point>> points) {
        List<Line> lines = new ArrayList<>();
        points.forEach(
                (origin, all) -> {
                    if (!subjects.contains(origin.subject)) {
                        subjects.add(origin.subject);
                    }
                    lines.add(
                            new Line(
                                    results.size() == 1
                                            ? origin.subject
                                            : origin.subject
                                                    + " ("
                                                    + results.get(origin.result).name()
                                                    + ")",
                                    subjects.indexOf(origin.subject),
                                    origin.result,
                                    all.stream()
                                            .sorted(Comparator.comparingDouble(Point::x))
                                            .toList()));
                });
        lines.sort(Comparator.comparingInt(Line::colour).thenComparingInt(Line::dash));
        return lines;
    }
}
