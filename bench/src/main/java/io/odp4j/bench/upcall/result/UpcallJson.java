package io.odp4j.bench.upcall.result;

import static io.odp4j.bench.upcall.result.UpcallResults.LIMIT;
import static io.odp4j.bench.upcall.result.UpcallResults.ODP4J;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The JSON document of a run; its fields are described in docs/benchmarks.md. */
public final class UpcallJson {
    /** The document's first field, so that a reader knows what it has before it. */
    public static final String FORMAT = "odp4j bench upcall 1";

    private UpcallJson() {}

    /** Writes the document's fields into the object that is open. */
    public static void write(UpcallResults results, JsonGenerator json) throws IOException {
        json.writeStringField("format", FORMAT);
        strings(json, "environment", results.environment().facts());
        strings(json, "options", results.options());
        json.writeObjectFieldStart("warm_up");
        for (Map.Entry<String, WarmUp> subject : new TreeMap<>(results.warmUps()).entrySet()) {
            warmUp(json, subject.getKey(), subject.getValue());
        }
        json.writeEndObject();
        loads(json, "windows", results, Load.Kind.CLOSED);
        loads(json, "rates", results, Load.Kind.OPEN);
        loads(json, "fills", results, Load.Kind.FILL);
    }

    private static void strings(JsonGenerator json, String name, Map<String, String> values)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> value : new TreeMap<>(values).entrySet()) {
            json.writeStringField(value.getKey(), value.getValue());
        }
        json.writeEndObject();
    }

    private static void warmUp(JsonGenerator json, String subject, WarmUp warmUp)
            throws IOException {
        json.writeObjectFieldStart(subject);
        json.writeBooleanField("steady", warmUp.steady());
        number(json, "seconds", warmUp.seconds());
        json.writeArrayFieldStart("setups_per_second");
        for (double rate : warmUp.setupsPerSecond()) {
            json.writeNumber(rate);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void loads(
            JsonGenerator json, String name, UpcallResults results, Load.Kind kind)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (LoadResult load : results.loads()) {
            if (load.load().kind() == kind) {
                load(json, load, results.peer());
            }
        }
        json.writeEndArray();
    }

    private static void load(JsonGenerator json, LoadResult result, String peer)
            throws IOException {
        json.writeStartObject();
        Load load = result.load();
        if (load.kind() == Load.Kind.OPEN) {
            json.writeNumberField("offered_per_second", load.rate());
        } else {
            if (load.kind() == Load.Kind.FILL) {
                json.writeNumberField("flows", load.frames());
            }
            json.writeNumberField("window", load.window());
        }
        for (Map.Entry<String, Series> subject : new TreeMap<>(result.subjects()).entrySet()) {
            json.writeObjectFieldStart(subject.getKey());
            series(json, subject.getValue());
            json.writeEndObject();
        }
        if (peer != null) {
            number(json, "ratio", result.ratio(ODP4J, peer, Sample::setupsPerSecond));
            number(json, "p50_ratio", result.ratio(ODP4J, peer, sample -> sample.latency(50)));
            number(json, "p99_ratio", result.ratio(ODP4J, peer, sample -> sample.latency(99)));
            number(json, "cpu_ratio", result.ratio(ODP4J, peer, Sample::cpuNanosPerSetup));
        }
        number(json, "share_of_limit", result.ratio(ODP4J, LIMIT, Sample::setupsPerSecond));
        json.writeEndObject();
    }

    private static void series(JsonGenerator json, Series series) throws IOException {
        number(json, "setups_per_second", series.median(Sample::setupsPerSecond));
        number(json, "lowest_setups_per_second", series.lowest());
        number(json, "highest_setups_per_second", series.highest());
        number(json, "packets_per_second", series.median(Sample::packetsPerSecond));
        json.writeObjectFieldStart("latency_ns");
        for (Percentile percentile : Percentile.values()) {
            number(
                    json,
                    percentile.field(),
                    percentile == Percentile.MAX
                            ? series.longest()
                            : series.median(sample -> sample.latency(percentile.percent())));
        }
        json.writeEndObject();
        number(json, "cpu_ns_per_setup", series.median(Sample::cpuNanosPerSetup));
        json.writeNumberField("sent", series.total(Sample::sent));
        json.writeNumberField("lost", series.total(Sample::lost));
        json.writeNumberField("overtaken", series.total(Sample::overtaken));
        number(json, "upcalls_per_setup", series.median(Sample::upcallsPerSetup));
        number(json, "flows", series.median(Sample::flows));
        number(json, "resident_bytes", series.median(Sample::memory));
        json.writeArrayFieldStart("rounds");
        for (Sample round : series.rounds()) {
            round(json, round);
        }
        json.writeEndArray();
    }

    private static void round(JsonGenerator json, Sample round) throws IOException {
        json.writeStartObject();
        number(json, "setups_per_second", round.setupsPerSecond());
        number(json, "packets_per_second", round.packetsPerSecond());
        number(json, "seconds", round.nanos() / 1e9);
        json.writeObjectFieldStart("latency_ns");
        for (Percentile percentile : Percentile.values()) {
            number(json, percentile.field(), round.latency(percentile.percent()));
        }
        json.writeEndObject();
        number(json, "cpu_ns_per_setup", round.cpuNanosPerSetup());
        json.writeNumberField("sent", round.sent());
        json.writeNumberField("lost", round.lost());
        json.writeNumberField("overtaken", round.overtaken());
        json.writeNumberField("upcalls", round.upcalls());
        json.writeNumberField("setups", round.setups());
        json.writeNumberField("flows", round.flows());
        number(json, "resident_bytes", round.memory());
        json.writeEndObject();
    }

    /** A number, or null where there is none. */
    private static void number(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }
}
