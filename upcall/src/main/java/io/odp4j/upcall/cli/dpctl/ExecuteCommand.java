package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.text.ActionParser;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.ovs.Packets;
import io.odp4j.datapath.packet.PcapReader;
import io.odp4j.datapath.packet.craft.CraftedPacket;
import io.odp4j.datapath.packet.craft.PacketCrafter;
import io.odp4j.upcall.cli.InputFile;
import io.odp4j.upcall.cli.Output;
import io.odp4j.upcall.cli.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code execute}: runs actions on frames in a datapath. */
@Command(
        name = "execute",
        customSynopsis = "odp4j dpctl execute [--in-port N] [--pcap FILE] [dp] actions [frame...]",
        description = {
            "Runs actions on frames, as if they had just been received.",
            "A frame is hexadecimal digits, or headers: 'in_port(1),eth(),ipv4(dst=10.0.0.2),"
                    + "udp(dst=53)', as 'odp4j packet' takes them; a flow's key is such a text too."
                    + " What is said of the port and other metadata counts. --pcap takes every frame"
                    + " of a capture file."
        })
final class ExecuteCommand extends KernelTask {
    /** Key attributes that are not in a frame. */
    private static final Set<Integer> METADATA =
            Set.of(
                    KeyAttributes.PRIORITY.number(),
                    KeyAttributes.IN_PORT.number(),
                    KeyAttributes.SKB_MARK.number(),
                    KeyAttributes.TUNNEL.number(),
                    KeyAttributes.DP_HASH.number(),
                    KeyAttributes.RECIRC_ID.number());

    @Option(names = "--pcap", paramLabel = "FILE", description = "Take the frames of a file.")
    private Path pcap;

    @Option(
            names = "--in-port",
            paramLabel = "N",
            description = "The port that frames come in at; the local one unless told.")
    private Long inPort;

    private PortNames names;
    private AttributeList actions;
    private Packets packets;

    @Override
    boolean changes() {
        return true;
    }

    @Override
    void check() {
        requireWords(pcap == null ? 2 : 1, Integer.MAX_VALUE);
    }

    @Override
    int run(Session session, Output out) throws Exception {
        Session.Named named = session.split(words);
        List<String> rest = named.rest();
        if (rest.size() < (pcap == null ? 2 : 1)) {
            throw new UsageException("execute: actions and a frame are wanted");
        }
        names = session.names(named.datapath());
        actions = new ActionParser(names).parse(rest.get(0));
        packets = new Packets(session.channel(), session.families(), named.datapath());
        int status = each(rest.subList(1, rest.size()));
        if (pcap != null) {
            try (PcapReader frames = PcapReader.open(InputFile.check(pcap))) {
                while (frames.next()) {
                    packets.execute(frames.bytes(), metadata(List.of()), actions);
                }
            }
        }
        return status;
    }

    private int each(List<String> frames) throws IOException {
        int status = 0;
        for (String frame : frames) {
            try {
                if (frame.contains("(")) {
                    CraftedPacket packet = PacketCrafter.craft(frame, names);
                    packets.execute(packet.frame(), metadata(packet.metadata()), actions);
                } else {
                    packets.execute(Hex.parse(frame), metadata(List.of()), actions);
                }
            } catch (NetlinkException | DpctlException | FlowSyntaxException e) {
                error(e.getMessage());
                status = 1;
            }
        }
        return status;
    }

    private AttributeList metadata(Iterable<Attribute> attributes) {
        AttributeList metadata = new AttributeList(KeyAttributes.TABLE);
        for (Attribute attribute : attributes) {
            boolean port = attribute.number() == KeyAttributes.IN_PORT.number();
            if (METADATA.contains(attribute.number()) && !(port && inPort != null)) {
                metadata.add(attribute);
            }
        }
        if (inPort != null) {
            metadata.put(KeyAttributes.IN_PORT, inPort);
        }
        return metadata;
    }
}
