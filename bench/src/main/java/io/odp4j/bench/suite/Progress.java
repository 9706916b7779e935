package io.odp4j.bench.suite;

import io.odp4j.bench.result.Titles;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * What a person sees of a suite: a line with the figures of each benchmark that is done, and, on a
 * terminal, a bar that shows how far all is. Whatever else JMH says is kept for the case that a
 * benchmark fails.
 */
public final class Progress implements OutputFormat {
    private static final int BAR = 30;
    private static final int KEPT = 200;

    private final PrintStream out;
    private final PrintStream terminal;
    private final int cases;
    private final int iterations;
    private final long startNanos = System.nanoTime();
    private final List<String> said = new ArrayList<>();
    private String title = "";
    private int done;
    private int iteration;

    /**
     * Progress of a run.
     *
     * @param out takes the figures
     * @param terminal takes the bar; null for none
     * @param cases how many will be measured
     * @param iterations of each, those that warm up included
     */
    public Progress(PrintStream out, PrintStream terminal, int cases, int iterations) {
        this.out = out;
        this.terminal = terminal;
        this.cases = cases;
        this.iterations = iterations;
    }

    /** What JMH said last: of use when it failed. */
    public List<String> said() {
        return List.copyOf(said);
    }

    @Override
    public void startBenchmark(BenchmarkParams params) {
        title = Titles.of(params.getBenchmark(), params::getParamsKeys, params::getParam);
        iteration = 0;
        bar();
    }

    @Override
    public void iterationResult(
            BenchmarkParams benchmark, IterationParams params, int number, IterationResult data) {
        iteration++;
        bar();
    }

    @Override
    public void endBenchmark(BenchmarkResult result) {
        done++;
        iteration = 0;
        erase();
        Result<?> primary = result.getPrimaryResult();
        Result<?> garbage = result.getSecondaryResults().get("gc.alloc.rate.norm");
        out.printf(
                Locale.ROOT,
                "[%2d/%d] %-62s %12.1f ± %-8.1f %-8s%s%n",
                done,
                cases,
                title,
                primary.getScore(),
                primary.getScoreError(),
                primary.getScoreUnit(),
                garbage == null
                        ? ""
                        : String.format(Locale.ROOT, " %8.2f B/op", garbage.getScore()));
        bar();
    }

    private void bar() {
        if (terminal == null || cases == 0) {
            return;
        }
        double share = Math.min(1, (done + Math.min(1.0, (double) iteration / iterations)) / cases);
        int full = (int) (BAR * share);
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        String left = share < 0.02 ? "" : String.format("%.0f s left", seconds / share - seconds);
        terminal.printf(
                "\r[%s%s] %3.0f %% %s %s\033[K",
                "#".repeat(full),
                ".".repeat(BAR - full),
                100 * share,
                left,
                done == cases ? "" : title);
        if (done == cases) {
            erase();
        }
        terminal.flush();
    }

    private void erase() {
        if (terminal != null) {
            terminal.print("\r\033[K");
            terminal.flush();
        }
    }

    @Override
    public void iteration(BenchmarkParams benchmark, IterationParams params, int number) {
        // Its end is what counts.
    }

    @Override
    public void startRun() {
        // There is a run for each benchmark.
    }

    @Override
    public void endRun(Collection<RunResult> results) {
        // As above.
    }

    @Override
    public void print(String text) {
        println(text);
    }

    @Override
    public void println(String text) {
        if (said.size() == KEPT) {
            said.remove(0);
        }
        said.add(text);
    }

    @Override
    public void verbosePrintln(String text) {
        // Not even for an error.
    }

    @Override
    public void write(int b) {
        // What a benchmark prints.
    }

    @Override
    public void write(byte[] b) {
        println(new String(b, java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
