package io.odp4j.datapath.family;

import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.GenericHeader;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeText;
import io.odp4j.datapath.netlink.table.AttributeType;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * A message line by line, each with the offset and the length of what it tells of:
 *
 * <pre>
 *     0    16  ovs_flow new, type 0x1c, flags 0x405, seq 7, portid 0
 *    16     4    command 1, version 1
 *    20     4    header(dp_ifindex=4)
 *    24    28    key
 *    28     8      in_port=1
 * </pre>
 *
 * Offsets count from the message's first byte; an attribute begins with its header of 4 bytes.
 */
public final class MessageOutline {
    private final ByteBuffer buffer;
    private final int start;
    private final StringBuilder out = new StringBuilder();

    private MessageOutline(ByteBuffer buffer, int start) {
        this.buffer = buffer;
        this.start = start;
    }

    /**
     * Writes one.
     *
     * @param message as it was decoded from that buffer
     * @param buffer in native byte order
     */
    public static String of(DecodedMessage message, ByteBuffer buffer) {
        MessageOutline outline = new MessageOutline(buffer, message.offset());
        outline.message(message);
        return outline.out.toString();
    }

    private void message(DecodedMessage m) {
        line(
                start,
                MessageHeader.LENGTH,
                0,
                String.format(
                        "%s %s, length %d, type 0x%x, flags 0x%x, seq %s, portid %s",
                        m.family(),
                        m.operation(),
                        m.length(),
                        m.type(),
                        m.flags(),
                        Integer.toUnsignedString(m.sequence()),
                        Integer.toUnsignedString(m.portId())));
        if (m.problem() != null) {
            line(start, m.length(), 1, m.problem());
        }
        if (m.attributes() == null) {
            return;
        }
        if (m.headers() == GenericHeader.PAYLOAD_OFFSET) {
            int at = start + MessageHeader.LENGTH;
            line(
                    at,
                    GenericHeader.PAYLOAD_OFFSET - MessageHeader.LENGTH,
                    1,
                    String.format("command %d, version %d", buffer.get(at), buffer.get(at + 1)));
        }
        AttributeReader reader = new AttributeReader();
        reader.wrap(buffer, start + m.headers(), m.length() - m.headers());
        attributes(m.attributes(), reader, 1);
    }

    private void attributes(AttributeList list, AttributeReader reader, int depth) {
        if (list.header() != null) {
            int size = list.table().header().size();
            line(reader.skipHeader(size), size, depth, "header(" + list.header() + ")");
        }
        int index = 0;
        while (reader.next()) {
            int at = reader.offset() - 4;
            AttributeSpec spec = list.table().spec(reader.type());
            if (spec != null && spec.type() == AttributeType.PAD) {
                line(at, 4 + reader.length(), depth, "padding");
                continue;
            }
            Attribute attribute = list.get(index++);
            if (attribute.value() instanceof AttributeList nested) {
                line(at, 4 + reader.length(), depth, attribute.fieldName());
                attributes(nested, new AttributeReader().wrapNested(reader), depth + 1);
            } else {
                line(at, 4 + reader.length(), depth, AttributeText.format(attribute));
            }
        }
    }

    private void line(int offset, int length, int depth, String what) {
        out.append(
                String.format(
                        Locale.ROOT,
                        "%6d %5d  %s%s%n",
                        offset - start,
                        length,
                        "  ".repeat(depth),
                        what));
    }

    /**
     * Decodes messages and outlines each.
     *
     * @param protocol NETLINK_*
     * @throws NetlinkFormatException if it is no run of messages
     */
    public static String of(int protocol, ByteBuffer bytes, MessageDecoder decoder) {
        StringBuilder text = new StringBuilder();
        decoder.decode(
                protocol,
                bytes,
                0,
                bytes.limit(),
                message -> text.append(MessageOutline.of(message, bytes)));
        return text.toString();
    }
}
