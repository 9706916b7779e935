package io.odp4j.datapath.flow;

import static io.odp4j.datapath.netlink.table.AttributeType.BE32;
import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;

/**
 * Network service header attributes, {@code enum ovs_nsh_key_attr} of {@code linux/openvswitch.h}.
 */
public final class NshAttributes {
    public static final StructLayout BASE_STRUCT =
            StructLayout.struct("ovs_nsh_key_base")
                    .number("flags", U8)
                    .number("ttl", U8)
                    .number("mdtype", U8)
                    .number("np", U8)
                    .number("path_hdr", BE32, Display.HEX)
                    .build();
    public static final StructLayout MD1_STRUCT =
            StructLayout.struct("ovs_nsh_key_md1")
                    .number("context1", BE32, Display.HEX)
                    .number("context2", BE32, Display.HEX)
                    .number("context3", BE32, Display.HEX)
                    .number("context4", BE32, Display.HEX)
                    .build();

    private static final AttributeTable.Builder T =
            AttributeTable.named("ovs_nsh_key", "OVS_NSH_KEY_ATTR_");

    public static final AttributeSpec BASE = T.struct(1, "BASE", BASE_STRUCT, "Base header.");
    public static final AttributeSpec MD1 = T.struct(2, "MD1", MD1_STRUCT, "MD type 1 contexts.");
    public static final AttributeSpec MD2 = T.add(3, "MD2", BINARY, "MD type 2 metadata.");

    public static final AttributeTable TABLE = T.build();

    private NshAttributes() {}
}
