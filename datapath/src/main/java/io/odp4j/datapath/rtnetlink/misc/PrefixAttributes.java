package io.odp4j.datapath.rtnetlink.misc;

import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.rtnetlink.RtNames;

/**
 * Prefixes that a router advertises, {@code PREFIX_*} of {@code linux/rtnetlink.h}, behind {@code
 * struct prefixmsg}; told alone.
 */
public final class PrefixAttributes {
    public static final StructLayout HEADER =
            StructLayout.struct("prefixmsg")
                    .number("prefix_family", U8, RtNames.FAMILIES)
                    .skip(3)
                    .number("prefix_ifindex", S32)
                    .number("prefix_type", U8)
                    .number("prefix_len", U8)
                    .number("prefix_flags", U8, Display.HEX)
                    .skip(1)
                    .build();
    public static final StructLayout CACHE_INFO =
            StructLayout.struct("prefix_cacheinfo")
                    .number("preferred_time", U32)
                    .number("valid_time", U32)
                    .build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("prefix", "PREFIX_").header(HEADER);
    public static final AttributeSpec ADDRESS =
            BUILDER.add(1, "ADDRESS", BINARY, Display.IPV6, "The prefix.");
    public static final AttributeSpec CACHEINFO =
            BUILDER.struct(
                    2, "CACHEINFO", CACHE_INFO, "How long it is preferred and valid, seconds.");
    public static final AttributeTable TABLE = BUILDER.build();

    private PrefixAttributes() {}
}
