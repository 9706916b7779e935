package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.flow.text.FlowFormatter;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.packet.FlowExtractor;
import io.odp4j.datapath.packet.PcapReader;
import io.odp4j.datapath.packet.PcapWriter;
import io.odp4j.datapath.packet.craft.PacketCrafter;
import io.odp4j.upcall.cli.InputFile;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parse-packet}: frames to flow keys, as the kernel does it, without a kernel. */
@Command(
        name = "parse-packet",
        customSynopsis = "odp4j dpctl parse-packet [--in-port N] [--hex] [--pcap FILE | frame...]",
        description = {
            "Prints the flow key that the kernel makes of each frame: of a capture file, of the"
                    + " arguments or, without any, of the lines of standard input, in hexadecimal"
                    + " digits or as headers, ipv4(dst=10.0.0.2),udp(dst=53).",
            "--hex prints the key's bytes as attributes."
        })
final class ParsePacketCommand extends LineTask {
    @Option(names = "--pcap", paramLabel = "FILE", description = "Read a capture file.")
    private Path pcap;

    @Option(names = "--hex", description = "Print the attributes' bytes.")
    private boolean hex;

    @Option(
            names = "--in-port",
            paramLabel = "N",
            description = "The port that frames come in at; none unless told.")
    private int inPort = FlowKey.PORT_NONE;

    private final FlowExtractor extractor = new FlowExtractor();
    private final FlowKey key = new FlowKey();
    private final ByteBuffer bytes =
            ByteBuffer.allocateDirect(FlowKeyEncoder.MAX_LENGTH).order(ByteOrder.nativeOrder());
    private final MessageWriter writer = new MessageWriter();
    private FlowFormatter formatter;
    private FlowObject object;

    @Override
    int run(Output out) throws Exception {
        formatter = new FlowFormatter(FlowTextOptions.MORE);
        object = new FlowObject(FlowTextOptions.MORE);
        return pcap == null ? super.run(out) : capture(out);
    }

    private int capture(Output out) throws IOException {
        int status = 0;
        try (PcapReader frames = PcapReader.open(InputFile.check(pcap))) {
            while (frames.next()) {
                try {
                    boolean ethernet = frames.linkType() == PcapWriter.LINK_ETHERNET;
                    print(frames.frame(), frames.length(), ethernet, out);
                } catch (DpctlException e) {
                    bad(e.getMessage(), 0, out);
                    status = 1;
                }
            }
        }
        return status;
    }

    @Override
    void answer(String input, Output out) throws IOException, DpctlException {
        byte[] frame =
                input.contains("(")
                        ? PacketCrafter.craft(input, PortNames.NONE).frame()
                        : Hex.parse(input);
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(frame.length).order(ByteOrder.nativeOrder()).put(frame);
        print(buffer, frame.length, true, out);
    }

    private void print(ByteBuffer frame, int length, boolean ethernet, Output out)
            throws IOException, DpctlException {
        boolean known =
                ethernet ? extractor.extract(frame, 0, length, inPort, key) : packet(frame, length);
        if (!known) {
            throw new DpctlException("a frame of " + length + " bytes that the kernel gives up on");
        }
        writer.wrap(bytes, 0, bytes.capacity());
        FlowKeyEncoder.encodeKey(key, writer);
        int written = writer.written();
        if (options.json) {
            out.object(
                    json -> {
                        json.writeNumberField("length", length);
                        object.write(
                                json,
                                null,
                                AttributeCodec.decode(
                                        KeyAttributes.TABLE,
                                        new AttributeReader().wrap(bytes, 0, written)),
                                null,
                                null);
                    });
        } else if (hex) {
            out.line(Hex.of(bytes, 0, written));
        } else {
            formatter.format(out.text(), bytes, 0, written);
            out.endLine();
        }
    }

    /** A packet that starts with its IP header, whose version says what it is. */
    private boolean packet(ByteBuffer frame, int length) {
        if (length == 0) {
            return false;
        }
        // An empty frame sets the metadata: port, and what is always there.
        extractor.extract(frame, 0, 0, inPort, key);
        int version = (frame.get(0) & 0xff) >>> 4;
        int type = version == 6 ? Protocol.ETH_IPV6 : Protocol.ETH_IPV4;
        return extractor.extractL3(frame, 0, length, type, key);
    }
}
