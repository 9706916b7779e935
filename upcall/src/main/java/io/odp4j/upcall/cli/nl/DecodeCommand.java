package io.odp4j.upcall.cli.nl;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.family.DecodedMessage;
import io.odp4j.datapath.family.Dialect;
import io.odp4j.datapath.family.MessageDecoder;
import io.odp4j.datapath.family.MessageOutline;
import io.odp4j.datapath.family.MonitorSocket;
import io.odp4j.datapath.family.NetlinkText;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.Printable;
import io.odp4j.datapath.netlink.table.AttributeJson;
import io.odp4j.datapath.packet.PcapReader;
import io.odp4j.upcall.cli.InputFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decodes the netlink messages of a capture file. */
@Command(
        name = "decode",
        description = {
            "Decodes the netlink messages of a capture file, or as they come by, one a line.",
            "Such a file comes from tcpdump or dumpcap on an nlmon device: ip link add nlmon0 type"
                    + " nlmon.",
            "--bytes takes one apart that was pasted: every attribute with its offset and length."
        },
        mixinStandardHelpOptions = true)
final class DecodeCommand implements Callable<Integer> {
    /** LINKTYPE_NETLINK: 16 bytes in network byte order, the last two say which protocol. */
    private static final int LINKTYPE_NETLINK = 253;

    private static final int COOKED_HEADER = 16;
    private static final int PROTOCOL_OFFSET = 14;
    private static final int LOOK_MILLIS = 1000;

    @ArgGroup(multiplicity = "1")
    private From from;

    /** Where messages come from. */
    private static final class From {
        @Parameters(
                paramLabel = "FILE",
                description = "pcap or pcapng, link type NETLINK; - for standard input.")
        private String file;

        @Option(
                names = "--device",
                paramLabel = "DEVICE",
                description = "An nlmon device that is up: everything that comes by, for ever.")
        private String device;

        @Option(
                names = "--bytes",
                paramLabel = "TEXT",
                description = {
                    "Hexadecimal digits, or a line of strace -e raw with its escapes; - reads them"
                            + " from standard input."
                })
        private String bytes;
    }

    @Option(names = "--route", description = "With --bytes: it is rtnetlink, not generic netlink.")
    private boolean route;

    @Option(
            names = "--family",
            paramLabel = "NUMBER=NAME",
            description = {
                "What a type number means where the messages come from, such as 28=ovs_flow.",
                "With --bytes, a number that is not known is taken for the family that fits best."
            })
    private Map<Integer, String> families = Map.of();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "0",
            description = "With --device: stop after N datagrams. Default: never.")
    private long count;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(
            names = "--dialect",
            defaultValue = "LINUX",
            description = "Whose rtnetlink: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Dialect dialect;

    @Option(
            names = "--ask-kernel",
            description =
                    "Learn the numbers of generic-netlink families from this machine's kernel.")
    private boolean askKernel;

    @Override
    public Integer call() throws IOException {
        MessageDecoder decoder = new MessageDecoder(dialect);
        if (askKernel) {
            decoder.learn();
        }
        try (JsonLines out = new JsonLines(System.out, json)) {
            families.forEach(decoder::learn);
            if (from.bytes != null) {
                outline(decoder, out);
            } else if (from.device == null) {
                file(decoder, out);
            } else {
                device(decoder, out);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return 0;
    }

    private void file(MessageDecoder decoder, JsonLines out) throws IOException {
        try (PcapReader pcap =
                from.file.equals("-")
                        ? new PcapReader(new BufferedInputStream(System.in))
                        : PcapReader.open(InputFile.check(Path.of(from.file)))) {
            long number = 0;
            while (pcap.next()) {
                number++;
                if (pcap.linkType() != LINKTYPE_NETLINK || pcap.length() < COOKED_HEADER) {
                    out.line("packet " + number + " is no netlink packet");
                    continue;
                }
                int protocol =
                        Short.toUnsignedInt(
                                pcap.frame()
                                        .duplicate()
                                        .order(ByteOrder.BIG_ENDIAN)
                                        .getShort(PROTOCOL_OFFSET));
                datagram(
                        decoder,
                        protocol,
                        pcap.frame(),
                        COOKED_HEADER,
                        pcap.length() - COOKED_HEADER,
                        number,
                        out);
            }
        }
    }

    private void device(MessageDecoder decoder, JsonLines out) throws IOException {
        decoder.learn(); // families that were there before the first message
        try (MonitorSocket socket = MonitorSocket.open(from.device)) {
            for (long number = 1; count == 0 || number <= count; number++) {
                int length = 0;
                while (length == 0) {
                    length = socket.receive(LOOK_MILLIS);
                    long dropped = socket.dropped();
                    if (dropped > 0) {
                        System.err.println("odp4j: " + dropped + " datagrams were lost");
                    }
                }
                datagram(decoder, socket.protocol(), socket.buffer(), 0, length, number, out);
                out.flush();
            }
        }
    }

    private static void datagram(
            MessageDecoder decoder,
            int protocol,
            ByteBuffer buffer,
            int offset,
            int length,
            long number,
            JsonLines out)
            throws IOException {
        try {
            decoder.decode(protocol, buffer, offset, length, message -> print(message, out));
        } catch (NetlinkFormatException e) {
            out.line("packet " + number + ": " + e.getMessage());
        }
    }

    private void outline(MessageDecoder decoder, JsonLines out) throws IOException {
        String text =
                from.bytes.equals("-")
                        ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                        : from.bytes;
        byte[] bytes = NetlinkText.bytes(text);
        if (bytes == null) {
            throw new IOException(
                    "--bytes: neither hexadecimal digits nor a string with escapes in quotes");
        }
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(bytes.length)
                        .order(ByteOrder.nativeOrder())
                        .put(0, bytes);
        int protocol = route ? NetlinkEndpoint.ROUTE : NetlinkEndpoint.GENERIC;
        decoder.guessFamilies();
        if (json) {
            decoder.decode(protocol, buffer, 0, bytes.length, message -> print(message, out));
        } else {
            out.line(MessageOutline.of(protocol, buffer, decoder).stripTrailing());
        }
    }

    private static void print(DecodedMessage m, JsonLines out) {
        try {
            if (out.isJson()) {
                out.value(g -> write(m, g));
                return;
            }
            StringBuilder line = new StringBuilder();
            line.append(m.family()).append(' ').append(m.operation());
            line.append(" flags=0x").append(Integer.toHexString(m.flags()));
            line.append(" seq=").append(Integer.toUnsignedString(m.sequence()));
            line.append(" portid=").append(Integer.toUnsignedString(m.portId()));
            if (m.problem() != null) {
                line.append(" (").append(Printable.oneLine(m.problem())).append(')');
            }
            if (m.attributes() != null) {
                line.append(' ').append(m.attributes());
            }
            out.line(line.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DecodedMessage m, JsonGenerator g) throws IOException {
        g.writeStartObject();
        g.writeStringField("family", m.family());
        g.writeStringField("operation", m.operation());
        g.writeNumberField("type", m.type());
        g.writeNumberField("flags", m.flags());
        g.writeNumberField("seq", Integer.toUnsignedLong(m.sequence()));
        g.writeNumberField("portid", Integer.toUnsignedLong(m.portId()));
        g.writeNumberField("length", m.length());
        if (m.problem() != null) {
            g.writeStringField("problem", m.problem());
        }
        if (m.attributes() != null) {
            g.writeFieldName("attributes");
            AttributeJson.write(m.attributes(), g);
        }
        g.writeEndObject();
    }
}
