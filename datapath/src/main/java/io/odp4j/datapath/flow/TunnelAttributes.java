package io.odp4j.datapath.flow;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.BE32;
import static io.odp4j.datapath.netlink.table.AttributeType.BE64;
import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.FLAG;
import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;

/**
 * The attributes of a tunnel key, {@code enum ovs_tunnel_key_attr} of {@code linux/openvswitch.h}.
 * The id is number 0, which is a real attribute here.
 */
public final class TunnelAttributes {
    private static final AttributeTable.Builder V =
            AttributeTable.named("ovs_vxlan_ext", "OVS_VXLAN_EXT_");

    public static final AttributeSpec VXLAN_GBP =
            V.add(1, "GBP", U32, Display.HEX, "Group-based policy word.");

    public static final AttributeTable VXLAN_TABLE = V.build();

    private static final AttributeTable.Builder T =
            AttributeTable.named("ovs_tunnel_key", "OVS_TUNNEL_KEY_ATTR_");

    public static final AttributeSpec ID = T.add(0, "ID", BE64, Display.HEX, "Tunnel id.");
    public static final AttributeSpec IPV4_SRC =
            T.add(1, "IPV4_SRC", BE32, Display.IPV4, "Outer source address.");
    public static final AttributeSpec IPV4_DST =
            T.add(2, "IPV4_DST", BE32, Display.IPV4, "Outer destination address.");
    public static final AttributeSpec TOS = T.add(3, "TOS", U8, Display.HEX, "Outer TOS.");
    public static final AttributeSpec TTL = T.add(4, "TTL", U8, "Outer TTL.");
    public static final AttributeSpec DONT_FRAGMENT =
            T.add(5, "DONT_FRAGMENT", FLAG, "Set the outer DF bit.");
    public static final AttributeSpec CSUM = T.add(6, "CSUM", FLAG, "Outer checksum present.");
    public static final AttributeSpec OAM = T.add(7, "OAM", FLAG, "OAM frame.");
    public static final AttributeSpec GENEVE_OPTS =
            T.add(8, "GENEVE_OPTS", BINARY, "Geneve options as on the wire.");
    public static final AttributeSpec TP_SRC =
            T.add(9, "TP_SRC", BE16, "Outer transport source port.");
    public static final AttributeSpec TP_DST =
            T.add(10, "TP_DST", BE16, "Outer transport destination port.");
    public static final AttributeSpec VXLAN_OPTS =
            T.nested(11, "VXLAN_OPTS", () -> TunnelAttributes.VXLAN_TABLE, "VXLAN extensions.");
    public static final AttributeSpec IPV6_SRC =
            T.add(12, "IPV6_SRC", BINARY, Display.IPV6, "Outer source address.");
    public static final AttributeSpec IPV6_DST =
            T.add(13, "IPV6_DST", BINARY, Display.IPV6, "Outer destination address.");
    public static final AttributeSpec PAD_ATTRIBUTE = T.add(14, "PAD", PAD, "Alignment.");
    public static final AttributeSpec ERSPAN_OPTS =
            T.add(15, "ERSPAN_OPTS", BINARY, "struct erspan_metadata.");

    /** In the kernel number 16 says this; Open vSwitch's userspace uses it for GTP-U options. */
    public static final AttributeSpec IPV4_INFO_BRIDGE =
            T.add(16, "IPV4_INFO_BRIDGE", FLAG, "Bridge mode of the tunnel information.");

    public static final AttributeTable TABLE = T.build();

    private TunnelAttributes() {}
}
