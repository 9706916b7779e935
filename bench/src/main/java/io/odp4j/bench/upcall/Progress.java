package io.odp4j.bench.upcall;

import io.odp4j.bench.upcall.result.Load;
import io.odp4j.bench.upcall.result.Sample;
import java.io.PrintStream;
import java.util.Locale;

/** Says how far a run is: a bar on a terminal, a line for each measurement elsewhere. */
public final class Progress {
    private static final int WIDTH = 24;

    private final PrintStream out;
    private final boolean terminal;
    private int steps;
    private int done;

    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Says what is being done before the first measurement. */
    void say(String what) {
        show(what);
    }

    /** So many measurements will be made. */
    void expect(int measurements) {
        steps = measurements;
        done = 0;
    }

    /** One more is made. */
    void step(Load load, String subject, Sample sample) {
        done++;
        int full = WIDTH * done / steps;
        String bar = terminal ? "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " : "";
        show(
                String.format(
                        Locale.ROOT,
                        "%s%d/%d  %s  %s  %.0f setups/s, p50 %.0f us, lost %d",
                        bar,
                        done,
                        steps,
                        load,
                        subject,
                        sample.setupsPerSecond(),
                        sample.latency(50) / 1e3,
                        sample.lost()));
    }

    private void show(String text) {
        if (terminal) {
            out.print("\r\033[K" + text);
            out.flush();
        } else {
            out.println("odp4j: " + text);
        }
    }

    /** Leaves the line free. */
    void end() {
        if (terminal) {
            out.print("\r\033[K");
            out.flush();
        }
    }
}
