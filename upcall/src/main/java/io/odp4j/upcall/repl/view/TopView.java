package io.odp4j.upcall.repl.view;

import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.repl.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code top}: who has most to do, ports, flows and masks, with rates. */
@Command(
        name = "top",
        description = {
            "The busiest ports by packets that came up or came in, flows by packets, masks by flows."
                    + " On a terminal it is shown again and again; q ends it.",
            "Upcalls of a port are told by datapaths from Linux 6.3 on."
        })
final class TopView extends View {
    private static final Pattern LOOKUPS = Pattern.compile("hit:(\\d+) missed:(\\d+) lost:(\\d+)");
    private static final Pattern PORT = Pattern.compile("^\\s+port (\\d+): (\\S+)");
    private static final Pattern RECEIVED = Pattern.compile("RX packets:(\\d+)");

    @Option(names = "-n", paramLabel = "N", description = "N of each; default 5.")
    private int most = 5;

    @Option(names = "-s", paramLabel = "SECONDS", description = "Between two looks; default 1.")
    private double seconds = 1;

    @Option(
            names = "--dp",
            paramLabel = "NAME",
            description = "The datapath, if there are several.")
    private String datapath;

    private final Rates rates = new Rates();
    private final List<String> ports = new ArrayList<>();
    private boolean upcallsKnown;

    @Override
    public double watchSeconds() {
        return seconds;
    }

    @Override
    public void run(Target target, PrintStream out, BooleanSupplier stopped)
            throws IOException, ControlException, InterruptedException {
        FlowDump dump = new FlowDump(TargetPorts.names(target));
        List<DumpedFlow> flows = sample(dump, target);
        if (!rates.known()) {
            Thread.sleep((long) (seconds * 1000));
            flows = sample(dump, target);
        }
        print(flows, out);
    }

    private List<DumpedFlow> sample(FlowDump dump, Target target)
            throws IOException, ControlException, InterruptedException {
        boolean own = target.commands().containsKey("dpctl/features");
        List<String> words = new ArrayList<>(List.of(own ? "--json" : "-s"));
        if (datapath != null) {
            words.add(datapath);
        }
        String shown = target.run("dpctl/show", words);
        List<DumpedFlow> flows = dump.of(target, datapath);
        rates.turn();
        ports.clear();
        if (own) {
            takeJson(shown);
        } else {
            takeText(shown);
        }
        flows.forEach(flow -> rates.put(flow.identity(), flow.packets()));
        return flows;
    }

    /** Of odp4j's dpctl: upcalls of each port too, where the datapath counts them. */
    private void takeJson(String shown) throws IOException {
        Map<String, String> all = JsonObjects.flat(shown.lines().findFirst().orElse("{}"));
        put("hit", all.get("stats.n_hit"));
        put("missed", all.get("stats.n_missed"));
        put("lost", all.get("stats.n_lost"));
        for (int i = 0; all.containsKey("ports." + i + ".name"); i++) {
            String at = "ports." + i + '.';
            String port = all.get(at + "name");
            ports.add(port);
            put("in " + port, all.get(at + "stats.rx_packets"));
            upcallsKnown |= all.containsKey(at + "upcall_stats.success");
            put("up " + port, all.get(at + "upcall_stats.success"));
            put("fail " + port, all.get(at + "upcall_stats.fail"));
        }
    }

    private void put(String name, String value) {
        if (value != null) {
            rates.put(name, Long.parseUnsignedLong(value));
        }
    }

    /** Of ovs-vswitchd. */
    private void takeText(String shown) {
        String port = null;
        for (String line : shown.split("\n")) {
            Matcher lookups = LOOKUPS.matcher(line);
            Matcher begins = PORT.matcher(line);
            Matcher received = RECEIVED.matcher(line);
            if (lookups.find() && line.contains("lookups")) {
                rates.put("hit", Long.parseUnsignedLong(lookups.group(1)));
                rates.put("missed", Long.parseUnsignedLong(lookups.group(2)));
                rates.put("lost", Long.parseUnsignedLong(lookups.group(3)));
            } else if (begins.find()) {
                port = begins.group(2);
                ports.add(port);
            } else if (port != null && received.find()) {
                rates.put("in " + port, Long.parseUnsignedLong(received.group(1)));
            }
        }
    }

    private void print(List<DumpedFlow> flows, PrintStream out) throws IOException {
        if (json) {
            json(flows, out);
            return;
        }
        out.printf(
                Locale.ROOT,
                "%d flows; a second: %.0f hit, %.0f missed, %.0f lost%n%n",
                flows.size(),
                rates.of("hit"),
                rates.of("missed"),
                rates.of("lost"));
        out.printf("%12s %12s %12s  %s%n", "upcalls/s", "lost/s", "packets/s", "PORT");
        for (String port : top(ports, this::busy)) {
            out.printf(
                    Locale.ROOT,
                    "%12s %12s %12.0f  %s%n",
                    upcalls("up " + port),
                    upcalls("fail " + port),
                    rates.of("in " + port),
                    port);
        }
        out.printf("%n%12s %12s  %s%n", "packets/s", "packets", "FLOW");
        for (DumpedFlow flow : top(flows, flow -> rates.of(flow.identity()))) {
            out.printf(
                    Locale.ROOT,
                    "%12.0f %12d  %s, actions:%s%n",
                    rates.of(flow.identity()),
                    flow.packets(),
                    flow.match(),
                    flow.actions());
        }
        out.printf("%n%12s %12s  %s%n", "flows", "packets/s", "MASK");
        for (Map.Entry<String, double[]> mask : top(masks(flows), entry -> entry.getValue()[0])) {
            out.printf(
                    Locale.ROOT,
                    "%12.0f %12.0f  %s%n",
                    mask.getValue()[0],
                    mask.getValue()[1],
                    mask.getKey());
        }
    }

    private String upcalls(String counter) {
        return upcallsKnown ? String.format(Locale.ROOT, "%.0f", rates.of(counter)) : "?";
    }

    private double busy(String port) {
        return rates.of("up " + port) * 1e9 + rates.of("in " + port);
    }

    private <T> List<T> top(List<T> all, ToDoubleFunction<T> value) {
        List<T> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingDouble(one -> -value.applyAsDouble(one)));
        return sorted.subList(0, Math.min(most, sorted.size()));
    }

    /** Masks, each with its number of flows and their packets a second. */
    private List<Map.Entry<String, double[]>> masks(List<DumpedFlow> flows) {
        Map<String, double[]> masks = new HashMap<>();
        for (DumpedFlow flow : flows) {
            double[] sums = masks.computeIfAbsent(MaskText.of(flow.mask()), m -> new double[2]);
            sums[0]++;
            sums[1] += rates.of(flow.identity());
        }
        return new ArrayList<>(masks.entrySet());
    }

    private void json(List<DumpedFlow> flows, PrintStream out) throws IOException {
        for (String port : top(ports, this::busy)) {
            out.println(
                    JsonObjects.write(
                            fields -> {
                                fields.writeStringField("port", port);
                                fields.writeNumberField("upcalls", rates.of("up " + port));
                                fields.writeNumberField("lost", rates.of("fail " + port));
                                fields.writeNumberField("packets", rates.of("in " + port));
                            }));
        }
        for (DumpedFlow flow : top(flows, flow -> rates.of(flow.identity()))) {
            out.println(
                    JsonObjects.write(
                            fields -> {
                                fields.writeStringField("flow", flow.match());
                                fields.writeNumberField("packets", rates.of(flow.identity()));
                            }));
        }
        for (Map.Entry<String, double[]> mask : top(masks(flows), entry -> entry.getValue()[0])) {
            out.println(
                    JsonObjects.write(
                            fields -> {
                                fields.writeStringField("mask", mask.getKey());
                                fields.writeNumberField("flows", (long) mask.getValue()[0]);
                                fields.writeNumberField("packets", mask.getValue()[1]);
                            }));
        }
    }
}
