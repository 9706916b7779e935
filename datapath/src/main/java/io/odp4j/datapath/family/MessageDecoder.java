package io.odp4j.datapath.family;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.ErrorMessage;
import io.odp4j.datapath.netlink.ExtendedAck;
import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.GenericHeader;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.nlctrl.ControlAttributes;
import io.odp4j.datapath.nlctrl.ControlFamily;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Decodes whatever netlink messages come by, those of an nlmon(4) capture for example. What type
 * number a generic-netlink family has is learnt from the controller's messages among them, or from
 * the kernel.
 */
public final class MessageDecoder {
    private final Dialect dialect;
    private final Map<Integer, String> genericNames = new HashMap<>();
    private final MessageReader reader = new MessageReader();
    private boolean guess;

    public MessageDecoder(Dialect dialect) {
        this.dialect = dialect;
        genericNames.put(GenericFamily.CONTROL.id(), GenericFamily.CONTROL.name());
    }

    /** Learns this machine's generic-netlink families from its kernel. */
    public void learn() throws NetlinkException {
        try (FamilyClient control = FamilyClient.open(ControlFamily.SPEC)) {
            OperationSpec get = control.operation("getfamily");
            control.list(get, new AttributeList(get.table())).forEach(this::learn);
        }
    }

    /** Takes the number that a generic-netlink family has where messages come from. */
    public void learn(int id, String name) {
        genericNames.put(id, name);
    }

    /**
     * Takes messages of a family that is not known for those of the family that explains them best:
     * that decodes them with the fewest attributes it does not know. For messages of which nothing
     * else is at hand.
     */
    public void guessFamilies() {
        guess = true;
    }

    private void learn(AttributeList family) {
        String name = family.string(ControlAttributes.FAMILY_NAME);
        int id = (int) family.number(ControlAttributes.FAMILY_ID, 0);
        if (name != null && id != 0) {
            genericNames.put(id, name);
        }
    }

    /**
     * Decodes the messages of one datagram.
     *
     * @param protocol NETLINK_*, as {@link NetlinkEndpoint} has them
     * @param buffer in native byte order
     * @throws NetlinkFormatException if the datagram is no run of messages
     */
    public void decode(
            int protocol,
            ByteBuffer buffer,
            int offset,
            int length,
            Consumer<DecodedMessage> visitor) {
        reader.wrap(buffer, offset, length);
        while (reader.next()) {
            visitor.accept(decode(protocol));
        }
    }

    private DecodedMessage decode(int protocol) {
        if (reader.type() < MessageHeader.MIN_TYPE) {
            return control();
        }
        if (protocol == NetlinkEndpoint.GENERIC) {
            if (guess && !genericNames.containsKey(reader.type())) {
                FamilyGuess.of(reader, dialect).ifPresent(name -> learn(reader.type(), name));
            }
            String name = genericNames.getOrDefault(reader.type(), "family " + reader.type());
            FamilySpec family = KnownFamilies.named(name).orElse(null);
            if (reader.length() < GenericHeader.PAYLOAD_OFFSET) {
                return message(name, "type " + reader.type(), null, "no generic-netlink header");
            }
            String fallback = "command " + reader.command();
            return family == null || !family.isGeneric()
                    ? message(name, fallback, null, null)
                    : attributes(family, reader.command(), fallback, GenericHeader.PAYLOAD_OFFSET);
        }
        String fallback = "type " + reader.type();
        if (protocol == NetlinkEndpoint.ROUTE) {
            for (FamilySpec family : KnownFamilies.all()) {
                if (!family.isGeneric() && family.decoding(reader.type()).isPresent()) {
                    return attributes(family, reader.type(), fallback, MessageHeader.LENGTH);
                }
            }
            return message("rtnetlink", fallback, null, null);
        }
        return message("protocol " + protocol, fallback, null, null);
    }

    private DecodedMessage attributes(FamilySpec family, int number, String fallback, int headers) {
        OperationSpec operation = family.decoding(number).orElse(null);
        if (operation == null) {
            return message(family.name(), fallback, null, null);
        }
        try {
            AttributeList list =
                    AttributeCodec.decode(dialect.of(operation.table()), reader, headers);
            if (family == ControlFamily.SPEC) {
                learn(list);
            }
            return message(family.name(), operation.name(), headers, list, null);
        } catch (NetlinkFormatException e) {
            return message(family.name(), operation.name(), null, e.getMessage());
        }
    }

    private DecodedMessage control() {
        try {
            return switch (reader.type()) {
                case MessageHeader.NOOP -> message("netlink", "noop", null, null);
                case MessageHeader.OVERRUN -> message("netlink", "overrun", null, null);
                case MessageHeader.DONE -> message("netlink", "done", null, error());
                case MessageHeader.ERROR -> {
                    String error = error();
                    yield message("netlink", error == null ? "ack" : "error", null, error);
                }
                default -> message("netlink", "type " + reader.type(), null, null);
            };
        } catch (NetlinkFormatException e) {
            return message("netlink", "type " + reader.type(), null, e.getMessage());
        }
    }

    private String error() {
        int errno = ErrorMessage.errno(reader);
        ExtendedAck ack = ErrorMessage.extendedAck(reader);
        if (errno == 0) {
            return ack.message();
        }
        return ack.message() == null
                ? Errno.nameOf(errno)
                : Errno.nameOf(errno) + ": " + ack.message();
    }

    private DecodedMessage message(
            String family, String operation, AttributeList attributes, String problem) {
        return message(family, operation, MessageHeader.LENGTH, attributes, problem);
    }

    private DecodedMessage message(
            String family,
            String operation,
            int headers,
            AttributeList attributes,
            String problem) {
        return new DecodedMessage(
                family,
                operation,
                reader.type(),
                reader.flags(),
                reader.sequence(),
                reader.portId(),
                reader.offset(),
                reader.length(),
                headers,
                attributes,
                problem);
    }
}
