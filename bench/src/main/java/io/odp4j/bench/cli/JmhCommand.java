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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
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
                            + " are, in hours. Default: ${DEFAULT-VALUE}.")
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
        if (json != null && json.getParent() != null && !Files.isDirectory(json.getParent())) {
            throw new UsageException(json.getParent() + ": no such folder");
        }
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

    private static void print(List<Selection> selections) {
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
    }

    private void measure(List<Selection> selections) throws IOException {
        Environment environment = Environment.collect();
        environment.put("jvm_flags", SuiteRunner.jvmFlags());
        int cases = selections.stream().mapToInt(Selection::cases).sum();
        Progress progress =
                new Progress(
                        System.out,
                        System.console() == null ? null : System.err,
                        cases,
                        suite.iterationsOfAll());
        Collection<RunResult> results;
        try {
            results = SuiteRunner.run(suite, selections, progress);
        } catch (RunnerException e) {
            progress.said().forEach(System.err::println);
            throw new IOException("a benchmark failed: " + e.getMessage(), e);
        }
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
    }
}
