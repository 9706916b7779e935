package io.odp4j.upcall.repl.view;

import io.odp4j.datapath.packet.PcapWriter;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.repl.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * What happens in an agent, as it happens: request after request, each going on where the one
 * before stopped. What the agent could not show is told of.
 */
final class EventStream {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");

    /**
     * What nearly every packet's key begins with, and means that nothing has happened to it yet.
     */
    private static final Pattern ZEROS =
            Pattern.compile("(recirc_id|dp_hash|skb_\\w+|ct_(state|zone|mark|label))\\(0?\\),");

    private static final int GATHER_MILLIS = 250;
    private static final int USUAL_RATE = 100;
    private static final int WHOLE_PACKET = 65_535;
    private static final int TURNS_A_SECOND = 1000 / GATHER_MILLIS;

    private final String command;
    private final String filter;
    private final boolean json;
    private long left;
    private int rate = USUAL_RATE;
    private PcapWriter file;

    /**
     * @param command upcall/watch or flow/watch
     * @param count how many events to show
     */
    EventStream(String command, String filter, boolean json, long count) {
        this.command = command;
        this.filter = filter;
        this.json = json;
        this.left = count;
    }

    /** Shows at most so many a second. */
    EventStream rate(int aSecond) {
        rate = aSecond;
        return this;
    }

    /** Keeps packets in a file too; null for none. */
    EventStream file(PcapWriter to) {
        file = to;
        return this;
    }

    void run(Target target, PrintStream out, BooleanSupplier stopped)
            throws IOException, ControlException, InterruptedException {
        String cursor = null;
        while (left > 0 && !stopped.getAsBoolean() && !out.checkError()) {
            String answer = target.run(command, request(cursor));
            for (String line : answer.split("\n")) {
                Map<String, String> event = JsonObjects.scalars(line);
                if ("end".equals(event.get("event"))) {
                    cursor = event.get("cursor");
                    end(event, out);
                } else if (left-- > 0) {
                    event(event, line, out);
                }
            }
            out.flush();
            if (file != null) {
                file.flush();
            }
        }
    }

    private List<String> request(String cursor) {
        List<String> words = new ArrayList<>(List.of("--json", "--for"));
        words.add(Integer.toString(GATHER_MILLIS));
        words.add("--most");
        words.add(Integer.toString(Math.max(1, rate / TURNS_A_SECOND)));
        if (file != null) {
            words.add("--snap");
            words.add(Integer.toString(WHOLE_PACKET));
        }
        if (cursor != null) {
            words.add("--after");
            words.add(cursor);
        }
        if (!filter.isBlank()) {
            words.add("--");
            words.add(filter);
        }
        return words;
    }

    private void event(Map<String, String> event, String line, PrintStream out) throws IOException {
        long micros = Long.parseLong(event.get("time_us"));
        String packet = event.get("packet");
        if (file != null && packet != null) {
            file.write(micros * 1000, HexFormat.of().parseHex(packet));
        }
        out.println(json ? line : text(event, micros));
    }

    private static String text(Map<String, String> event, long micros) {
        Instant when = Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
        StringBuilder text = new StringBuilder();
        TIME.formatTo(when.atZone(ZoneId.systemDefault()), text);
        text.append(' ').append(event.get("event"));
        boolean packet = event.containsKey("latency_ns");
        if (packet) {
            long nanos = Long.parseLong(event.get("latency_ns"));
            text.append(' ').append(event.get("upcall"));
            text.append(' ').append(nanos / 1000).append("us");
        }
        String match = event.getOrDefault("match", "");
        text.append(' ').append(packet ? ZEROS.matcher(match).replaceAll("") : match);
        append(text, event, "length");
        append(text, event, "packets");
        append(text, event, "bytes");
        append(text, event, "error");
        if (event.containsKey("actions_text")) {
            text.append(", actions:").append(event.get("actions_text"));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Map<String, String> event, String field) {
        String value = event.get(field);
        if (value != null && !value.equals("0")) {
            text.append(", ").append(field).append(':').append(value);
        }
    }

    private static void end(Map<String, String> event, PrintStream out) {
        String notShown = event.get("not_shown");
        String missed = event.get("missed");
        if (!"0".equals(notShown) || !"0".equals(missed)) {
            out.println("# not shown:" + notShown + " missed:" + missed);
        }
    }
}
