package io.odp4j.upcall.repl.view;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.filter.Filter;
import io.odp4j.datapath.flow.filter.Measure;
import io.odp4j.datapath.flow.filter.Truth;
import io.odp4j.datapath.flow.text.FlowFormatter;
import io.odp4j.datapath.flow.text.FlowParser;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.repl.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads flows out of {@code dpctl/dump-flows -m}, of odp4j or of Open vSwitch. */
final class FlowDump {
    /** What a filter may ask for beside the key's fields. */
    static final List<Measure> MEASURES =
            List.of(
                    Measure.number("packets", "Packets that it handled."),
                    Measure.number("bytes", "Bytes that it handled."),
                    new Measure("used", Map.of("never", -1L), "Seconds since its last packet."));

    private static final int LONGEST = 1 << 16;
    private static final Pattern LINE =
            Pattern.compile(
                    "(?:(ufid:[-0-9a-f]+), )?(.*?),? packets:(\\d+), bytes:(\\d+),"
                            + " used:(never|[\\d.]+)s?,.*? ?actions:(.*)");
    private static final Pattern PORT_OUT = Pattern.compile("(?<![\\w=(.:/-])(\\d+)(?=,|$|\\))");

    private final PortNames names;
    private final FlowParser parser;
    private final FlowFormatter formatter;
    private final MessageWriter key = writer();
    private final MessageWriter mask = writer();

    FlowDump(PortNames names) {
        this.names = names;
        this.parser = new FlowParser(names);
        this.formatter = new FlowFormatter(FlowTextOptions.PLAIN.withNames(names));
    }

    private static MessageWriter writer() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST).order(ByteOrder.nativeOrder());
        return new MessageWriter().wrap(buffer, 0, LONGEST);
    }

    /**
     * Asks for the flows.
     *
     * @param datapath null for the only one
     */
    List<DumpedFlow> of(Target target, String datapath)
            throws IOException, ControlException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("-m", "--no-names"));
        if (datapath != null) {
            words.add(datapath);
        }
        return parse(target.run("dpctl/dump-flows", words));
    }

    /** Reads a dump; what is no flow is left out. */
    List<DumpedFlow> parse(String dump) {
        List<DumpedFlow> flows = new ArrayList<>();
        for (String line : dump.split("\n")) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                flows.add(flow(matcher));
            }
        }
        return flows;
    }

    private DumpedFlow flow(Matcher line) {
        FlowKey flowKey = new FlowKey();
        FlowMask flowMask = new FlowMask();
        String match = line.group(2);
        try {
            key.wrap(key.buffer(), 0, LONGEST);
            mask.wrap(mask.buffer(), 0, LONGEST);
            parser.parse(line.group(2), key, mask);
            FlowKeyDecoder.decodeKey(key.buffer(), 0, key.written(), flowKey);
            FlowKeyDecoder.decodeMask(mask.buffer(), 0, mask.written(), flowMask);
            flowMask.addAbsentTags();
            StringBuilder text = new StringBuilder();
            formatter.format(
                    text, key.buffer(), 0, key.written(), mask.buffer(), 0, mask.written());
            match = text.toString();
        } catch (FlowSyntaxException e) {
            // A key that a newer daemon prints: it is shown as it came, and matches any filter.
            flowMask.clear();
        }
        String used = line.group(5);
        return new DumpedFlow(
                line.group(1) == null ? match : line.group(1),
                match,
                flowKey,
                flowMask,
                Long.parseUnsignedLong(line.group(3)),
                Long.parseUnsignedLong(line.group(4)),
                used.equals("never") ? -1 : (long) (Double.parseDouble(used) * 1000),
                named(line.group(6)));
    }

    /** Actions with names where there were numbers of ports. */
    private String named(String actions) {
        Matcher port = PORT_OUT.matcher(actions);
        return port.replaceAll(
                number -> {
                    String name = names.nameOf((int) Long.parseLong(number.group(1)));
                    return Matcher.quoteReplacement(name == null ? number.group(1) : name);
                });
    }

    /** Whether a flow may match what a filter means. */
    static boolean passes(Filter filter, DumpedFlow flow) {
        long used = flow.usedMillis() < 0 ? -1 : flow.usedMillis() / 1000;
        return filter.test(flow.key(), flow.mask(), new long[] {flow.packets(), flow.bytes(), used})
                != Truth.NO;
    }

    /** Reads a filter of flows. */
    static Filter filter(String text, PortNames names) throws ControlException {
        try {
            return Filter.parse(text, names, MEASURES);
        } catch (FlowSyntaxException e) {
            throw new ControlException(e.getMessage(), e);
        }
    }
}
