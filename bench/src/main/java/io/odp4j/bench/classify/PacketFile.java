package io.odp4j.bench.classify;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.packet.FlowExtractor;
import io.odp4j.datapath.packet.PcapReader;
import io.odp4j.upcall.cli.InputFile;
import io.odp4j.upcall.cli.NamedPorts;
import io.odp4j.upcall.cli.PacketText;
import io.odp4j.upcall.cli.SyntaxException;
import io.odp4j.upcall.cli.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of packets, a capture or text. */
public final class PacketFile {
    private static final int ETHERNET = 1;

    private PacketFile() {}

    /**
     * Reads the keys of all packets.
     *
     * @param inPort where a capture's packets come in
     * @throws UsageException if there is no such file, or a line of it cannot be read
     */
    public static List<FlowKey> read(Path file, NamedPorts ports, int inPort) throws IOException {
        InputFile.check(file);
        return isCapture(file) ? capture(file, inPort) : text(file, ports);
    }

    /** By the magic number: a section header block, or one of pcap's four. */
    private static boolean isCapture(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] magic = in.readNBytes(4);
            if (magic.length < 4) {
                return false;
            }
            int first = magic[0] & 0xff;
            int last = magic[3] & 0xff;
            return first == 0x0a && last == 0x0a && magic[1] == 0x0d
                    || first == 0xa1 && magic[1] == (byte) 0xb2
                    || last == 0xa1 && magic[2] == (byte) 0xb2;
        }
    }

    private static List<FlowKey> capture(Path file, int inPort) throws IOException {
        List<FlowKey> keys = new ArrayList<>();
        FlowExtractor extractor = new FlowExtractor();
        try (PcapReader pcap = PcapReader.open(file)) {
            while (pcap.next()) {
                FlowKey key = new FlowKey();
                if (pcap.linkType() == ETHERNET
                        && extractor.extract(pcap.frame(), 0, pcap.length(), inPort, key)) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    private static List<FlowKey> text(Path file, NamedPorts ports) throws IOException {
        List<FlowKey> keys = new ArrayList<>();
        PacketText parser = new PacketText(ports);
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank() && !line.strip().startsWith("#")) {
                    keys.add(parse(parser, line.strip(), file + ":" + number));
                }
            }
        }
        return keys;
    }

    private static FlowKey parse(PacketText parser, String line, String where) {
        try {
            return parser.parse(line);
        } catch (FlowSyntaxException | SyntaxException e) {
            throw new UsageException(where + ": " + e.getMessage());
        }
    }
}
