package io.odp4j.bench.upcall;

import io.odp4j.bench.upcall.result.Load;
import io.odp4j.bench.upcall.result.Sample;
import io.odp4j.bench.upcall.result.WarmUp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs a subject until it is as fast as it will be: what compiles itself has done so. */
final class WarmingUp {
    private static final int WINDOW = 64;
    private static final long RUN_MILLIS = 300;
    private static final double LEAST_BOUND_SECONDS = 40;
    private static final int BOUND = 5;

    private final UpcallOptions options;
    private final Progress progress;
    private final Steadiness steadiness;

    WarmingUp(UpcallOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
        this.steadiness = new Steadiness(options.tolerance());
    }

    /**
     * Runs until the rig's subject is steady, or the time for that is over; not at all if asked.
     */
    WarmUp run(Rig rig) throws IOException, InterruptedException {
        if (options.warmUpSeconds() == 0) {
            return new WarmUp(List.of(), 0, false);
        }
        double least = rig.compilesItself() ? options.warmUpSeconds() : 0;
        double most = Math.max(LEAST_BOUND_SECONDS, BOUND * least);
        long millis = Math.min(RUN_MILLIS, options.millis());
        List<Double> rates = new ArrayList<>();
        long start = System.nanoTime();
        while (true) {
            Sample sample = rig.run(Load.closed(WINDOW), millis);
            rates.add(sample.setupsPerSecond());
            double seconds = (System.nanoTime() - start) / 1e9;
            String so = so(rig, seconds, least, sample);
            if (seconds >= least && steadiness.of(rates)) {
                progress.say(so + ": steady");
                return new WarmUp(rates, seconds, true);
            }
            if (seconds >= most) {
                progress.say(so + ": not steady, the time for warming up is over");
                return new WarmUp(rates, seconds, false);
            }
            progress.say(so);
        }
    }

    private static String so(Rig rig, double seconds, double least, Sample sample) {
        return String.format(
                Locale.ROOT,
                "warming up %s, %.0f s%s: %.0f setups/s",
                rig.subject(),
                seconds,
                seconds < least ? String.format(Locale.ROOT, " of at least %.0f", least) : "",
                sample.setupsPerSecond());
    }
}
