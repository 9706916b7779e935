package io.odp4j.bench.cli;

import io.odp4j.bench.report.HtmlReport;
import io.odp4j.bench.result.ResultFile;
import io.odp4j.bench.result.ResultReader;
import io.odp4j.upcall.cli.InputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code odp4j bench report}: results as a page. */
@Command(
        name = "report",
        description = {
            "Writes one HTML page with plots and tables of results of bench jmh (or JMH's own JSON)"
                    + " and bench upcall. It needs no network.",
            "Several results are drawn side by side; two are compared as well."
        })
final class ReportCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "RESULT.json", description = "What to show.")
    private List<Path> files;

    @Option(
            names = "--html",
            required = true,
            paramLabel = "FILE",
            description = "Where to write the page.")
    private Path html;

    @Override
    public Integer call() throws IOException {
        ResultOutput.check(html);
        List<ResultFile> results = new ArrayList<>();
        for (Path file : files) {
            results.add(ResultReader.read(InputFile.check(file)));
        }
        HtmlReport.write(results, html);
        System.out.println("written: " + html);
        return 0;
    }
}
