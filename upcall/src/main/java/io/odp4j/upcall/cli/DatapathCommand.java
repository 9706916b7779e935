package io.odp4j.upcall.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.conntrack.ConntrackCounter;
import io.odp4j.datapath.embedded.device.PortDevices;
import io.odp4j.datapath.embedded.endpoint.EndpointFile;
import io.odp4j.datapath.embedded.endpoint.RunDirectory;
import io.odp4j.datapath.embedded.forwarding.PacketCounter;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.upcall.embedded.CachedFlowTable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code odp4j datapath}: an embedded datapath in a process of its own. */
@Command(
        name = "datapath",
        description = {
            "Runs an embedded datapath, a userspace switch, until it is told to stop. Others reach"
                    + " it by its name: odp4j agent --datapath embedded:NAME, odp4j dpctl show"
                    + " embedded:NAME. Its flows stay while agents come and go.",
            "SIGTERM and Ctrl-C stop it, SIGUSR1 prints its counters."
        },
        footerHeading = "%nPorts:%n",
        footer = {
            "  tap:IF           a tap device, made for it; needs CAP_NET_ADMIN",
            "  packet:IF        a network interface, by a packet socket; needs CAP_NET_RAW",
            "  pcap:in=FILE,out=FILE,speed=max|real",
            "                   the frames of a capture come in, what is sent is written",
            "  NAME=pipe:PEER   one end of a pipe; the other, anywhere, is PEER=pipe:NAME",
            "  gen:flows=N,size=N,rate=N|max,count=N",
            "                   UDP frames come in, a thousand a second unless told otherwise",
            "  sink             takes everything",
            "  NAME= may stand before any: the port's name. Captures and generators begin",
            "  when an agent takes the port's upcalls."
        })
final class DatapathCommand implements Callable<Integer> {
    private static final long MOST_U32 = 0xffff_ffffL;
    private static final List<String> STATISTICS =
            List.of("n_hit", "n_missed", "n_lost", "n_flows");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "odp0",
            description = "Name of the datapath. Default: ${DEFAULT-VALUE}.")
    private String name;

    @Option(
            names = "--port",
            arity = "1..*",
            paramLabel = "SPEC",
            description = "Its ports, see below.")
    private List<String> ports = List.of();

    @Option(
            names = "--endpoint-file",
            paramLabel = "FILE",
            description = {
                "Where to write down its netlink port id; others then name it embedded:FILE.",
                "Default: NAME.datapath in $XDG_RUNTIME_DIR/odp4j, or in /run/odp4j."
            })
    private Path endpointFile;

    @Option(
            names = "--json",
            description = "Say where it answers, and its counters, as JSON, one object a line.")
    private boolean json;

    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Path file = endpointFile;
        if (file == null) {
            RunDirectory.make();
            file = EndpointFile.path(name);
        }
        requireFree(file);
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open(CachedFlowTable::new);
                PortDevices devices = PortDevices.open(embedded, ports);
                RequestChannel channel = RequestChannel.open(embedded.endpoint())) {
            OvsFamilies families = OvsFamilies.resolve(channel);
            Datapath datapath = new Datapaths(channel, families).create(name, 0, 0);
            for (String port : devices.names()) {
                new Vports(channel, families)
                        .add(datapath.ifindex(), port, Vport.TYPE_NETDEV, new int[] {0}, null);
            }
            EndpointFile endpoint =
                    new EndpointFile(
                            name, embedded.endpoint().portId(), ProcessHandle.current().pid());
            endpoint.write(file);
            try {
                run(embedded, devices, file);
            } finally {
                Files.deleteIfExists(file);
                print(embedded);
            }
        }
        return 0;
    }

    private void check() {
        try {
            PortDevices.parse(ports);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        if (name.isEmpty() || name.contains("/") || name.contains(":")) {
            throw new UsageException("'" + name + "' cannot be a datapath's name");
        }
    }

    private void requireFree(Path file) throws IOException {
        if (Files.exists(file)) {
            EndpointFile other = EndpointFile.read(file);
            if (other.answers()) {
                throw new IOException(
                        "process " + other.pid() + " runs embedded:" + name + " already");
            }
        }
    }

    private void run(EmbeddedDatapath embedded, PortDevices devices, Path file)
            throws InterruptedException {
        Signals.handle("TERM", end::countDown);
        Signals.handle("INT", end::countDown);
        Signals.handle("USR1", () -> print(embedded));
        if (json) {
            printObject(
                    System.out,
                    out -> {
                        out.writeStringField("name", name);
                        out.writeNumberField("port_id", embedded.endpoint().portId() & MOST_U32);
                        out.writeStringField("endpoint_file", file.toString());
                        out.writeArrayFieldStart("ports");
                        for (String port : devices.names()) {
                            out.writeString(port);
                        }
                        out.writeEndArray();
                    });
        } else {
            System.err.printf(
                    "odp4j: embedded datapath %s answers on %s (%s), ports: %s%n",
                    name,
                    embedded.endpoint(),
                    file,
                    devices.names().isEmpty() ? "none" : String.join(", ", devices.names()));
        }
        end.await();
    }

    private void print(EmbeddedDatapath embedded) {
        try (RequestChannel channel = RequestChannel.open(embedded.endpoint())) {
            OvsFamilies families = OvsFamilies.resolve(channel);
            Datapath datapath = new Datapaths(channel, families).get(name);
            if (json) {
                printJson(datapath, embedded);
            } else {
                printText(datapath, embedded);
            }
        } catch (NetlinkException e) {
            System.err.println("odp4j: no counters: " + e.getMessage());
        }
    }

    private static void printText(Datapath datapath, EmbeddedDatapath embedded) {
        StringBuilder line = new StringBuilder("odp4j: counters");
        for (String stat : STATISTICS) {
            line.append(' ').append(stat).append('=').append(datapath.stat(stat));
        }
        System.err.println(line.append(" connections=").append(embedded.connections()));
        long[] counts = embedded.counters();
        for (PacketCounter counter : PacketCounter.values()) {
            System.err.printf(
                    "  %-20s %12d  %s%n",
                    counter.label(), counts[counter.ordinal()], counter.meaning());
        }
        long[] tracked = embedded.conntrackCounters();
        for (ConntrackCounter counter : ConntrackCounter.values()) {
            if (tracked[counter.ordinal()] != 0) {
                System.err.printf(
                        "  %-20s %12d  %s%n",
                        counter.label(), tracked[counter.ordinal()], counter.description());
            }
        }
    }

    private void printJson(Datapath datapath, EmbeddedDatapath embedded) {
        long[] counts = embedded.counters();
        long[] tracked = embedded.conntrackCounters();
        printObject(
                System.out,
                out -> {
                    out.writeStringField("name", name);
                    for (String stat : STATISTICS) {
                        out.writeNumberField(stat, datapath.stat(stat));
                    }
                    for (PacketCounter counter : PacketCounter.values()) {
                        out.writeNumberField(counter.label(), counts[counter.ordinal()]);
                    }
                    out.writeNumberField("connections", embedded.connections());
                    for (ConntrackCounter counter : ConntrackCounter.values()) {
                        out.writeNumberField(counter.label(), tracked[counter.ordinal()]);
                    }
                });
    }

    private interface Fields {
        void write(JsonGenerator out) throws IOException;
    }

    /** Prints one object, whole, as a line. */
    private static void printObject(PrintStream out, Fields fields) {
        StringWriter line = new StringWriter();
        try (JsonGenerator object = new JsonFactory().createGenerator(line)) {
            object.writeStartObject();
            fields.write(object);
            object.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println(line);
        out.flush();
    }
}
