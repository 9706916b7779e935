package io.odp4j.bench.report;

import io.odp4j.bench.compare.Comparison;
import io.odp4j.bench.compare.Interval;
import io.odp4j.bench.compare.ResultComparison;
import io.odp4j.bench.compare.Verdict;
import io.odp4j.bench.result.ResultFile;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The ratios of two results, each with its interval drawn: the line in the middle is "the same",
 * the edges are half and double.
 */
final class ComparisonTable {
    private static final double CONFIDENCE = 0.95;

    /** Half the drawing's width stands for a factor of two. */
    private static final int HALF = 80;

    private ComparisonTable() {}

    static void write(ResultFile before, ResultFile after, Html html) {
        ResultComparison compared = ResultComparison.of(before, after, CONFIDENCE);
        if (compared.comparisons().isEmpty()) {
            return;
        }
        html.tag("<section><h2>")
                .text(after.name() + " compared with " + before.name())
                .tag("</h2>\n")
                .element(
                        "p",
                        "Ratio of the second to the first with its 95 % confidence interval; from ×½"
                                + " at the left edge over 1 to ×2 at the right. An interval across"
                                + " the middle line shows no difference.")
                .element("p", summary(compared))
                .tag("<div class=\"scrolled\"><table class=\"compared\"><thead><tr>");
        for (String head :
                new String[] {
                    "benchmark", "metric", before.name(), after.name(), "ratio", "", ""
                }) {
            html.element("th scope=\"col\"", head);
        }
        html.tag("</tr></thead><tbody>\n");
        compared.comparisons().forEach(comparison -> row(comparison, html));
        html.tag("</tbody></table></div></section>\n");
    }

    /** How many of each. */
    private static String summary(ResultComparison compared) {
        return Arrays.stream(Verdict.values())
                .map(
                        verdict ->
                                compared.comparisons().stream()
                                                .filter(c -> c.verdict() == verdict)
                                                .count()
                                        + " "
                                        + verdict)
                .collect(Collectors.joining(", ", "", "."));
    }

    private static void row(Comparison c, Html html) {
        Interval i = c.interval();
        String format = c.isRatio() ? "×%.3f" : "%+.3f";
        html.tag("<tr class=\"" + c.verdict().word() + "\">")
                .element("th scope=\"row\"", c.measurement().title())
                .element("td", c.before().name())
                .element("td", Html.figure(c.before().median(), c.before().unit()))
                .element("td", Html.figure(c.after().median(), c.after().unit()));
        String estimate = String.format(Locale.ROOT, format, i.estimate());
        html.element(
                "td",
                i.isKnown()
                        ? String.format(Locale.ROOT, "%s [%.3f, %.3f]", estimate, i.low(), i.high())
                        : estimate);
        html.tag("<td>");
        if (c.isRatio() && i.isKnown()) {
            draw(i, html);
        }
        html.tag("</td>").element("td class=\"verdict\"", mark(c.verdict()) + c.verdict());
        html.tag("</tr>\n");
    }

    private static String mark(Verdict verdict) {
        return switch (verdict) {
            case BETTER -> "▲ ";
            case WORSE -> "▼ ";
            case NO_DIFFERENCE, TOO_FEW -> "";
        };
    }

    private static void draw(Interval i, Html html) {
        html.tag(
                String.format(
                        Locale.ROOT,
                        "<svg width=\"%d\" height=\"14\" aria-hidden=\"true\">"
                                + "<line class=\"same\" x1=\"%d\" x2=\"%d\" y1=\"0\" y2=\"14\"/>"
                                + "<line class=\"interval\" x1=\"%.1f\" x2=\"%.1f\" y1=\"7\" y2=\"7\"/>"
                                + "<circle cx=\"%.1f\" cy=\"7\" r=\"3.5\"/></svg>",
                        2 * HALF,
                        HALF,
                        HALF,
                        place(i.low()),
                        place(i.high()),
                        place(i.estimate())));
    }

    private static double place(double ratio) {
        double logarithm = Math.log(ratio) / Math.log(2);
        return HALF + HALF * Math.max(-1, Math.min(1, logarithm));
    }
}
