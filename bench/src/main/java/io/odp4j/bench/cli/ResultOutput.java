package io.odp4j.bench.cli;

import io.odp4j.bench.report.HtmlReport;
import io.odp4j.bench.result.ResultReader;
import io.odp4j.bench.upcall.result.UpcallJson;
import io.odp4j.bench.upcall.result.UpcallResults;
import io.odp4j.bench.upcall.result.UpcallTable;
import io.odp4j.upcall.cli.Output;
import io.odp4j.upcall.cli.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the result of {@code bench upcall} goes: a table or JSON, and a page. */
final class ResultOutput {
    private static final String HTML = ".html";

    @Option(names = "--json", description = "One JSON object; fields in docs/benchmarks.md.")
    private boolean json;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the result to FILE instead of standard output.")
    private Path output;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with plots of the result, too, as 'odp4j bench report'.")
    private Path html;

    /**
     * A file that a command is to write.
     *
     * @param file or null
     * @throws UsageException if its folder is not there: better said before measuring than after
     */
    static void check(Path file) {
        if (file != null && file.getParent() != null && !Files.isDirectory(file.getParent())) {
            throw new UsageException(file.getParent() + ": no such folder");
        }
    }

    /** Checks that files can be where they are to be. */
    void check() {
        check(output);
        check(html);
    }

    /** The same for a run whose files are to be elsewhere. */
    List<String> arguments(Path output, Path html) {
        List<String> arguments = new ArrayList<>(List.of("--output", output.toString()));
        if (json) {
            arguments.add("--json");
        }
        if (this.html != null) {
            arguments.addAll(List.of("--html", html.toString()));
        }
        return arguments;
    }

    /** Puts the files of such a run where they are to be. */
    void take(Path result, Path page) throws IOException {
        if (output == null) {
            Files.copy(result, System.out);
            System.out.flush();
        } else {
            Files.copy(result, output, StandardCopyOption.REPLACE_EXISTING);
        }
        if (html != null) {
            Files.copy(page, html, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    void write(UpcallResults results) throws IOException {
        if (output == null) {
            write(results, System.out);
        } else {
            try (OutputStream file = Files.newOutputStream(output);
                    PrintStream out = new PrintStream(file, false, StandardCharsets.UTF_8)) {
                write(results, out);
            }
        }
        if (html != null) {
            String name = html.getFileName().toString();
            name = name.endsWith(HTML) ? name.substring(0, name.length() - HTML.length()) : name;
            StringReader text = new StringReader(json(results));
            HtmlReport.write(List.of(ResultReader.read(name, text)), html);
        }
    }

    private void write(UpcallResults results, PrintStream to) throws IOException {
        try (Output out = new Output(to)) {
            if (json) {
                out.object(generator -> UpcallJson.write(results, generator));
                return;
            }
            for (String line : UpcallTable.lines(results)) {
                out.line(line);
            }
        }
    }

    private static String json(UpcallResults results) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Output out = new Output(new PrintStream(bytes, false, StandardCharsets.UTF_8))) {
            out.object(generator -> UpcallJson.write(results, generator));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
