package io.odp4j.upcall.repl.view;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.text.FlowFormatter;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.packet.PcapWriter;
import io.odp4j.datapath.packet.craft.CraftedPacket;
import io.odp4j.datapath.packet.craft.PacketSource;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.repl.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code packet}: a packet from text, and what becomes of it. */
@Command(
        name = "packet",
        description = {
            "Makes a packet and prints its key and bytes; or asks what becomes of it; or sends it.",
            "PACKET is headers as in_port(vm1),eth(),ipv4(dst=10.0.0.2),udp(dst=53), hexadecimal"
                    + " digits, or FILE.pcap#NUMBER. What is left out has a usual value, checksums"
                    + " and lengths are filled in."
        })
final class PacketView extends View {
    @Option(names = "--in-port", paramLabel = "PORT", description = "The port it comes in at.")
    private String inPort;

    @Option(
            names = "--policy",
            description = "What the policy decides (ofproto/trace); nothing is sent.")
    private boolean policy;

    @Option(
            names = "--table",
            description = "Which flow of the datapath it meets, in a copy of the table.")
    private boolean table;

    @Option(
            names = "--execute",
            paramLabel = "ACTIONS",
            description = "Send it through these actions in the datapath (dpctl/execute).")
    private String actions;

    @Option(names = "--inject", description = "Send it as if it had come in at its port.")
    private boolean inject;

    @Option(
            names = "--br",
            paramLabel = "NAME",
            description = "The bridge or datapath, where the target has several.")
    private String bridge;

    @Option(names = "--pcap", paramLabel = "FILE", description = "Write it to a file.")
    private Path pcap;

    @Parameters(paramLabel = "PACKET", arity = "1..*", description = "What it is.")
    private List<String> words = List.of();

    @Override
    public void run(Target target, PrintStream out, BooleanSupplier stopped)
            throws IOException, ControlException, InterruptedException {
        PortNames names = TargetPorts.names(target);
        try (PcapWriter file = pcap == null ? null : PcapWriter.create(pcap)) {
            long number = 0;
            for (CraftedPacket packet : packets(names)) {
                if (file != null) {
                    file.write(number++ * 1_000_000, packet.frame());
                }
                one(packet, target, names, out);
            }
        } catch (FlowSyntaxException e) {
            throw new ControlException(e.getMessage(), e);
        }
    }

    private List<CraftedPacket> packets(PortNames names) throws IOException, ControlException {
        List<CraftedPacket> packets = PacketSource.read(String.join(" ", words), names);
        if (inPort != null) {
            long port = port(inPort, names);
            packets.forEach(packet -> packet.metadata().put(KeyAttributes.IN_PORT, port));
        }
        return packets;
    }

    private static long port(String word, PortNames names) throws ControlException {
        if (names.numberOf(word).isPresent()) {
            return names.numberOf(word).getAsInt();
        }
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new ControlException("there is no port " + word, e);
        }
    }

    private void one(CraftedPacket packet, Target target, PortNames names, PrintStream out)
            throws IOException, ControlException, InterruptedException {
        FlowKey key = packet.key();
        String hex = HexFormat.of().formatHex(packet.frame());
        if (policy) {
            out.print(target.run("ofproto/trace", words(text(key, PortNames.NONE))));
        }
        if (table) {
            lookUp(key, target, names, out);
        }
        if (actions != null) {
            List<String> execute = new ArrayList<>();
            if (key.inPort() != FlowKey.PORT_NONE) {
                execute.addAll(List.of("--in-port", Integer.toString(key.inPort())));
            }
            execute.addAll(words(actions, hex));
            out.print(target.run("dpctl/execute", execute));
        }
        if (inject) {
            if (key.inPort() == FlowKey.PORT_NONE) {
                throw new ControlException("--inject: say in_port(PORT) or --in-port PORT");
            }
            out.print(inject(target, Integer.toString(key.inPort()), hex));
        }
        if (!policy && !table && !inject && actions == null) {
            print(packet, text(key, names), hex, out);
        }
    }

    /** A datapath without an agent is asked to look the frame up anew, as a first pass. */
    private String inject(Target target, String port, String hex)
            throws IOException, ControlException, InterruptedException {
        return target.commands().containsKey("packet/inject")
                ? target.run("packet/inject", List.of("--in-port", port, hex))
                : target.run("dpctl/execute", words("--in-port", port, "recirc(0)", hex));
    }

    /** The words of a command, the bridge's name before them if there is one. */
    private List<String> words(String... others) {
        List<String> all = new ArrayList<>();
        if (bridge != null) {
            all.add(bridge);
        }
        all.addAll(List.of(others));
        return all;
    }

    private void print(CraftedPacket packet, String key, String hex, PrintStream out)
            throws IOException {
        if (json) {
            out.println(
                    JsonObjects.write(
                            fields -> {
                                fields.writeStringField("key", key);
                                fields.writeNumberField("length", packet.frame().length);
                                fields.writeStringField("packet", hex);
                            }));
        } else {
            out.println(key);
            out.println(hex);
        }
    }

    private void lookUp(FlowKey key, Target target, PortNames names, PrintStream out)
            throws IOException, ControlException, InterruptedException {
        for (DumpedFlow flow : new FlowDump(names).of(target, bridge)) {
            if (flow.mask().matches(key, flow.key())) {
                out.printf(
                        "%s, packets:%d, bytes:%d, actions:%s%n",
                        flow.match(), flow.packets(), flow.bytes(), flow.actions());
                return;
            }
        }
        out.println("no flow: it would come up as a miss");
    }

    private static String text(FlowKey key, PortNames names) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(FlowKeyEncoder.MAX_LENGTH).order(ByteOrder.nativeOrder());
        MessageWriter writer = new MessageWriter().wrap(bytes, 0, bytes.capacity());
        FlowKeyEncoder.encodeKey(key, writer);
        StringBuilder text = new StringBuilder();
        new FlowFormatter(FlowTextOptions.MORE.withNames(names))
                .format(text, bytes, 0, writer.written());
        return text.toString();
    }
}
