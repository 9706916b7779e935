package io.odp4j.bench.report;

import io.odp4j.bench.result.ResultFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;

/** The page: everything that it needs, the plotting library and its licence too, is in it. */
public final class HtmlReport {
    private static final String UPLOT = "META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private HtmlReport() {}

    /** Writes the page of one or more results; two are also compared. */
    public static void write(List<ResultFile> results, Path file) throws IOException {
        Files.writeString(file, page(results));
    }

    static String page(List<ResultFile> results) throws IOException {
        List<Chart> charts = UpcallCharts.of(results);
        Html html = new Html();
        html.tag("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .tag("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .tag("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .element("title", "odp4j: " + names(results))
                .tag("<style>")
                .tag(uplot("dist/uPlot.min.css"))
                .tag(own("report.css"))
                .tag("</style></head><body>\n<header>")
                .element("h1", "odp4j benchmarks")
                .element("p", names(results))
                .tag("</header><main>\n");
        charts(charts, html);
        StageTable.write(results, html);
        if (results.size() == 2) {
            ComparisonTable.write(results.get(0), results.get(1), html);
        }
        environment(results, html);
        html.tag("</main>\n<script type=\"application/json\" id=\"charts\">")
                .tag(ChartJson.of(charts))
                .tag("</script>\n<script>/*\nuPlot\n")
                .tag(uplot("LICENSE"))
                .tag("*/\n")
                .tag(uplot("dist/uPlot.iife.min.js"))
                .tag("</script>\n<script>")
                .tag(own("report.js"))
                .tag("</script></body></html>\n");
        return html.toString();
    }

    private static String names(List<ResultFile> results) {
        return String.join(", ", results.stream().map(ResultFile::name).toList());
    }

    private static void charts(List<Chart> charts, Html html) {
        if (charts.isEmpty()) {
            return;
        }
        html.tag("<section><h2>Upcalls, end to end</h2>\n");
        for (int i = 0; i < charts.size(); i++) {
            Chart chart = charts.get(i);
            html.tag("<article><div>").element("h3", chart.title()).element("p", chart.note());
            html.tag("<div class=\"plot\" id=\"chart" + i + "\" role=\"img\" aria-label=\"")
                    .text("Plot: " + chart.title() + "; its figures are in the table beside it.")
                    .tag("\"></div></div>\n<div class=\"figures\">");
            ChartTable.write(chart, html);
            html.tag("</div></article>\n");
        }
        html.tag("</section>\n");
    }

    private static void environment(List<ResultFile> results, Html html) {
        html.tag("<section><h2>Where and how</h2>\n<table class=\"environment\"><thead><tr>")
                .element("th scope=\"col\"", "");
        results.forEach(result -> html.element("th scope=\"col\"", result.name()));
        html.tag("</tr></thead><tbody>\n");
        TreeSet<String> options = new TreeSet<>();
        TreeSet<String> facts = new TreeSet<>();
        for (ResultFile result : results) {
            options.addAll(result.options().keySet());
            facts.addAll(result.environment().keySet());
        }
        for (String name : options) {
            html.tag("<tr>").element("th scope=\"row\"", "option " + name);
            results.forEach(r -> html.element("td", r.options().getOrDefault(name, "–")));
            html.tag("</tr>\n");
        }
        for (String name : facts) {
            html.tag("<tr>").element("th scope=\"row\"", name.replace('_', ' '));
            results.forEach(r -> html.element("td", r.environment().getOrDefault(name, "–")));
            html.tag("</tr>\n");
        }
        html.tag("</tbody></table></section>\n");
    }

    private static String own(String name) throws IOException {
        return resource("io/odp4j/bench/report/" + name);
    }

    /** A file of the WebJar, whose version is in the path. */
    private static String uplot(String name) throws IOException {
        Properties pom = new Properties();
        try (InputStream in = open(UPLOT)) {
            pom.load(in);
        }
        return resource("META-INF/resources/webjars/uplot/" + pom.get("version") + "/" + name);
    }

    private static String resource(String path) throws IOException {
        try (InputStream in = open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(String path) throws IOException {
        InputStream in = HtmlReport.class.getClassLoader().getResourceAsStream(path);
        if (in == null) {
            throw new FileNotFoundException(path + " is not on the class path");
        }
        return in;
    }
}
