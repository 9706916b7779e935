package io.odp4j.bench.report;

import io.odp4j.bench.result.Measurement;
import io.odp4j.bench.result.Metric;
import io.odp4j.bench.result.ResultFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * JMH's figures: a row for each benchmark, and for each result a bar as long as the logarithm of
 * the time, for they range from one nanosecond to many thousands. A throughput has no bar.
 */
final class StageTable {
    private final List<ResultFile> results;
    private final Map<String, List<Measurement>> rows = new LinkedHashMap<>();
    private double least = Double.MAX_VALUE;
    private double most;

    private StageTable(List<ResultFile> results) {
        this.results = results;
        for (int i = 0; i < results.size(); i++) {
            for (Measurement m : results.get(i).measurements()) {
                Optional<Metric> time = m.metric(Metric.TIME);
                if (time.isPresent() || m.metric(Metric.THROUGHPUT).isPresent()) {
                    List<Measurement> row =
                            rows.computeIfAbsent(m.title(), title -> new ArrayList<>());
                    while (row.size() < i) {
                        row.add(null);
                    }
                    row.add(m);
                }
                if (time.isPresent()) {
                    least = Math.min(least, time.get().median());
                    most = Math.max(most, time.get().median());
                }
            }
        }
    }

    /** Writes the table, if there is anything to be in it. */
    static void write(List<ResultFile> results, Html html) {
        StageTable table = new StageTable(results);
        if (!table.rows.isEmpty()) {
            table.write(html);
        }
    }

    private void write(Html html) {
        html.tag("<section><h2>Stage by stage</h2>\n")
                .element(
                        "p",
                        "The time of one operation: median of the JVMs that it was measured in."
                                + " The bars are logarithmic.")
                .tag("<table class=\"stages\"><thead><tr>")
                .element("th scope=\"col\"", "benchmark");
        for (ResultFile result : results) {
            html.element("th scope=\"col\" colspan=\"2\"", result.name());
            html.element("th scope=\"col\"", "garbage");
        }
        html.tag("</tr></thead><tbody>\n");
        rows.forEach((title, row) -> row(title, row, html));
        html.tag("</tbody></table></section>\n");
    }

    private void row(String title, List<Measurement> row, Html html) {
        html.tag("<tr>").element("th scope=\"row\"", title);
        for (int i = 0; i < results.size(); i++) {
            Measurement m = i < row.size() ? row.get(i) : null;
            if (m == null) {
                html.element("td", "–").element("td", "").element("td", "");
                continue;
            }
            Optional<Metric> time = m.metric(Metric.TIME);
            Metric figure = time.or(() -> m.metric(Metric.THROUGHPUT)).orElseThrow();
            html.element("td", Html.number(figure.median()) + " " + figure.unit());
            html.tag("<td class=\"bar\">");
            if (time.isPresent()) {
                html.tag("<i class=\"c" + i % 6 + "\" style=\"width:")
                        .tag(String.format(Locale.ROOT, "%.1f%%", width(figure.median())))
                        .tag("\"></i>");
            }
            html.tag("</td>");
            html.element(
                    "td",
                    m.metric(Metric.ALLOCATED).map(garbage -> bytes(garbage.median())).orElse("–"));
        }
        html.tag("</tr>\n");
    }

    private double width(double time) {
        double range = Math.log(Math.max(most / least, 1.001));
        return 4 + 96 * Math.log(time / least) / range;
    }

    /** JMH counts what the JVM itself allocates now and then: less than a byte is none. */
    private static String bytes(double bytes) {
        return bytes < 0.5 ? "0 B" : Html.number(bytes) + " B";
    }
}
