package io.odp4j.datapath.rtnetlink.misc;

import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.rtnetlink.RtNames;

/**
 * Ids of network namespaces, {@code NETNSA_*} of {@code linux/net_namespace.h}, behind {@code
 * struct rtgenmsg}.
 */
public final class NamespaceAttributes {
    public static final StructLayout HEADER =
            StructLayout.struct("rtgenmsg").number("rtgen_family", U8, RtNames.FAMILIES).build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("namespace_id", "NETNSA_").header(HEADER);
    public static final AttributeSpec NSID = BUILDER.add(1, "NSID", S32, "Id; -1: none.");
    public static final AttributeSpec PID =
            BUILDER.add(2, "PID", U32, "Namespace of that process.");
    public static final AttributeSpec FD =
            BUILDER.add(3, "FD", U32, "Namespace of that file descriptor.");
    public static final AttributeSpec TARGET_NSID =
            BUILDER.add(4, "TARGET_NSID", S32, "Namespace in which the id counts.");
    public static final AttributeSpec CURRENT_NSID =
            BUILDER.add(5, "CURRENT_NSID", S32, "Id in the asker's own namespace.");
    public static final AttributeTable TABLE = BUILDER.build();

    private NamespaceAttributes() {}
}
