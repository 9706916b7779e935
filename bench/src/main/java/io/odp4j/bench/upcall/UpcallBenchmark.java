package io.odp4j.bench.upcall;

import io.odp4j.bench.upcall.embedded.EmbeddedRig;
import io.odp4j.bench.upcall.kernel.KernelRig;
import io.odp4j.bench.upcall.result.Environment;
import io.odp4j.bench.upcall.result.Load;
import io.odp4j.bench.upcall.result.LoadResult;
import io.odp4j.bench.upcall.result.Sample;
import io.odp4j.bench.upcall.result.UpcallResults;
import io.odp4j.bench.upcall.result.WarmUp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures every subject with every load, in turn, so that a change of the machine's mood meets all
 * of them.
 */
public final class UpcallBenchmark {
    private static final int WARM_UP_WINDOW = 64;
    private static final int STEADY_RUNS = 5;
    private static final int MOST_RUNS = 100;
    private static final long WARM_UP_MILLIS = 300;
    private static final double MOST_WARM_UP_SECONDS = 40;

    private final UpcallOptions options;
    private final Progress progress;

    public UpcallBenchmark(UpcallOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @throws IOException if a datapath cannot be had, or a process fails
     */
    public UpcallResults run() throws IOException, InterruptedException {
        Environment environment = Environment.collect();
        List<Rig> rigs = new ArrayList<>();
        try {
            progress.say("setting up");
            open(rigs, environment);
            Map<String, WarmUp> warmUps = new LinkedHashMap<>();
            for (Rig rig : rigs) {
                warmUps.put(rig.subject(), warmUp(rig));
            }
            List<LoadResult> results = options.loads().stream().map(LoadResult::new).toList();
            progress.expect(options.rounds() * results.size() * rigs.size());
            for (int round = 0; round < options.rounds(); round++) {
                for (LoadResult result : results) {
                    for (Rig rig : rigs) {
                        Sample sample = rig.run(result.load(), options.millis());
                        result.add(rig.subject(), sample);
                        progress.step(result.load(), rig.subject(), sample);
                    }
                }
            }
            environment.end();
            return new UpcallResults(
                    environment, options.asMap(), options.peer(), warmUps, results);
        } finally {
            progress.end();
            for (Rig rig : rigs) {
                rig.close();
            }
        }
    }

    private void open(List<Rig> rigs, Environment environment)
            throws IOException, InterruptedException {
        if (!options.embedded()) {
            KernelRig.open(options, environment, rigs);
            return;
        }
        rigs.add(EmbeddedRig.odp4j(options));
        if (options.limit()) {
            rigs.add(EmbeddedRig.limit(options));
        }
    }

    /** Runs until the last runs are as fast as each other: what compiles itself has done so. */
    private WarmUp warmUp(Rig rig) throws IOException, InterruptedException {
        List<Double> rates = new ArrayList<>();
        long start = System.nanoTime();
        boolean steady = false;
        double seconds = 0;
        while (!steady && rates.size() < MOST_RUNS && seconds < MOST_WARM_UP_SECONDS) {
            long millis = Math.min(WARM_UP_MILLIS, options.millis());
            Sample sample = rig.run(Load.closed(WARM_UP_WINDOW), millis);
            rates.add(sample.setupsPerSecond());
            steady = isSteady(rates);
            seconds = (System.nanoTime() - start) / 1e9;
            progress.say(
                    String.format(
                            "warming up %s: %.0f setups/s",
                            rig.subject(), sample.setupsPerSecond()));
        }
        return new WarmUp(rates, seconds, steady);
    }

    private boolean isSteady(List<Double> rates) {
        if (rates.size() < STEADY_RUNS) {
            return false;
        }
        List<Double> last =
                rates.subList(rates.size() - STEADY_RUNS, rates.size()).stream().sorted().toList();
        double spread = last.get(STEADY_RUNS - 1) - last.get(0);
        return spread <= options.tolerance() * last.get(STEADY_RUNS / 2);
    }
}
