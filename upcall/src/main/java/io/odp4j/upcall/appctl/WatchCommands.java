package io.odp4j.upcall.appctl;

import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.watch.Event;
import io.odp4j.upcall.watch.EventFilter;
import io.odp4j.upcall.watch.EventJson;
import io.odp4j.upcall.watch.EventReader;
import io.odp4j.upcall.watch.EventTap;
import io.odp4j.upcall.watch.EventText;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@code upcall/watch} and {@code flow/watch}: what happens in the next while, and a cursor with
 * which the next request goes on where this one stopped.
 */
final class WatchCommands {
    private static final String USAGE =
            "[--json] [--no-names] [--for MS] [--most N] [--after CURSOR] [--snap BYTES] [FILTER]";
    private static final Set<String> FLAGS = Set.of("--json", "--no-names");
    private static final Set<String> VALUED = Set.of("--for", "--most", "--after", "--snap");
    private static final int USUAL_MILLIS = 1000;
    private static final int MOST_MILLIS = 10_000;
    private static final int USUAL_EVENTS = 100;
    private static final int MOST_EVENTS = 10_000;
    private static final int LONGEST_PACKET = 65_535;

    private final Agent agent;
    private final Counters counters = new Counters();

    WatchCommands(Agent agent) {
        this.agent = agent;
    }

    void addTo(CommandTable table) {
        add(table, "upcall/watch", agent::upcallTaps);
        add(table, "flow/watch", agent::flowTaps);
    }

    private void add(CommandTable table, String name, Supplier<List<EventTap>> taps) {
        table.add(
                new ControlCommand(
                        name,
                        USAGE,
                        0,
                        Integer.MAX_VALUE,
                        arguments -> watch(Words.of(arguments, FLAGS, VALUED), taps.get())));
    }

    /** What these commands counted. */
    Counters counters() {
        return counters;
    }

    private String watch(Words words, List<EventTap> taps)
            throws ControlException, InterruptedException {
        int millis = words.number("--for", USUAL_MILLIS, 0, MOST_MILLIS);
        int most = words.number("--most", USUAL_EVENTS, 0, MOST_EVENTS);
        int snap = words.number("--snap", 0, 0, LONGEST_PACKET);
        EventReader reader;
        try {
            reader = new EventReader(taps, snap, words.value("--after"));
        } catch (IllegalArgumentException e) {
            throw new ControlException("--after: " + e.getMessage(), e);
        }
        PortNames known = agent.portNames();
        EventFilter filter = filter(String.join(" ", words.others()), known);
        PortNames names = words.has("--no-names") ? PortNames.NONE : known;
        String answer =
                words.has("--json")
                        ? json(reader, millis, most, filter, names)
                        : text(reader, millis, most, filter, names);
        synchronized (counters) { // requests are many writers
            counters.add(Counter.EVENTS_MISSED, reader.missed());
        }
        return answer;
    }

    private static EventFilter filter(String text, PortNames names) throws ControlException {
        try {
            return new EventFilter(text, names);
        } catch (FlowSyntaxException e) {
            throw new ControlException(e.getMessage(), e);
        }
    }

    private static String text(
            EventReader reader, int millis, int most, EventFilter filter, PortNames names)
            throws InterruptedException {
        StringBuilder out = new StringBuilder();
        EventText format = new EventText(names);
        reader.gather(millis, most, filter, event -> format.append(event, out));
        return out.append("# cursor:")
                .append(reader.cursor())
                .append(" shown:")
                .append(reader.shown())
                .append(" not shown:")
                .append(reader.notShown())
                .append(" missed:")
                .append(reader.missed())
                .append('\n')
                .toString();
    }

    private static String json(
            EventReader reader, int millis, int most, EventFilter filter, PortNames names)
            throws InterruptedException {
        JsonLines lines = new JsonLines();
        EventJson format = new EventJson(names);
        Consumer<Event> write = event -> lines.object(json -> format.write(event, json));
        reader.gather(millis, most, filter, write);
        lines.object(
                json -> {
                    json.writeStringField("event", "end");
                    json.writeStringField("cursor", reader.cursor());
                    json.writeNumberField("shown", reader.shown());
                    json.writeNumberField("not_shown", reader.notShown());
                    json.writeNumberField("missed", reader.missed());
                });
        return lines.toString();
    }
}
