package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.FlowMessage;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;

/** {@code dump-flows}: a datapath's flows, as they come from the kernel. */
@Command(
        name = "dump-flows",
        customSynopsis =
                "odp4j dpctl dump-flows [-m] [--names] [dp] [filter=...] [type=...] [pmd=...]",
        description = {
            "Prints the flows of a datapath.",
            "filter= takes an OpenFlow match or a flow key; type= takes all, ovs, non-offloaded, or"
                    + " types that a kernel's own flows never have: tc, dpdk, offloaded,"
                    + " partially-offloaded. pmd= is of userspace datapaths, and is ignored."
        })
final class DumpFlowsCommand extends KernelTask {
    private static final Set<String> OWN = Set.of("all", "ovs", "non-offloaded");
    private static final Set<String> FOREIGN =
            Set.of("tc", "dpdk", "offloaded", "partially-offloaded");

    private String datapathWord;
    private String filter;
    private String types = "all";

    @Override
    void check() {
        for (String word : words) {
            if (word.startsWith("filter=")) {
                filter = word.substring("filter=".length());
            } else if (word.startsWith("type=")) {
                types = word.substring("type=".length());
            } else if (!word.startsWith("pmd=")) {
                requireWords(0, datapathWord == null ? words.size() : 1);
                datapathWord = word;
            }
        }
    }

    @Override
    int run(Session session, Output out) throws Exception {
        Datapath datapath =
                datapathWord == null ? session.onlyDatapath() : session.datapath(datapathWord);
        if (!wanted()) {
            return 0;
        }
        PortNames names = session.names(datapath);
        FlowFilter chosen = filter == null ? null : FlowFilter.parse(filter, names);
        FlowPrinter printer =
                new FlowPrinter(options, options.names() ? names : PortNames.NONE, out);
        try (Session second = Session.open(options)) {
            session.flows(datapath)
                    .dump(
                            0,
                            flow -> {
                                if (chosen == null || chosen.matches(flow)) {
                                    print(flow, printer, second, datapath);
                                }
                            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return 0;
    }

    private boolean wanted() throws DpctlException {
        boolean own = false;
        for (String type : List.of(types.split(","))) {
            if (!OWN.contains(type) && !FOREIGN.contains(type)) {
                throw new DpctlException("there is no flow type " + type);
            }
            own |= OWN.contains(type);
        }
        return own;
    }

    private static void print(
            FlowMessage flow, FlowPrinter printer, Session second, Datapath datapath) {
        try {
            if (flow.hasActions()) {
                printer.print(flow);
            } else {
                printWhole(flow, printer, second, datapath);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A dump leaves out an action list that is too long for it; a GET does not. */
    private static void printWhole(
            FlowMessage flow, FlowPrinter printer, Session second, Datapath datapath)
            throws NetlinkException {
        second.flows(datapath)
                .get(
                        "flow get",
                        FlowRequests.identity(flow),
                        whole -> {
                            try {
                                printer.print(whole);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                            return null;
                        });
    }
}
