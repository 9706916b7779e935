package io.odp4j.datapath.embedded.table;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeType;

/**
 * How long the attributes of a key are, by number ({@code ovs_key_lens} in {@code
 * net/openvswitch/flow_netlink.c}): a kernel looks at all of them, also where it reads no more of
 * an attribute. Number 0, which stands for nothing, has no bytes.
 */
final class AttributeLengths {
    private static final int ANY = -1;
    private static final int LABELS = 16;
    private static final int[] BYTES = new int[KeyAttributes.IPV6_EXTHDRS.number() + 1];

    static {
        for (AttributeSpec attribute : KeyAttributes.TABLE.specs()) {
            BYTES[attribute.number()] = bytes(attribute);
        }
    }

    private AttributeLengths() {}

    /** Whether an attribute that a key may have is as long as it must be. */
    static boolean accept(int type, int length) {
        return BYTES[type] == ANY || BYTES[type] == length;
    }

    private static int bytes(AttributeSpec attribute) {
        if (attribute.number() == KeyAttributes.CT_LABELS.number()) {
            return LABELS;
        } else if (attribute.type() == AttributeType.STRUCT) {
            return attribute.struct().size();
        }
        return attribute.type().isNumber() ? attribute.type().size() : ANY;
    }
}
