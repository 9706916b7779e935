package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.MegaflowCache;
import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.trace.Pass;
import io.odp4j.flowcache.trace.Tracer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A datapath that has nothing but flows and a connection tracker of one zone, which knows UDP: each
 * pass of a packet that no flow matches makes one, as a kernel reads it from the request.
 */
final class SimulatedDatapath {
    private static final int CAPACITY = 1 << 16;
    private static final int NEW = 0x21;
    private static final int ESTABLISHED = 0x22;
    private static final int REPLY = 0x2a;

    private final PolicyTables tables = new PolicyTables();
    private final MacTable macs = new MacTable();
    private final Pipeline pipeline = new Pipeline(tables, VswitchOracle.PORTS, macs);
    private final Tracer tracer = new Tracer(pipeline, VswitchOracle.PORTS);
    private final MegaflowCache cache = new MegaflowCache(CAPACITY);
    private final List<String> actions = new ArrayList<>();
    private final Set<String> masks = new HashSet<>();
    private final Map<String, Boolean> answered = new HashMap<>();

    SimulatedDatapath(String rules) throws Exception {
        tables.load(rules);
    }

    /** Learns where a packet came from, and nothing else. */
    void learn(FlowKey packet) {
        pipeline.translate(packet, new Verdict());
    }

    /** Takes a packet; the passes of it. */
    List<Pass> receive(FlowKey packet) {
        List<Pass> passes = tracer.trace(packet.carryFromContents(), List.of(state(packet)));
        for (Pass pass : passes) {
            String text = pass.verdict().actionsText();
            long handle = cache.lookup(pass.key());
            if (handle == MegaflowCache.MISS) {
                FlowMask mask = DumpedFlow.inKernel(pass.key(), pass.verdict().mask());
                cache.insert(pass.key(), mask, actions.size(), 0);
                actions.add(text);
                masks.add(mask.toString());
            } else if (!actions.get((int) cache.userData(handle)).equals(text)) {
                throw new AssertionError(pass + " is not what its megaflow says");
            }
            if (pass.verdict().actions().stream()
                    .anyMatch(a -> a instanceof DatapathAction.Ct ct && ct.commit())) {
                answered.putIfAbsent(connection(packet, false), false);
            }
        }
        return passes;
    }

    private int state(FlowKey packet) {
        if (answered.containsKey(connection(packet, false))) {
            return answered.get(connection(packet, false)) ? ESTABLISHED : NEW;
        }
        if (answered.containsKey(connection(packet, true))) {
            answered.put(connection(packet, true), true);
            return REPLY;
        }
        return NEW;
    }

    private static String connection(FlowKey packet, boolean back) {
        String from = packet.get(FlowField.NW_SRC) + ":" + packet.get(FlowField.TP_SRC);
        String to = packet.get(FlowField.NW_DST) + ":" + packet.get(FlowField.TP_DST);
        return back ? to + "-" + from : from + "-" + to;
    }

    int flows() {
        return cache.size();
    }

    int masks() {
        return masks.size();
    }
}
