package io.odp4j.bench.report;

import io.odp4j.bench.report.Chart.Line;
import io.odp4j.bench.report.Chart.Point;
import io.odp4j.bench.report.Chart.Scale;

/** A plot's figures as a table, for those who cannot see the plot or want to have them. */
final class ChartTable {
    private static final String NANOS = "ns";
    private static final int MOST_WITH_RANGE = 3;

    private ChartTable() {}

    static void write(Chart chart, Html html) {
        html.tag("<table><caption>")
                .text(chart.title() + (isTime(chart) ? "" : ", " + chart.vertical().label()))
                .tag("</caption><thead><tr>");
        html.element("th scope=\"col\"", chart.horizontal().label());
        for (Line line : chart.lines()) {
            html.element("th scope=\"col\"", line.label());
        }
        html.tag("</tr></thead><tbody>\n");
        for (double x : chart.places()) {
            html.tag("<tr>").element("th scope=\"row\"", place(chart, x));
            for (Line line : chart.lines()) {
                Point point = line.at(x);
                html.element("td", point == null ? "–" : value(point, chart));
            }
            html.tag("</tr>\n");
        }
        html.tag("</tbody></table>\n");
    }

    /** Times are given with the unit that suits them. */
    private static boolean isTime(Chart chart) {
        return chart.vertical().label().equals(NANOS);
    }

    private static String place(Chart chart, double x) {
        boolean most = chart.horizontal().scale() == Scale.PERCENTILE && x == 100;
        return most ? "max" : Html.number(x);
    }

    /** With its range, where there is room for it. */
    private static String value(Point point, Chart chart) {
        if (isTime(chart)) {
            return Html.figure(point.y(), NANOS);
        }
        String middle = Html.number(point.y());
        return point.low() == point.high() || chart.lines().size() > MOST_WITH_RANGE
                ? middle
                : middle + " (" + Html.number(point.low()) + "–" + Html.number(point.high()) + ")";
    }
}
