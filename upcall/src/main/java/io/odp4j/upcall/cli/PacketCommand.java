package io.odp4j.upcall.cli;

import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.packet.PcapWriter;
import io.odp4j.datapath.packet.craft.CraftedPacket;
import io.odp4j.datapath.packet.craft.PacketCrafter;
import io.odp4j.datapath.packet.craft.PacketSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code odp4j packet}: makes frames from text. */
@Command(
        name = "packet",
        description = {
            "Makes packets: ipv4(dst=10.0.0.2),udp(dst=53),payload(\"x\") for example. What is left"
                    + " out has a usual value; lengths and checksums are filled in.",
            "Prints each frame in hexadecimal digits, or writes them to a capture file. 'odp4j dpctl"
                    + " parse-packet' shows a frame's key, 'odp4j dpctl execute' sends it."
        })
final class PacketCommand implements Callable<Integer> {
    @Option(names = "--pcap", paramLabel = "FILE", description = "Write a capture file.")
    private Path pcap;

    @Option(names = "--headers", description = "List the headers and their fields.")
    private boolean headers;

    @Parameters(
            paramLabel = "PACKET",
            arity = "0..*",
            description = "Headers, hexadecimal digits, or FILE.pcap#NUMBER.")
    private List<String> words = List.of();

    @Override
    public Integer call() throws IOException {
        if (words.isEmpty() && !headers) {
            throw new UsageException("a packet is missing");
        }
        try (Output out = new Output(System.out);
                PcapWriter file = pcap == null ? null : PcapWriter.create(pcap)) {
            if (headers) {
                for (var header : PacketCrafter.headers().entrySet()) {
                    out.line(header.getKey() + "(" + header.getValue() + ")");
                }
            }
            long number = 0;
            for (String word : words) {
                for (CraftedPacket packet : PacketSource.read(word, PortNames.NONE)) {
                    if (file == null) {
                        out.line(HexFormat.of().formatHex(packet.frame()));
                    } else {
                        file.write(number++ * 1_000_000, packet.frame());
                    }
                }
            }
        }
        return 0;
    }
}
