package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.table.AttributeJson;
import io.odp4j.datapath.netlink.table.StructValue;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code show}: what datapaths are, and their ports. */
@Command(
        name = "show",
        customSynopsis = "odp4j dpctl show [-s] [dp...]",
        description = "Shows the given datapaths, or all, with their ports.")
final class ShowCommand extends KernelTask {
    @Override
    void check() {
        // Any number of datapaths.
    }

    @Override
    int run(Session session, Output out) throws Exception {
        List<Datapath> datapaths = new ArrayList<>();
        int status = 0;
        for (String word : words) {
            try {
                datapaths.add(session.datapath(word));
            } catch (NetlinkException | DpctlException e) {
                error(e.getMessage());
                status = 1;
            }
        }
        if (words.isEmpty()) {
            datapaths.addAll(session.datapaths().list());
        }
        try (RequestChannel links =
                options.statistics && options.endpoint().isKernel()
                        ? RequestChannel.open(NetlinkEndpoint.KERNEL_ROUTE)
                        : null) {
            for (Datapath datapath : datapaths) {
                List<Vport> ports = session.vports().list(datapath.ifindex());
                if (options.json) {
                    object(datapath, ports, out);
                } else {
                    text(session.type(), datapath, ports, links, out);
                }
            }
        }
        return status;
    }

    private static void object(Datapath datapath, List<Vport> ports, Output out)
            throws IOException {
        out.object(
                json -> {
                    json.writeNumberField("ifindex", datapath.ifindex());
                    AttributeJson.writeFields(datapath.attributes(), json);
                    json.writeArrayFieldStart("ports");
                    for (Vport port : ports) {
                        AttributeJson.write(port.attributes(), json);
                    }
                    json.writeEndArray();
                });
    }

    private void text(
            String type, Datapath datapath, List<Vport> ports, RequestChannel links, Output out)
            throws IOException {
        out.line(type + datapath.name() + ":");
        out.format(
                "  lookups: hit:%s missed:%s lost:%s",
                number(datapath.stat("n_hit")),
                number(datapath.stat("n_missed")),
                number(datapath.stat("n_lost")));
        out.line("  flows: " + number(datapath.stat("n_flows")));
        masks(datapath, out);
        cache(datapath, "  ", out);
        for (Vport port : ports) {
            PortKind kind = PortKind.of(port);
            out.line("  port " + port.number() + ": " + port.name() + kind.suffix());
            if (options.statistics) {
                PortStatistics.of(port, kind, links).print(out);
            }
        }
    }

    private static void masks(Datapath datapath, Output out) throws IOException {
        StructValue masks = datapath.attributes().struct(DatapathAttributes.MEGAFLOW_STATS);
        if (masks == null) {
            return;
        }
        long packets = datapath.stat("n_hit") + datapath.stat("n_missed");
        long tried = masks.number("n_mask_hit");
        out.format(
                "  masks: hit:%s total:%s hit/pkt:%s",
                number(tried), number(masks.number("n_masks")), ratio(tried, packets, 1));
        long cached = masks.number("n_cache_hit");
        if (cached != 0) {
            out.format(
                    "  cache: hit:%s hit-rate:%s%%", number(cached), ratio(cached, packets, 100));
        }
    }

    /** The sizes of a datapath's caches: there is one, or none before Linux 5.9. */
    static void cache(Datapath datapath, String indent, Output out) throws IOException {
        long size = datapath.attributes().number(DatapathAttributes.MASKS_CACHE_SIZE, -1);
        if (size >= 0) {
            out.line(indent + "caches:");
            out.line(indent + "  masks-cache: size:" + size);
        }
    }

    private static String number(long unsigned) {
        return Long.toUnsignedString(unsigned);
    }

    private static String ratio(long part, long of, int scale) {
        double value =
                of == 0
                        ? 0
                        : new BigDecimal(number(part))
                                .multiply(BigDecimal.valueOf(scale))
                                .divide(new BigDecimal(number(of)), MathContext.DECIMAL64)
                                .doubleValue();
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
