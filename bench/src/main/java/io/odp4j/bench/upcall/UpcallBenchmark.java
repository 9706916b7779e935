package io.odp4j.bench.upcall;

import io.odp4j.bench.upcall.embedded.EmbeddedRig;
import io.odp4j.bench.upcall.kernel.KernelRig;
import io.odp4j.bench.upcall.result.Environment;
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
            WarmingUp warmingUp = new WarmingUp(options, progress);
            for (Rig rig : rigs) {
                warmUps.put(rig.subject(), warmingUp.run(rig));
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
}
