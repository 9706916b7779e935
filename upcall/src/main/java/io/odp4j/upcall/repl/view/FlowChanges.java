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
    private long left;

    FlowChanges(FlowDump dump, String datapath, Filter filter, long count) {
        this.dump = dump;
        this.datapath = datapath;
        this.filter = filter;
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
            before.forEach((id, flow) -> print(now.containsKey(id) ? null : flow, "gone", out));
            Map<String, DumpedFlow> former = before;
            now.forEach((id, flow) -> print(former.containsKey(id) ? null : flow, "new", out));
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

    private void print(DumpedFlow flow, String what, PrintStream out) {
        if (flow != null && left-- > 0) {
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
}
