package io.odp4j.upcall.watch;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.filter.Filter;
import io.odp4j.datapath.flow.filter.Measure;
import io.odp4j.datapath.flow.filter.Truth;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.flow.text.PortNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which events are of interest: {@code tcp and event=failed and latency>1000}. A flow is if it may
 * match a packet that is meant. One thread's.
 */
public final class EventFilter implements Predicate<Event> {
    /** What may be asked for beside the key's fields. */
    public static final List<Measure> MEASURES =
            List.of(
                    new Measure("event", kinds(), "What happened."),
                    new Measure("upcall", Map.of("miss", 1L, "action", 0L), "Why it came up."),
                    Measure.number("latency", "Microseconds from read to decision."),
                    Measure.number("length", "Bytes of the packet that came up."),
                    Measure.number("packets", "Packets that the flow handled."),
                    Measure.number("bytes", "Bytes that the flow handled."));

    private final Filter filter;
    private final long[] measures = new long[MEASURES.size()];

    /**
     * Reads a filter.
     *
     * @throws FlowSyntaxException if it cannot be read
     */
    public EventFilter(String text, PortNames names) {
        filter = Filter.parse(text, names, MEASURES);
    }

    private static Map<String, Long> kinds() {
        Map<String, Long> kinds = new HashMap<>();
        for (EventKind kind : EventKind.values()) {
            kinds.put(kind.label(), (long) kind.ordinal());
        }
        return kinds;
    }

    @Override
    public boolean test(Event event) {
        FlowKey key = event.key();
        measures[0] = event.kind().ordinal();
        measures[1] = event.isMiss() ? 1 : 0;
        measures[2] = event.latencyNanos() / 1000;
        measures[3] = event.length();
        measures[4] = event.packets();
        measures[5] = event.bytes();
        return event.kind().isPacket() || event.mask() == null
                ? filter.matches(key, measures)
                : filter.test(key, event.mask(), measures) != Truth.NO;
    }
}
