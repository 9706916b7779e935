package io.odp4j.datapath.rtnetlink.link;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;

/** Attributes of a veth link, {@code VETH_INFO_*} of {@code linux/veth.h}. */
public final class VethAttributes {

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("link_veth", "VETH_INFO_");
    public static final AttributeSpec PEER =
            BUILDER.nested(
                    1,
                    "PEER",
                    () -> LinkAttributes.TABLE,
                    "The other end: a link's message within.");
    public static final AttributeTable TABLE = BUILDER.build();

    private VethAttributes() {}
}
