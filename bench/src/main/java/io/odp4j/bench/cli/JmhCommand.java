package io.odp4j.bench.cli;

import io.odp4j.bench.report.HtmlReport;
import io.odp4j.bench.result.ResultReader;
import io.odp4j.bench.suite.Progress;
import io.odp4j.bench.suite.Selection;
import io.odp4j.bench.suite.Stage;
import io.odp4j.bench.suite.Suite;
import io.odp4j.bench.suite.SuiteJson;
import io.odp4j.bench.suite.SuiteRunner;
import io.odp4j.bench.upcall.result.Environment;
import io.odp4j.upcall.cli.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.results.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code odp4j bench jmh}: what each stage of an upcall's way costs. */
@Command(
        name = "jmh",
        description = {
            "Measures each stage of an upcall's way by itself, in JVMs of its own: nanoseconds and"
                    + " bytes of garbage for one operation.",
            "Do nothing else on the machine meanwhile. Compare two results with odp4j bench compare."
        })
final class JmhCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "quick|full",
            defaultValue = "quick",
            description =
                    "quick: one case of each stage, in less than five minutes. full: all there"
                            + " are, in well over an hour. Default: ${DEFAULT-VALUE}.")
    private Suite suite;

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "Those alone in whose name (package.Class.method) it is found.")
    private String only;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Writes the result there; fields in docs/benchmarks.md.")
    private Path json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Writes a page with the result there; needs --json.")
    private Path html;

    @Option(names = "--list", description = "Prints what would be measured, and ends.")
    private boolean list;

    @Override
    public Integer call() throws IOException {
        List<Selection> selections = Selection.of(suite, pattern());
        if (selections.isEmpty()) {
            throw new UsageException("no benchmark's name has " + only + " in it");
        }
        if (list) {
            print(selections);
            return 0;
        }
        ResultOutput.check(json);
        ResultOutput.check(html);
        if (html != null && json == null) {
            throw new UsageException("--html needs --json");
        }
        measure(selections);
        return 0;
    }

    private Pattern pattern() {
        try {
            return only == null ? null : Pattern.compile(only);
        } catch (PatternSyntaxException e) {
            throw new UsageException("--only " + only + ": " + e.getDescription());
        }
    }

    private void print(List<Selection> selections) {
        Stage stage = null;
        for (Selection selection : selections) {
            if (selection.stage() != stage) {
                stage = selection.stage();
                System.out.println(stage.name().toLowerCase(Locale.ROOT) + ": " + stage.text());
            }
            System.out.println(
                    "    "
                            + selection.benchmark()
                            + (selection.parameters().isEmpty()
                                    ? ""
                                    : " " + selection.parameters()));
        }
        System.out.println(extent(selections));
    }

    /** How much there is to do. */
    private String extent(List<Selection> selections) {
        int cases = cases(selections);
        long minutes = Math.round(suite.secondsOf(cases) / 60);
        return String.format(
                Locale.ROOT,
                "%d cases in %d JVMs each: about %s",
                cases,
                Suite.FORKS,
                minutes < 100 ? Math.max(1, minutes) + " min" : Math.round(minutes / 60.0) + " h");
    }

    private static int cases(List<Selection> selections) {
        return selections.stream().mapToInt(Selection::cases).sum();
    }

    private void measure(List<Selection> selections) throws IOException {
        Environment environment = Environment.collect();
        environment.put("jvm_flags", SuiteRunner.jvmFlags());
        System.out.println(extent(selections));
        Progress progress =
                new Progress(
                        System.out,
                        System.console() == null ? null : System.err,
                        cases(selections),
                        suite.iterationsOfAll());
        List<String> failed = new ArrayList<>();
        Collection<RunResult> results =
                SuiteRunner.run(
                        suite,
                        selections,
                        progress,
                        (selection, e) -> {
                            progress.said().forEach(System.err::println);
                            failed.add(selection.benchmark());
                        });
        environment.end();
        if (json != null) {
            String name = suite.name().toLowerCase(Locale.ROOT);
            Map<String, String> options =
                    only == null ? Map.of("suite", name) : Map.of("suite", name, "only", only);
            SuiteJson.write(json, environment, options, results);
            System.out.println("written: " + json);
        }
        if (html != null) {
            HtmlReport.write(List.of(ResultReader.read(json)), html);
            System.out.println("written: " + html);
        }
        if (!failed.isEmpty()) {
            throw new IOException("benchmarks that failed: " + String.join(", ", failed));
        }
    }
}
