package io.odp4j.bench.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.bench.classify.Classification;
import io.odp4j.bench.classify.ClassifyReport;
import io.odp4j.bench.classify.PacketFile;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.upcall.cli.NamedPorts;
import io.odp4j.upcall.cli.Output;
import io.odp4j.upcall.cli.RuleFile;
import io.odp4j.upcall.cli.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code odp4j bench classify}: how fast rules are looked up, and what flows they make. */
@Command(
        name = "classify",
        description = {
            "Looks packets up in rules and in the flow cache: how many a second, how many megaflows"
                    + " and masks they make, and a digest of all that was decided.",
            "The digests are the same for the same rules and packets: compare two revisions by them."
        })
final class ClassifyCommand implements Callable<Integer> {
    @Option(
            names = "--flows",
            required = true,
            paramLabel = "FILE",
            description = "The rules, in the syntax of ovs-ofctl add-flows.")
    private Path rules;

    @Option(
            names = "--packets",
            required = true,
            paramLabel = "FILE",
            description = {
                "The packets: a capture (pcap, pcapng), or flows as text, one a line, as for"
                        + " odp4j trace."
            })
    private Path packets;

    @Option(
            names = "--ports",
            paramLabel = "PORT",
            description = {
                "The switch's ports, NUMBER or NAME=NUMBER, with commas between them.",
                "Default: those that the rules name. LOCAL is always there."
            })
    private List<String> portWords = List.of();

    @Option(
            names = "--in-port",
            paramLabel = "PORT",
            defaultValue = "1",
            description = "Where a capture's packets come in. Default: ${DEFAULT-VALUE}.")
    private int inPort;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "2",
            description = "How long each figure is measured. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(names = "--json", description = "One JSON object; fields in docs/rules.md.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (!(seconds > 0 && seconds <= 3600)) {
            throw new UsageException("--seconds " + seconds + " is not between 0 and 3600");
        }
        long start = System.nanoTime();
        PolicyTables tables = RuleFile.load(rules);
        double loading = (System.nanoTime() - start) / 1e9;
        NamedPorts ports = NamedPorts.of(portWords);
        List<FlowKey> keys = PacketFile.read(packets, ports, inPort);
        if (keys.isEmpty()) {
            throw new UsageException(packets + " has no packet");
        }
        if (portWords.isEmpty()) {
            ports.addFrom(tables);
            keys.forEach(key -> ports.addNumber(key.inPort()));
        }
        ClassifyReport report = new Classification(tables, ports, keys, seconds).measure();
        try (Output out = new Output(System.out)) {
            if (json) {
                out.object(j -> write(report, loading, j));
            } else {
                print(report, loading, out);
            }
        }
        return 0;
    }

    private static void print(ClassifyReport r, double loading, Output out) throws IOException {
        out.format(
                "rules      %d in %d tables under %d masks, read in %.3f s",
                r.rules(), r.tables(), r.ruleMasks(), loading);
        out.format(
                "packets    %d, %d of them distinct; %d passes with recirculation",
                r.packets(), r.distinct(), r.passes());
        out.format(
                "policy     %.3f M lookups/s with megaflow, %.3f M without",
                r.withMegaflow() / 1e6, r.withoutMegaflow() / 1e6);
        out.format("megaflows  %d under %d masks", r.megaflows(), r.masks());
        out.format(
                "cache      %.3f M lookups/s, hit rate %.2f %% (%.2f %% known by signature)",
                r.cached() / 1e6, 100 * r.hitRate(), 100 * r.signatureRate());
        out.format(
                "memory     %d bytes: signatures %d, megaflows %d (%.1f each)",
                r.memory(),
                r.memory() - r.megaflowMemory(),
                r.megaflowMemory(),
                (double) r.megaflowMemory() / Math.max(1, r.megaflows()));
        if (r.failed() > 0) {
            out.format("dropped    %d passes in mid-pipeline, %s", r.failed(), r.failure());
        }
        out.line("verdicts   sha256:" + r.verdictDigest());
        out.line("masks      sha256:" + r.megaflowDigest());
    }

    private static void write(ClassifyReport r, double loading, JsonGenerator json)
            throws IOException {
        json.writeNumberField("rules", r.rules());
        json.writeNumberField("tables", r.tables());
        json.writeNumberField("rule_masks", r.ruleMasks());
        json.writeNumberField("load_seconds", loading);
        json.writeNumberField("packets", r.packets());
        json.writeNumberField("distinct_packets", r.distinct());
        json.writeNumberField("passes", r.passes());
        json.writeNumberField("policy_lookups_per_second_with_megaflow", r.withMegaflow());
        json.writeNumberField("policy_lookups_per_second_without_megaflow", r.withoutMegaflow());
        json.writeNumberField("megaflows", r.megaflows());
        json.writeNumberField("masks", r.masks());
        json.writeNumberField("cache_lookups_per_second", r.cached());
        json.writeNumberField("hit_rate", r.hitRate());
        json.writeNumberField("signature_hit_rate", r.signatureRate());
        json.writeNumberField("memory_bytes", r.memory());
        json.writeNumberField("megaflow_memory_bytes", r.megaflowMemory());
        json.writeNumberField("failed_passes", r.failed());
        json.writeStringField("verdict_digest", r.verdictDigest());
        json.writeStringField("megaflow_digest", r.megaflowDigest());
    }
}
