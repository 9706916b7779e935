package io.odp4j.datapath.flow.validation;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.StructValue;
import java.util.Arrays;
import java.util.List;

/** The mask that the kernel makes for a flow without one: the key, every bit of it set. */
final class ExactMask {
    private ExactMask() {}

    static AttributeList of(AttributeList key) {
        AttributeList mask = new AttributeList(key.table());
        for (Attribute a : key) {
            mask.add(new Attribute(a.spec(), a.number(), a.flags(), ones(a)));
        }
        return mask;
    }

    private static Object ones(Attribute attribute) {
        Object value = attribute.value();
        if (attribute.spec() == KeyAttributes.CT_STATE) {
            return (long) KeyRules.CT_STATES;
        } else if (value instanceof AttributeList nested) {
            return of(nested);
        } else if (value instanceof StructValue struct) {
            return ones(struct);
        } else if (value instanceof List<?> structs) {
            return structs.stream().map(s -> ones((StructValue) s)).toList();
        } else if (value instanceof byte[] bytes) {
            return ones(bytes.length);
        } else if (value instanceof Long) {
            int bits = 8 * attribute.spec().type().size();
            return bits == 64 ? -1L : (1L << bits) - 1;
        }
        return value;
    }

    private static StructValue ones(StructValue struct) {
        return new StructValue(struct.layout(), ones(struct.bytes().length));
    }

    private static byte[] ones(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xff);
        return bytes;
    }
}
