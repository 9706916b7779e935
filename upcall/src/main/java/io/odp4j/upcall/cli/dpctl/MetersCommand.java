package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.text.FlowStatsText;
import io.odp4j.datapath.netlink.table.AttributeJson;
import io.odp4j.datapath.ovs.Meter;
import io.odp4j.datapath.ovs.Meters;
import io.odp4j.upcall.cli.Output;
import io.odp4j.upcall.cli.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meters}: what a datapath's packets may take of the line. */
@Command(
        name = "meters",
        customSynopsis =
                "odp4j dpctl meters features [dp] | add [dp] METER... | show [dp] [ID...] | del [dp]"
                        + " ID...",
        description = {
            "Tells what the datapath can do with meters, adds or replaces meters, shows and deletes"
                    + " them.",
            "METER is as for ovs-ofctl: meter=1,kbps,band=type=drop,rate=1000,burst_size=100; pktps"
                    + " counts packets.",
            "The kernel tells of a meter what it counted, not its rates, and does not list meters: without an ID, show asks for the numbers below"
                    + " --scan."
        })
final class MetersCommand extends KernelTask {
    @Option(
            names = "--scan",
            paramLabel = "N",
            defaultValue = "1024",
            description = "show without ID looks at 0 to N-1. Default: ${DEFAULT-VALUE}.")
    private int scan;

    private String action;

    @Override
    boolean changes() {
        return !words.isEmpty() && (words.get(0).equals("add") || words.get(0).equals("del"));
    }

    @Override
    void check() {
        if (words.isEmpty()) {
            throw new UsageException("meters features, add, show or del?");
        }
        action = words.get(0);
    }

    @Override
    int run(Session session, Output out) throws Exception {
        Session.Named named = session.split(words.subList(1, words.size()));
        List<String> what = named.rest();
        Meters meters = new Meters(session.channel(), named.datapath());
        return switch (action) {
            case "features" -> features(meters.features(), out);
            case "add" -> add(meters, what);
            case "show" -> show(meters, what, out);
            case "del" -> delete(meters, what, out);
            default -> throw new UsageException("meters features, add, show or del, not " + action);
        };
    }

    private int features(Meters.Features features, Output out) throws IOException {
        if (options.json) {
            out.object(json -> AttributeJson.writeFields(features.attributes(), json));
        } else {
            out.format(
                    "max_meter:%d max_bands:%d band_types: drop",
                    features.maxMeters(), features.maxBands());
        }
        return 0;
    }

    private static int add(Meters meters, List<String> what) throws IOException, DpctlException {
        if (what.isEmpty()) {
            throw new UsageException("meters add: which meter?");
        }
        for (String word : what) {
            MeterText.Wanted wanted = MeterText.parse(word);
            meters.set(wanted.id(), wanted.kbps(), wanted.bands());
        }
        return 0;
    }

    private int show(Meters meters, List<String> what, Output out)
            throws IOException, DpctlException {
        List<Integer> ids = ids(what);
        if (ids.isEmpty()) {
            for (int id = 0; id < scan; id++) {
                ids.add(id);
            }
        }
        int status = 0;
        for (int id : ids) {
            Meter meter = meters.find(id).orElse(null);
            if (meter != null) {
                print(meter, out);
            } else if (!what.isEmpty()) {
                error("there is no meter " + Integer.toUnsignedString(id));
                status = 1;
            }
        }
        return status;
    }

    private int delete(Meters meters, List<String> what, Output out)
            throws IOException, DpctlException {
        if (what.isEmpty()) {
            throw new UsageException("meters del: which meter?");
        }
        int status = 0;
        for (int id : ids(what)) {
            Meter meter = meters.delete(id).orElse(null);
            if (meter == null) {
                error("there is no meter " + Integer.toUnsignedString(id));
                status = 1;
            } else if (options.statistics || options.json) {
                print(meter, out);
            }
        }
        return status;
    }

    private static List<Integer> ids(List<String> what) throws DpctlException {
        List<Integer> ids = new ArrayList<>();
        for (String word : what) {
            ids.add(MeterText.id(word));
        }
        return ids;
    }

    private void print(Meter meter, Output out) throws IOException {
        if (options.json) {
            out.object(json -> AttributeJson.writeFields(meter.attributes(), json));
            return;
        }
        StringBuilder text = out.text();
        text.append("meter=").append(Integer.toUnsignedString(meter.id())).append(' ');
        long used = meter.usedMillis();
        long idle =
                used == 0 ? FlowStatsText.NEVER : Math.max(0, FlowPrinter.monotonicMillis() - used);
        FlowStatsText.format(text, meter.packets(), meter.bytes(), idle, 0);
        text.append(" bands:");
        int number = 0;
        for (Meter.Band band : meter.bands()) {
            text.append(
                    String.format(
                            " %d: packets:%d, bytes:%d", number++, band.packets(), band.bytes()));
        }
        out.endLine();
    }
}
