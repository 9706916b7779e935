package io.odp4j.upcall.appctl;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.metrics.Stage;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * {@code upcall/set-flow-limit}, {@code upcall/enable-megaflows}, {@code upcall/disable-megaflows},
 * {@code latency/show}: how packets that come up are handled, and how fast.
 */
final class UpcallCommands {
    private static final long PURGE_MILLIS = 10_000;

    private final Agent agent;

    UpcallCommands(Agent agent) {
        this.agent = agent;
    }

    void addTo(CommandTable table) {
        add(table, "upcall/set-flow-limit", "flow-limit-number", 1, 1, this::setFlowLimit);
        add(table, "upcall/enable-megaflows", "", 0, 0, arguments -> setMegaflows(true));
        add(table, "upcall/disable-megaflows", "", 0, 0, arguments -> setMegaflows(false));
        add(table, "latency/show", "[--json]", 0, 1, this::latencies);
    }

    private static void add(
            CommandTable table,
            String name,
            String usage,
            int least,
            int most,
            ControlCommand.Body body) {
        table.add(new ControlCommand(name, usage, least, most, body));
    }

    private String setFlowLimit(List<String> arguments) throws ControlException {
        int flows = Words.number("flow limit", arguments.get(0), 0, Integer.MAX_VALUE);
        try {
            agent.setFlowLimit(flows);
        } catch (IllegalArgumentException e) {
            throw new ControlException("flow limit " + e.getMessage(), e);
        }
        return "set flow_limit to " + flows;
    }

    /** Flows that are there are of the other kind: they go. */
    private String setMegaflows(boolean on) throws ControlException, InterruptedException {
        try {
            agent.setMegaflows(on);
        } catch (AgentException e) {
            throw new ControlException(e.getMessage(), e);
        }
        agent.rounds().purge(PURGE_MILLIS);
        return on ? "megaflows enabled" : "megaflows disabled";
    }

    private String latencies(List<String> arguments) throws ControlException {
        if (!Words.of(arguments, Set.of("--json"), Set.of()).has("--json")) {
            return LatencyText.of(agent);
        }
        JsonLines lines = new JsonLines();
        for (Stage stage : Stage.values()) {
            Histogram times = agent.latency(stage);
            lines.object(json -> write(stage, times, json));
        }
        return lines.toString();
    }

    private static void write(Stage stage, Histogram times, JsonGenerator json) throws IOException {
        json.writeStringField("stage", stage.label());
        json.writeNumberField("count", times.getTotalCount());
        json.writeNumberField("p50_ns", times.getValueAtPercentile(50));
        json.writeNumberField("p99_ns", times.getValueAtPercentile(99));
        json.writeNumberField("max_ns", times.getMaxValue());
        json.writeStringField("meaning", stage.meaning());
    }
}
