package io.odp4j.datapath.flow;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.AttributeType;
import io.odp4j.datapath.netlink.table.StructLayout;

/**
 * The key attributes inside a SET_MASKED action: the same numbers, the payload twice, as value and
 * as mask. Derived from {@link KeyAttributes}, so that no number is said twice.
 */
public final class MaskedKeyAttributes {
    public static final AttributeTable TABLE = derive();

    private MaskedKeyAttributes() {}

    private static AttributeTable derive() {
        AttributeTable.Builder table =
                AttributeTable.named("ovs_key_masked", KeyAttributes.TABLE.prefix());
        for (AttributeSpec spec : KeyAttributes.TABLE.specs()) {
            StructLayout half = half(spec);
            if (half == null) {
                table.add(spec.number(), spec.name(), AttributeType.BINARY, spec.doc());
            } else {
                table.structArray(spec.number(), spec.name(), half, spec.doc());
            }
        }
        return table.build();
    }

    /** What value and mask each are; null for a nest. */
    private static StructLayout half(AttributeSpec spec) {
        if (spec.struct() != null) {
            return spec.struct();
        }
        StructLayout.Builder one = StructLayout.struct("ovs_key_" + spec.fieldName());
        if (spec == KeyAttributes.CT_LABELS) {
            return one.bytes(spec.fieldName(), 16, spec.display()).build();
        }
        return spec.type().isNumber()
                ? one.number(spec.fieldName(), spec.type(), spec.display()).build()
                : null;
    }
}
