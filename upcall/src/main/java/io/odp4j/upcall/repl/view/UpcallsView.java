package io.odp4j.upcall.repl.view;

import io.odp4j.datapath.packet.PcapWriter;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.repl.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code upcalls}: packets that come up, as they come, with what became of them. */
@Command(
        name = "upcalls",
        description = {
            "Packets that come up to the agent, as they come: time, what became of it, why it came,"
                    + " how long that took, key, length, actions. Ctrl-C ends it.",
            "The agent never waits for this: what is beyond the rate is counted (not shown), and"
                    + " what it overwrote before it was fetched (missed)."
        })
final class UpcallsView extends View {
    @Option(names = "--rate", paramLabel = "N", description = "At most N a second; default 100.")
    private int rate = 100;

    @Option(names = "--count", paramLabel = "N", description = "End after N.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--pcap", paramLabel = "FILE", description = "Keep the packets in a file.")
    private Path pcap;

    @Parameters(paramLabel = "FILTER", description = "Such as: in_port=vm3 and latency>1000")
    private List<String> filter = List.of();

    @Override
    public boolean isFiltered() {
        return true;
    }

    @Override
    public boolean isEndless() {
        return true;
    }

    @Override
    public void run(Target target, PrintStream out, BooleanSupplier stopped)
            throws IOException, ControlException, InterruptedException {
        if (!target.commands().containsKey("upcall/watch")) {
            throw new ControlException(
                    target.name() + " does not show its upcalls; an agent of odp4j does");
        }
        try (PcapWriter file = pcap == null ? null : PcapWriter.create(pcap)) {
            new EventStream("upcall/watch", String.join(" ", filter), json, count)
                    .rate(rate)
                    .file(file)
                    .run(target, out, stopped);
        }
    }
}
