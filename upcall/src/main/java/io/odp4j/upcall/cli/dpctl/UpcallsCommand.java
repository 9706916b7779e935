package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.packet.PcapWriter;
import io.odp4j.upcall.cli.Output;
import io.odp4j.upcall.reader.UpcallSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code upcalls}: what a datapath hands up, as it comes. */
@Command(
        name = "upcalls",
        customSynopsis =
                "odp4j dpctl upcalls [-m] [--names] [--attach] [--per-cpu] [--pcap FILE] [--count N]"
                        + " [dp] [port...]",
        description = {
            "Leads the misses of the given ports, or of all, to a socket of its own and prints each"
                    + " upcall in one line, until killed; then where they went before is put back.",
            "The packets go no further than here. An action that shall come here too is"
                    + " userspace(pid=PID); the PID is told at the start, on standard error."
        })
final class UpcallsCommand extends KernelTask {
    @Option(
            names = "--attach",
            description =
                    "Attach the ports, which may have options as for add-if; detach at the end.")
    private boolean attach;

    @Option(
            names = "--per-cpu",
            description =
                    "Take over all upcalls of a datapath that dispatches by CPU instead of by port.")
    private boolean perCpu;

    @Option(names = "--pcap", paramLabel = "FILE", description = "Keep the packets in a file.")
    private Path pcap;

    @Option(names = "--count", paramLabel = "N", description = "End after N upcalls.")
    private int count;

    @Override
    boolean changes() {
        return true;
    }

    @Override
    void check() {
        // A datapath and any number of ports.
    }

    @Override
    int run(Session session, Output out) throws Exception {
        Session.Named named = session.split(words);
        Datapath datapath = named.datapath();
        UpcallSource source =
                UpcallSource.open(
                        session.channel().socket().peer(),
                        0,
                        datapath.name(),
                        UpcallSource.RECEIVE_BUFFER);
        try (NetlinkSocket socket = source.socket();
                PcapWriter file = pcap == null ? null : PcapWriter.create(pcap);
                UpcallTap tap = new UpcallTap(session)) {
            // Before the ports: a signal from here on puts back what they were.
            Watch watch = new Watch(options, count);
            tap(session, tap, datapath, named.rest(), socket.portId());
            PortNames names = options.names() ? session.names(datapath) : PortNames.NONE;
            UpcallPrinter printer = new UpcallPrinter(options, names, watch, file, out);
            error(
                    String.format(
                            "upcalls of %s come to pid %s",
                            datapath.name(), Integer.toUnsignedString(socket.portId())));
            watch.run(socket, () -> printer.read(socket, this::error), out);
        }
        return 0;
    }

    private void tap(
            Session session, UpcallTap tap, Datapath datapath, List<String> wanted, int pid)
            throws IOException, DpctlException {
        if (perCpu) {
            tap.everyCpu(datapath, pid);
        } else if (UpcallTap.dispatchesPerCpu(datapath)) {
            throw new DpctlException(
                    datapath.name()
                            + " dispatches upcalls by CPU, not by port: --per-cpu takes all of"
                            + " them over");
        }
        List<Vport> ports = new ArrayList<>();
        for (String word : wanted) {
            ports.add(
                    attach
                            ? tap.attach(datapath, PortOptions.parse(word), pid)
                            : PortCommands.find(session, datapath, word));
        }
        if (wanted.isEmpty()) {
            ports.addAll(session.vports().list(datapath.ifindex()));
        }
        for (Vport port : ports) {
            if (!perCpu && !attach) {
                tap.vport(port, pid);
            }
        }
    }
}
