package io.odp4j.upcall.repl.view;

import io.odp4j.datapath.flow.filter.Filter;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.repl.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Flows that come and go where nobody tells of them: what differs between two dumps. Why, only an
 * agent knows.
 */
final class FlowChanges {
    private static final long PAUSE_MILLIS = 1000;
    private static final long STEP_MILLIS = 50;

    private final FlowDump dump;
    private final String datapath;
    private final Filter filter;
    private final boolean json;
    private long left;

    FlowChanges(FlowDump dump, String datapath, Filter filter, boolean json, long count) {
        this.dump = dump;
        this.datapath = datapath;
        this.filter = filter;
        this.json = json;
        this.left = count;
    }

    void run(Target target, PrintStream out, BooleanSupplier stopped)
            throws IOException, ControlException, InterruptedException {
        Map<String, DumpedFlow> before = flows(target);
        while (left > 0 && !stopped.getAsBoolean()) {
            for (long slept = 0; slept < PAUSE_MILLIS && !stopped.getAsBoolean(); ) {
                Thread.sleep(STEP_MILLIS);
                slept += STEP_MILLIS;
            }
            if (stopped.getAsBoolean()) {
                return;
            }
            Map<String, DumpedFlow> now = flows(target);
            tell(before, now, "gone", out);
            tell(now, before, "new", out);
            out.flush();
            before = now;
        }
    }

    private Map<String, DumpedFlow> flows(Target target)
            throws IOException, ControlException, InterruptedException {
        Map<String, DumpedFlow> flows = new LinkedHashMap<>();
        for (DumpedFlow flow : dump.of(target, datapath)) {
            if (FlowDump.passes(filter, flow)) {
                flows.put(flow.identity(), flow);
            }
        }
        return flows;
    }

    /** Prints the flows that are in the one and not in the other. */
    private void tell(
            Map<String, DumpedFlow> in, Map<String, DumpedFlow> notIn, String what, PrintStream out)
            throws IOException {
        for (Map.Entry<String, DumpedFlow> each : in.entrySet()) {
            if (!notIn.containsKey(each.getKey()) && left-- > 0) {
                print(each.getValue(), what, out);
            }
        }
    }

    private void print(DumpedFlow flow, String what, PrintStream out) throws IOException {
        if (json) {
            out.println(
                    JsonObjects.write(
                            fields -> {
                                fields.writeStringField("event", what);
                                fields.writeNumberField(
                                        "time_us", 1000 * System.currentTimeMillis());
                                fields.writeStringField("match", flow.match());
                                fields.writeNumberField("packets", flow.packets());
                                fields.writeNumberField("bytes", flow.bytes());
                                fields.writeStringField("actions", flow.actions());
                            }));
            return;
        }
        out.printf(
                "%s %s %s, packets:%d, bytes:%d, actions:%s%n",
                LocalTime.now().truncatedTo(ChronoUnit.MILLIS),
                what,
                flow.match(),
                flow.packets(),
                flow.bytes(),
                flow.actions());
    }
}
