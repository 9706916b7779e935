package io.odp4j.bench.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.bench.compare.Comparison;
import io.odp4j.bench.compare.Interval;
import io.odp4j.bench.compare.ResultComparison;
import io.odp4j.bench.result.Metric;
import io.odp4j.bench.result.ResultReader;
import io.odp4j.upcall.cli.InputFile;
import io.odp4j.upcall.cli.Output;
import io.odp4j.upcall.cli.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code odp4j bench compare}: whether two results differ. */
@Command(
        name = "compare",
        description = {
            "Compares two results of bench jmh (or JMH's own JSON) or bench upcall: for each metric"
                    + " the ratio of B to A with its confidence interval.",
            "Where the interval has 1 in it, no difference is shown. The repetitions are JVMs or"
                    + " rounds; with one alone there is no interval. Where a figure is nought the"
                    + " difference is given instead of the ratio."
        })
final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A.json", description = "The result before.")
    private Path before;

    @Parameters(index = "1", paramLabel = "B.json", description = "The result after.")
    private Path after;

    @Option(
            names = "--confidence",
            paramLabel = "PERCENT",
            defaultValue = "95",
            description =
                    "How sure the intervals are to have the true ratio in them. Default:"
                            + " ${DEFAULT-VALUE}.")
    private double percent;

    @Option(names = "--json", description = "One JSON object; fields in docs/benchmarks.md.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (!(percent >= 50 && percent < 100)) {
            throw new UsageException("--confidence " + percent + " is not from 50 to below 100");
        }
        ResultComparison compared =
                ResultComparison.of(
                        ResultReader.read(InputFile.check(before)),
                        ResultReader.read(InputFile.check(after)),
                        percent / 100);
        try (Output out = new Output(System.out)) {
            if (json) {
                out.object(j -> write(compared, j));
            } else {
                print(compared, out);
            }
        }
        return 0;
    }

    private static void print(ResultComparison compared, Output out) throws IOException {
        for (Map.Entry<String, List<String>> d : compared.differences().entrySet()) {
            out.line(d.getKey() + ": " + d.getValue().get(0) + " -> " + d.getValue().get(1));
        }
        int width =
                compared.comparisons().stream()
                        .mapToInt(c -> c.measurement().title().length())
                        .max()
                        .orElse(0);
        String format = "%-" + Math.max(9, width) + "s %-14s %12s %12s %-10s %-24s %s";
        out.line(
                line(
                        format,
                        "benchmark",
                        "metric",
                        "A",
                        "B",
                        "unit",
                        String.format(Locale.ROOT, "B/A [%.4g %%]", 100 * compared.confidence()),
                        ""));
        String title = "";
        boolean dependent = false;
        for (Comparison c : compared.comparisons()) {
            String now = c.measurement().title();
            dependent |= !c.isIndependent();
            out.line(
                    line(
                            format,
                            now.equals(title) ? "" : now,
                            c.before().name(),
                            figure(c.before()),
                            figure(c.after()),
                            c.before().unit(),
                            interval(c),
                            c.verdict() + (c.isIndependent() ? "" : " *")));
            title = now;
        }
        footer(compared, dependent, out);
    }

    private static String line(String format, Object... cells) {
        return String.format(Locale.ROOT, format, cells).stripTrailing();
    }

    private static void footer(ResultComparison compared, boolean dependent, Output out)
            throws IOException {
        for (String title : compared.onlyBefore()) {
            out.line("only in A: " + title);
        }
        for (String title : compared.onlyAfter()) {
            out.line("only in B: " + title);
        }
        if (dependent) {
            out.line(
                    "* measured in one JVM alone: the interval does not tell how much JVMs differ,"
                            + " and is too narrow");
        }
        out.format(
                "%d comparisons; were nothing different, about %.1f of them would still seem so",
                compared.comparisons().size(), compared.expectedByChance());
    }

    private static String figure(Metric metric) {
        return number(metric.median());
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(
                Locale.ROOT, size >= 1000 ? "%.0f" : size >= 10 ? "%.1f" : "%.3f", value);
    }

    private static String interval(Comparison c) {
        Interval i = c.interval();
        String format = c.isRatio() ? "×%.3f" : "%+.3f";
        String estimate = String.format(Locale.ROOT, format, i.estimate());
        return i.isKnown()
                ? estimate + String.format(Locale.ROOT, " [%.3f, %.3f]", i.low(), i.high())
                : estimate;
    }

    private static void write(ResultComparison compared, JsonGenerator json) throws IOException {
        json.writeNumberField("confidence", compared.confidence());
        json.writeObjectFieldStart("differences");
        for (Map.Entry<String, List<String>> d : compared.differences().entrySet()) {
            json.writeArrayFieldStart(d.getKey());
            json.writeString(d.getValue().get(0));
            json.writeString(d.getValue().get(1));
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeArrayFieldStart("comparisons");
        for (Comparison c : compared.comparisons()) {
            json.writeStartObject();
            write(c, json);
            json.writeEndObject();
        }
        json.writeEndArray();
        titles(json, "only_in_a", compared.onlyBefore());
        titles(json, "only_in_b", compared.onlyAfter());
        json.writeNumberField("expected_by_chance", compared.expectedByChance());
    }

    private static void write(Comparison c, JsonGenerator json) throws IOException {
        json.writeStringField("benchmark", c.measurement().benchmark());
        json.writeStringField("subject", c.measurement().subject());
        json.writeObjectFieldStart("parameters");
        for (Map.Entry<String, String> p : c.measurement().parameters().entrySet()) {
            json.writeStringField(p.getKey(), p.getValue());
        }
        json.writeEndObject();
        json.writeStringField("metric", c.before().name());
        json.writeStringField("unit", c.before().unit());
        json.writeStringField("better", c.before().better().word());
        json.writeNumberField("a", c.before().median());
        json.writeNumberField("b", c.after().median());
        json.writeNumberField("samples_a", c.before().samples().length);
        json.writeNumberField("samples_b", c.after().samples().length);
        json.writeBooleanField("independent", c.isIndependent());
        json.writeStringField("kind", c.isRatio() ? "ratio" : "difference");
        json.writeNumberField("estimate", c.interval().estimate());
        if (c.interval().isKnown()) {
            json.writeNumberField("low", c.interval().low());
            json.writeNumberField("high", c.interval().high());
        } else {
            json.writeNullField("low");
            json.writeNullField("high");
        }
        json.writeStringField("verdict", c.verdict().word());
    }

    private static void titles(JsonGenerator json, String name, List<String> titles)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String title : titles) {
            json.writeString(title);
        }
        json.writeEndArray();
    }
}
