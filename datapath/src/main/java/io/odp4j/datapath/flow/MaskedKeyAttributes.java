package io.odp4j.datapath.flow;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.AttributeType;

/**
 * The key attributes inside a SET_MASKED action: the same numbers, the payload twice as long
 * (value, then mask), kept as bytes. Derived from {@link KeyAttributes}, so that no number is said
 * twice.
 */
public final class MaskedKeyAttributes {
    public static final AttributeTable TABLE = derive();

    private MaskedKeyAttributes() {}

    private static AttributeTable derive() {
        AttributeTable.Builder table =
                AttributeTable.named("ovs_key_masked", KeyAttributes.TABLE.prefix());
        for (AttributeSpec spec : KeyAttributes.TABLE.specs()) {
            table.add(spec.number(), spec.name(), AttributeType.BINARY, spec.doc());
        }
        return table.build();
    }
}
