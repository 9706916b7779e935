package io.odp4j.upcall.cli.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.flowcache.rule.ActionFormatter;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.trace.Pass;
import io.odp4j.flowcache.trace.Rivals;
import io.odp4j.flowcache.trace.Step;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.util.List;

/** For programs: an object a packet, all there is in it. */
final class JsonTrace implements TracePrinter {
    private final Output out;
    private final Explanation explanation;

    JsonTrace(Output out, Explanation explanation) {
        this.out = out;
        this.explanation = explanation;
    }

    @Override
    public void print(List<Pass> passes) throws IOException {
        out.object(
                json -> {
                    json.writeStringField("flow", passes.get(0).flow());
                    json.writeArrayFieldStart("passes");
                    for (Pass pass : passes) {
                        write(pass, json);
                    }
                    json.writeEndArray();
                });
    }

    private void write(Pass pass, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("recirc_id", pass.recircId());
        if (pass.zone() >= 0) {
            json.writeNumberField("ct_zone", pass.zone());
        }
        json.writeStringField("flow", pass.flow());
        json.writeStringField("megaflow", pass.megaflow());
        json.writeStringField("actions", pass.verdict().actionsText());
        json.writeStringField("error", pass.verdict().error());
        json.writeBooleanField("userspace", pass.verdict().needsUserspace());
        if (explanation.datapath() != null) {
            json.writeStringField("datapath_flow", explanation.datapath().flowFor(pass));
        }
        json.writeArrayFieldStart("steps");
        for (Step step : pass.steps()) {
            write(step, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Step step, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("depth", step.depth());
        if (step instanceof Step.Lookup lookup) {
            json.writeNumberField("table", lookup.table());
            json.writeFieldName("rule");
            rule(lookup.rule(), json);
            rivals(lookup, json);
        } else if (step instanceof Step.Performed performed) {
            json.writeStringField("action", ActionFormatter.of(performed.action()));
        }
        json.writeStringField("looked_at", step.looked());
        json.writeEndObject();
    }

    private void rivals(Step.Lookup lookup, JsonGenerator json) throws IOException {
        Rivals rivals = Rivals.of(explanation.rules().apply(lookup.table()), lookup);
        json.writeArrayFieldStart("nearly");
        for (Rivals.Miss miss : rivals.nearly()) {
            json.writeStartObject();
            json.writeFieldName("rule");
            rule(miss.rule(), json);
            json.writeStringField("wants", miss.wants());
            json.writeStringField("has", miss.has());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("hides");
        for (Rule rule : rivals.hidden()) {
            rule(rule, json);
        }
        json.writeEndArray();
    }

    private void rule(Rule rule, JsonGenerator json) throws IOException {
        if (rule == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberField("priority", rule.priority());
        json.writeStringField("cookie", "0x" + Long.toHexString(rule.cookie()));
        json.writeStringField("match", rule.match().toString());
        json.writeStringField("actions", ActionFormatter.of(rule.actions()));
        if (explanation.counted()) {
            json.writeNumberField("n_packets", rule.packets());
            json.writeNumberField("n_bytes", rule.bytes());
        }
        json.writeEndObject();
    }
}
