package io.odp4j.bench.classify;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.FlowCache;
import io.odp4j.flowcache.MegaflowCache;
import io.odp4j.flowcache.policy.MacTable;
import io.odp4j.flowcache.policy.Pipeline;
import io.odp4j.flowcache.policy.SwitchPorts;
import io.odp4j.flowcache.policy.Verdict;
import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.policy.table.RuleTable;
import io.odp4j.flowcache.rule.MatchFormatter;
import io.odp4j.flowcache.trace.Pass;
import io.odp4j.flowcache.trace.Tracer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** One run over a list of packets. Nothing is learnt from any, so that their order is no matter. */
public final class Classification {
    private static final int ROUNDS = 5;
    private static final int MOST_FLOWS = 1 << 21;

    private final PolicyTables tables;
    private final SwitchPorts ports;
    private final List<FlowKey> packets;
    private final double seconds;
    private final Pipeline pipeline;
    private final Verdict verdict = new Verdict();
    private long sink;

    /**
     * A run.
     *
     * @param seconds how long each figure is measured
     */
    public Classification(
            PolicyTables tables, SwitchPorts ports, List<FlowKey> packets, double seconds) {
        this.tables = tables;
        this.ports = ports;
        this.packets = packets;
        this.seconds = seconds;
        this.pipeline = new Pipeline(tables, ports, new MacTable());
    }

    /** Does everything and reports. */
    public ClassifyReport measure() {
        FlowKey[] keys = passes();
        MessageDigest verdicts = sha256();
        MessageDigest megaflows = sha256();
        FlowCache cache = new FlowCache(Math.min(MOST_FLOWS, Math.max(64, 2 * keys.length)));
        int failed = 0;
        String failure = null;
        for (FlowKey key : keys) {
            pipeline.translateAgain(key, verdict);
            add(verdicts, verdict.actionsText());
            add(
                    megaflows,
                    MatchFormatter.megaflow(key, verdict.mask(), ports.toOpenFlow(key.inPort())));
            if (verdict.error() != null) {
                failed++;
                failure = failure == null ? verdict.error() : failure;
            } else if (cache.lookup(key) == MegaflowCache.MISS) {
                cache.insert(key, verdict.mask(), 1, 0);
            }
        }
        int flows = cache.megaflows().size();
        double with = rate(keys, key -> pipeline.translateAgain(key, verdict));
        double without = rate(keys, key -> pipeline.decide(key, verdict));
        double cached = rate(keys, key -> sink += cache.lookup(key));
        long before = cache.signatureHits() + cache.megaflowHits() + cache.misses();
        long known = cache.signatureHits();
        long misses = cache.misses();
        for (FlowKey key : keys) {
            sink += cache.lookup(key);
        }
        double looked = cache.signatureHits() + cache.megaflowHits() + cache.misses() - before;
        return new ClassifyReport(
                tables.size(),
                (int) allTables().count(),
                allTables().mapToInt(RuleTable::maskCount).sum(),
                packets.size(),
                new HashSet<>(packets).size(),
                keys.length,
                with,
                without,
                flows,
                cache.megaflows().maskCount(),
                cached,
                1 - (cache.misses() - misses) / looked,
                (cache.signatureHits() - known) / looked,
                cache.memory(),
                cache.megaflows().memory(),
                failed,
                failure,
                HexFormat.of().formatHex(verdicts.digest()),
                HexFormat.of().formatHex(megaflows.digest()));
    }

    private java.util.stream.Stream<RuleTable> allTables() {
        return java.util.stream.IntStream.range(0, PolicyTables.TABLES)
                .mapToObj(tables::table)
                .filter(table -> table != null && table.size() > 0);
    }

    /** The packets, and what comes back of them. */
    private FlowKey[] passes() {
        Tracer tracer = new Tracer(pipeline, ports);
        List<FlowKey> keys = new ArrayList<>();
        for (FlowKey packet : packets) {
            if (packet.get(FlowField.RECIRC_ID) == 0) {
                for (Pass pass : tracer.trace(packet, List.of())) {
                    keys.add(pass.key());
                }
            } else {
                keys.add(packet);
            }
        }
        return keys.toArray(new FlowKey[0]);
    }

    /** How often a second something can be done to keys, one after the other: a median. */
    private double rate(FlowKey[] keys, Consumer<FlowKey> action) {
        double[] rates = new double[ROUNDS];
        // The first round warms up.
        for (int round = -1; round < ROUNDS; round++) {
            long limit = (long) (seconds * 1e9 / (ROUNDS + 1));
            long done = 0;
            long start = System.nanoTime();
            long elapsed;
            do {
                for (FlowKey key : keys) {
                    action.accept(key);
                }
                done += keys.length;
                elapsed = System.nanoTime() - start;
            } while (elapsed < limit);
            if (round >= 0) {
                rates[round] = done * 1e9 / elapsed;
            }
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }

    /** What lookups came to, so that none is left out. */
    long sink() {
        return sink;
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
