package io.odp4j.datapath.rtnetlink.misc;

import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.rtnetlink.RtNames;

/**
 * Labels of IPv6 address selection, {@code IFAL_*} of {@code linux/if_addrlabel.h}, behind {@code
 * struct ifaddrlblmsg}.
 */
public final class AddressLabelAttributes {
    public static final StructLayout HEADER =
            StructLayout.struct("ifaddrlblmsg")
                    .number("ifal_family", U8, RtNames.FAMILIES)
                    .skip(1)
                    .number("ifal_prefixlen", U8)
                    .number("ifal_flags", U8, Display.HEX)
                    .number("ifal_index", U32)
                    .number("ifal_seq", U32)
                    .build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("address_label", "IFAL_").header(HEADER);
    public static final AttributeSpec ADDRESS =
            BUILDER.add(1, "ADDRESS", BINARY, Display.IPV6, "Prefix.");
    public static final AttributeSpec LABEL = BUILDER.add(2, "LABEL", U32, "Label.");
    public static final AttributeTable TABLE = BUILDER.build();

    private AddressLabelAttributes() {}
}
