package io.odp4j.datapath.family;

import io.odp4j.datapath.netlink.GenericHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.Optional;

/** Which declared family a generic-netlink message of an unknown number is likely of. */
final class FamilyGuess {
    private static final int UNKNOWN_ATTRIBUTE = 100;

    private FamilyGuess() {}

    /** The family that leaves the least unexplained; none if none can read it. */
    static Optional<String> of(MessageReader message, Dialect dialect) {
        if (message.length() < GenericHeader.PAYLOAD_OFFSET) {
            return Optional.empty();
        }
        String best = null;
        int least = Integer.MAX_VALUE;
        for (FamilySpec family : KnownFamilies.all()) {
            OperationSpec operation =
                    family.isGeneric() ? family.decoding(message.command()).orElse(null) : null;
            int unexplained =
                    operation == null
                            ? Integer.MAX_VALUE
                            : unexplained(message, operation, dialect);
            if (unexplained < least) {
                least = unexplained;
                best = family.name();
            }
        }
        return Optional.ofNullable(best);
    }

    private static int unexplained(
            MessageReader message, OperationSpec operation, Dialect dialect) {
        try {
            return unexplained(
                    AttributeCodec.decode(
                            dialect.of(operation.table()), message, GenericHeader.PAYLOAD_OFFSET));
        } catch (NetlinkFormatException e) {
            return Integer.MAX_VALUE;
        }
    }

    /** Attributes without a name count much; nests explain more than bytes do. */
    private static int unexplained(AttributeList list) {
        int sum = 0;
        for (Attribute attribute : list) {
            if (attribute.value() instanceof AttributeList nested) {
                sum += unexplained(nested);
            } else {
                sum += attribute.spec() == null ? UNKNOWN_ATTRIBUTE : 0;
                sum += attribute.value() instanceof byte[] bytes ? bytes.length / 4 : 0;
            }
        }
        return sum;
    }
}
