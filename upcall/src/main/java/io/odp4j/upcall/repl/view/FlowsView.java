package io.odp4j.upcall.repl.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.filter.Filter;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.repl.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flows}: those that are there, sorted and grouped, or as they come and go. */
@Command(
        name = "flows",
        description = {
            "The datapath's flows. In front of each its heat: how much of the packets it has.",
            "--follow shows those that come and go, and why, where the target is an agent; elsewhere"
                    + " what differs from one second to the next."
        })
final class FlowsView extends View {
    private static final long SAMPLE_MILLIS = 1000;
    private static final String HEAT = " ▁▂▃▄▅▆▇█";
    private static final Pattern RECIRC = Pattern.compile("recirc\\((0x[0-9a-f]+|\\d+)\\)");

    /** What flows are sorted by. */
    enum Order {
        PACKETS,
        BYTES,
        RATE,
        USED
    }

    /** What flows are put together by. */
    enum Group {
        MASK,
        RECIRC
    }

    @Option(names = "--sort", description = "packets, bytes, rate or used; default packets.")
    private Order order = Order.PACKETS;

    @Option(
            names = "--by",
            description = "mask: grouped; recirc: each under the one that sends packets on to it.")
    private Group group;

    @Option(names = "-n", paramLabel = "N", description = "The first N flows or groups.")
    private int most = Integer.MAX_VALUE;

    @Option(
            names = "--dp",
            paramLabel = "NAME",
            description = "The datapath, if there are several.")
    private String datapath;

    @Option(names = "--follow", description = "Show flows as they come and go.")
    private boolean follow;

    @Option(names = "--count", paramLabel = "N", description = "With --follow: end after N.")
    private long count = Long.MAX_VALUE;

    @Parameters(paramLabel = "FILTER", description = "Such as: tcp and packets>100")
    private List<String> filter = List.of();

    private final Rates rates = new Rates();

    @Override
    public boolean isFiltered() {
        return true;
    }

    @Override
    public boolean isEndless() {
        return follow;
    }

    @Override
    public void run(Target target, PrintStream out, BooleanSupplier stopped)
            throws IOException, ControlException, InterruptedException {
        PortNames names = TargetPorts.names(target);
        String text = String.join(" ", filter);
        if (follow && target.commands().containsKey("flow/watch")) {
            new EventStream("flow/watch", text, json, count).run(target, out, stopped);
            return;
        }
        Filter chosen = FlowDump.filter(text, names);
        FlowDump dump = new FlowDump(names);
        if (follow) {
            new FlowChanges(dump, datapath, chosen, json, count).run(target, out, stopped);
            return;
        }
        List<DumpedFlow> flows = sample(dump, chosen, target);
        if (order == Order.RATE && !rates.known()) {
            Thread.sleep(SAMPLE_MILLIS);
            flows = sample(dump, chosen, target);
        }
        print(flows, out);
    }

    private List<DumpedFlow> sample(FlowDump dump, Filter chosen, Target target)
            throws IOException, ControlException, InterruptedException {
        List<DumpedFlow> flows = new ArrayList<>(dump.of(target, datapath));
        flows.removeIf(flow -> !FlowDump.passes(chosen, flow));
        rates.turn();
        flows.forEach(flow -> rates.put(flow.identity(), flow.packets()));
        flows.sort(comparator());
        return flows;
    }

    private Comparator<DumpedFlow> comparator() {
        Comparator<DumpedFlow> most =
                switch (order) {
                    case BYTES -> Comparator.comparingLong(flow -> -flow.bytes());
                    case RATE -> Comparator.comparingDouble(flow -> -rates.of(flow.identity()));
                    case USED ->
                            Comparator.comparingLong(
                                    flow ->
                                            flow.usedMillis() < 0
                                                    ? Long.MAX_VALUE
                                                    : flow.usedMillis());
                    default -> Comparator.comparingLong(flow -> -flow.packets());
                };
        return most.thenComparing(DumpedFlow::match);
    }

    private void print(List<DumpedFlow> flows, PrintStream out) throws IOException {
        long hottest = flows.stream().mapToLong(DumpedFlow::packets).max().orElse(0);
        if (group == Group.MASK) {
            byMask(flows, hottest, out);
        } else if (group == Group.RECIRC) {
            byRecirculation(flows, hottest, out);
        } else {
            int shown = 0;
            for (DumpedFlow flow : flows) {
                if (shown++ == most) {
                    break;
                }
                print(flow, hottest, 0, out);
            }
        }
        if (!json) {
            out.println("# " + flows.size() + (flows.size() == 1 ? " flow" : " flows"));
        }
    }

    private void byMask(List<DumpedFlow> flows, long hottest, PrintStream out) throws IOException {
        Map<String, List<DumpedFlow>> masks = new LinkedHashMap<>();
        flows.forEach(
                flow ->
                        masks.computeIfAbsent(MaskText.of(flow.mask()), m -> new ArrayList<>())
                                .add(flow));
        List<Map.Entry<String, List<DumpedFlow>>> sorted = new ArrayList<>(masks.entrySet());
        sorted.sort(Comparator.comparingInt(entry -> -entry.getValue().size()));
        for (Map.Entry<String, List<DumpedFlow>> mask :
                sorted.subList(0, Math.min(most, sorted.size()))) {
            long packets = mask.getValue().stream().mapToLong(DumpedFlow::packets).sum();
            if (!json) {
                out.printf(
                        "%d flows, %d packets: %s%n",
                        mask.getValue().size(), packets, mask.getKey());
            }
            for (DumpedFlow flow : mask.getValue()) {
                print(flow, hottest, 1, out);
            }
        }
    }

    private void byRecirculation(List<DumpedFlow> flows, long hottest, PrintStream out)
            throws IOException {
        Map<Long, List<DumpedFlow>> passes = new LinkedHashMap<>();
        for (DumpedFlow flow : flows) {
            long pass = flow.key().get(FlowField.RECIRC_ID);
            passes.computeIfAbsent(pass, p -> new ArrayList<>()).add(flow);
        }
        Set<Long> shown = new HashSet<>();
        tree(0, passes, shown, 0, hottest, out);
        for (Long pass : passes.keySet()) {
            // One that no flow here sends packets on to.
            if (!shown.contains(pass)) {
                tree(pass, passes, shown, 0, hottest, out);
            }
        }
    }

    private void tree(
            long pass,
            Map<Long, List<DumpedFlow>> passes,
            Set<Long> shown,
            int depth,
            long hottest,
            PrintStream out)
            throws IOException {
        shown.add(pass);
        for (DumpedFlow flow : passes.getOrDefault(pass, List.of())) {
            print(flow, hottest, depth, out);
            for (Matcher next = RECIRC.matcher(flow.actions()); next.find(); ) {
                long id = Long.decode(next.group(1));
                if (!shown.contains(id)) {
                    tree(id, passes, shown, depth + 1, hottest, out);
                }
            }
        }
    }

    private void print(DumpedFlow flow, long hottest, int depth, PrintStream out)
            throws IOException {
        double rate = rates.of(flow.identity());
        if (json) {
            out.println(JsonObjects.write(fields -> write(flow, rate, depth, fields)));
            return;
        }
        String used =
                flow.usedMillis() < 0
                        ? "never"
                        : String.format(Locale.ROOT, "%.1fs", flow.usedMillis() / 1000.0);
        out.printf(
                Locale.ROOT,
                "%s %s%s, packets:%d, bytes:%d, used:%s,%s actions:%s%n",
                heat(flow.packets(), hottest),
                "  ".repeat(depth),
                flow.match(),
                flow.packets(),
                flow.bytes(),
                used,
                rates.known() ? String.format(Locale.ROOT, " rate:%.0f/s,", rate) : "",
                flow.actions());
    }

    private static void write(DumpedFlow flow, double rate, int depth, JsonGenerator fields)
            throws IOException {
        fields.writeStringField("match", flow.match());
        fields.writeNumberField("packets", flow.packets());
        fields.writeNumberField("bytes", flow.bytes());
        fields.writeNumberField("used_ms", flow.usedMillis());
        fields.writeNumberField("rate", rate);
        fields.writeNumberField("depth", depth);
        fields.writeStringField("mask", MaskText.of(flow.mask()));
        fields.writeStringField("actions", flow.actions());
    }

    /** A bar that grows with the logarithm of the packets, full for the flow that has most. */
    static char heat(long packets, long hottest) {
        if (packets <= 0) {
            return HEAT.charAt(0);
        }
        double share = Math.log1p(packets) / Math.log1p(Math.max(packets, hottest));
        return HEAT.charAt((int) Math.max(1, Math.round(share * (HEAT.length() - 1))));
    }
}
