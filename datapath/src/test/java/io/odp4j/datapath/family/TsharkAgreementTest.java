package io.odp4j.datapath.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.AttributeType;
import io.odp4j.datapath.packet.PcapReader;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;

/**
 * A capture of what iproute2 and the kernel said to each other on an nlmon device, decoded by the
 * tables and by tshark: the same messages, and in each the same attributes, lengths and values, as
 * deep as tshark goes.
 */
class TsharkAgreementTest {
    private static final Path TSHARK = Path.of("/usr/bin/tshark");
    private static final String WANTED = "netlink.family == 0 || netlink.family == 16";
    private static final int COOKED_HEADER = 16;
    private static final int TYPE_MASK = 0x3fff;

    /** A field of tshark's tree. */
    private record Field(String name, String show, String value, List<Field> below) {
        Field child(String wanted) {
            return below.stream().filter(f -> f.name.equals(wanted)).findFirst().orElse(null);
        }

        boolean isAttribute() {
            return child("netlink.attr_len") != null;
        }

        int number() {
            return Integer.decode(show);
        }

        List<Field> attributes() {
            List<Field> found = new ArrayList<>();
            for (Field each : below) {
                if (each.isAttribute()) {
                    found.add(each);
                } else {
                    found.addAll(each.attributes());
                }
            }
            return found;
        }
    }

    private final List<String> differences = new ArrayList<>();
    private int attributes;
    private int values;

    @Test
    void shouldDecodeAsTsharkDoes() throws Exception {
        assumeTrue(Files.exists(TSHARK), "tshark is not installed");
        Path home = Path.of(System.getProperty("odp4j.home"));
        Path capture =
                home.resolve("datapath/src/test/resources/io/odp4j/datapath/family/nlmon.pcap.gz");
        List<Field> theirs = tshark(capture);
        List<DecodedMessage> ours = decode(capture);
        assertThat(ours).hasSameSizeAs(theirs);
        for (int i = 0; i < theirs.size(); i++) {
            compare(theirs.get(i), ours.get(i));
        }
        assertThat(differences).as("of %d attributes, %d values", attributes, values).isEmpty();
        assertThat(ours).hasSizeGreaterThan(1000);
        assertThat(attributes).isGreaterThan(5000);
        assertThat(values).isGreaterThan(2000);
    }

    private static List<DecodedMessage> decode(Path capture) throws Exception {
        List<DecodedMessage> messages = new ArrayList<>();
        MessageDecoder decoder = new MessageDecoder(Dialect.LINUX);
        try (PcapReader pcap = new PcapReader(new GZIPInputStream(Files.newInputStream(capture)))) {
            while (pcap.next()) {
                ByteBuffer frame = pcap.frame();
                int protocol = frame.duplicate().order(ByteOrder.BIG_ENDIAN).getShort(14);
                if (protocol != NetlinkEndpoint.ROUTE && protocol != NetlinkEndpoint.GENERIC) {
                    continue; // the kernel's device events are no netlink messages
                }
                try {
                    decoder.decode(
                            protocol,
                            frame,
                            COOKED_HEADER,
                            pcap.length() - COOKED_HEADER,
                            messages::add);
                } catch (NetlinkFormatException e) {
                    // Behind some requests of ip stand zeros, which the kernel passes over.
                    assertThat(e).hasMessageContaining("message length 0");
                }
            }
        }
        return messages;
    }

    private static List<Field> tshark(Path capture) throws Exception {
        Process process =
                new ProcessBuilder(
                                TSHARK.toString(),
                                "-r",
                                capture.toString(),
                                "-T",
                                "pdml",
                                "-Y",
                                WANTED)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        List<Field> messages = new ArrayList<>();
        try (InputStream in = process.getInputStream()) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("proto")) {
                    Field proto = field(xml);
                    Field length = header(proto, "netlink.hdr_len");
                    if (length != null && length.number() >= COOKED_HEADER) {
                        messages.add(proto);
                    }
                }
            }
        }
        assertThat(process.waitFor()).isZero();
        return messages;
    }

    private static Field field(XMLStreamReader xml) throws Exception {
        List<Field> below = new ArrayList<>();
        Field field =
                new Field(
                        xml.getAttributeValue(null, "name"),
                        xml.getAttributeValue(null, "show"),
                        xml.getAttributeValue(null, "value"),
                        below);
        while (xml.next() != XMLStreamConstants.END_ELEMENT) {
            if (xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
                below.add(field(xml));
            }
        }
        return field;
    }

    private static Field header(Field field, String name) {
        for (Field each : field.below()) {
            Field found = each.name().equals(name) ? each : header(each, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private void compare(Field theirs, DecodedMessage ours) {
        String where = ours.family() + " " + ours.operation();
        same(where + " length", header(theirs, "netlink.hdr_len").number(), ours.length());
        same(where + " flags", header(theirs, "netlink.hdr_flags").number(), ours.flags());
        same(
                where + " sequence",
                (int) Long.parseLong(header(theirs, "netlink.hdr_seq").show()),
                ours.sequence());
        List<Field> all = theirs.attributes();
        // Of neighbours, rules and next hops tshark shows the header alone.
        if (ours.attributes() != null && !all.isEmpty()) {
            compare(where, all, ours.attributes());
        }
    }

    private void same(String what, Object theirs, Object ours) {
        if (!theirs.equals(ours)) {
            differences.add(what + ": tshark " + theirs + ", odp4j " + ours);
        }
    }

    private void compare(String where, List<Field> theirs, AttributeList ours) {
        int next = 0;
        for (Field each : theirs) {
            Field type = each.child("netlink.attr_type");
            // Elements of an array have an index there.
            Field index = type == null ? each.child("netlink.attr_index") : type;
            int number = index.number() & TYPE_MASK;
            AttributeSpec spec = ours.table().spec(number);
            if (spec != null && spec.type() == AttributeType.PAD) {
                continue;
            }
            if (next == ours.size()) {
                differences.add(where + ": tshark has more attributes, " + number + " next");
                return;
            }
            attribute(where + "." + ours.get(next).fieldName(), each, number, ours, next);
            next++;
        }
        same(where + " attributes", next, ours.size());
    }

    private void attribute(String where, Field theirs, int number, AttributeList list, int index) {
        Attribute ours = list.get(index);
        attributes++;
        same(where + " number", number, ours.number());
        // Padding within a nest is not written again, and a string always with its closing zero.
        if (!(ours.value() instanceof AttributeList) && !(ours.value() instanceof String)) {
            same(
                    where + " length",
                    theirs.child("netlink.attr_len").number(),
                    length(list.table().withHeader("bare", null), ours));
        }
        List<Field> below = theirs.attributes();
        if (!below.isEmpty()) {
            if (ours.value() instanceof AttributeList nest) {
                compare(where, below, nest);
            }
            return;
        }
        for (Field value : theirs.below()) {
            if (value.name().startsWith("netlink-")) {
                value(where, value, ours);
                return;
            }
        }
    }

    private void value(String where, Field theirs, Attribute ours) {
        if (ours.value() instanceof Long number && theirs.show().matches("[0-9]+|0x\\p{XDigit}+")) {
            values++;
            same(where, Long.decode(theirs.show()), number);
        } else if (ours.value() instanceof String text) {
            values++;
            same(where, theirs.show(), text);
        } else if (ours.value() instanceof byte[] bytes && theirs.value() != null) {
            values++;
            same(where, theirs.value(), HexFormat.of().formatHex(bytes));
        }
    }

    /** Bytes of the attribute as it is written again, without padding. */
    private static int length(AttributeTable table, Attribute one) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());
        AttributeCodec.encode(
                new AttributeList(table).add(one),
                new MessageWriter().wrap(buffer, 0, buffer.capacity()));
        return buffer.getShort(0) & 0xffff;
    }
}
