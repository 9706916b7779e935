package io.odp4j.datapath.packet.craft;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.packet.PcapReader;
import io.odp4j.datapath.packet.PcapWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Packets by a word: headers ({@code eth(),ipv4()}), hexadecimal digits, or a capture file and the
 * number of a packet in it ({@code in.pcap#3}, without the number all of them).
 */
public final class PacketSource {
    private static final Pattern FILE =
            Pattern.compile("(.+\\.(?:pcap|pcapng|cap))(?:#(\\d{1,9}))?");

    private PacketSource() {}

    /**
     * Reads them.
     *
     * @param ports names that in_port may be given by
     * @throws io.odp4j.datapath.flow.text.FlowSyntaxException if headers cannot be read
     * @throws IOException if a file cannot be read, or the word is nothing of that
     */
    public static List<CraftedPacket> read(String word, PortNames ports) throws IOException {
        if (word.contains("(")) {
            return List.of(PacketCrafter.craft(word, ports));
        }
        Matcher file = FILE.matcher(word);
        if (file.matches()) {
            String number = file.group(2);
            return capture(Path.of(file.group(1)), number == null ? 0 : Integer.parseInt(number));
        }
        try {
            String digits = word.replaceFirst("^\\s*0x", "").replaceAll("[\\s:]", "");
            return List.of(packet(HexFormat.of().parseHex(digits)));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "\""
                            + word
                            + "\" is no packet: headers as udp(dst=53), pairs of hexadecimal"
                            + " digits, or FILE.pcap#NUMBER",
                    e);
        }
    }

    private static List<CraftedPacket> capture(Path file, int wanted) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(file + ": there is no such file, or it may not be read");
        }
        List<CraftedPacket> packets = new ArrayList<>();
        try (PcapReader pcap = PcapReader.open(file)) {
            for (int number = 1; pcap.next(); number++) {
                if (pcap.linkType() != PcapWriter.LINK_ETHERNET) {
                    throw new IOException(file + ": packet " + number + " is no Ethernet frame");
                }
                if (wanted == 0 || number == wanted) {
                    packets.add(packet(pcap.bytes()));
                }
            }
        }
        if (wanted > 0 && packets.isEmpty()) {
            throw new IOException(file + ": there is no packet " + wanted);
        }
        return packets;
    }

    private static CraftedPacket packet(byte[] frame) {
        return new CraftedPacket(frame, new AttributeList(KeyAttributes.TABLE));
    }
}
