package io.odp4j.datapath.fou;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.FLAG;
import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.ValueNames;

/**
 * Attributes of the family fou, {@code FOU_ATTR_*} of {@code linux/fou.h}: UDP ports whose packets
 * hold another protocol.
 */
public final class FouAttributes {
    public static final int CMD_ADD = 1;
    public static final int CMD_DEL = 2;
    public static final int CMD_GET = 3;

    /** What stands behind the UDP header. */
    public static final ValueNames TYPES =
            ValueNames.enumeration("FOU_ENCAP_", 0, "unspec", 1, "direct", 2, "gue");

    /** Address family of the port. */
    public static final ValueNames FAMILIES = ValueNames.enumeration("AF_", 2, "inet", 10, "inet6");

    private static final AttributeTable.Builder BUILDER = AttributeTable.named("fou", "FOU_ATTR_");
    public static final AttributeSpec PORT =
            BUILDER.add(1, "PORT", BE16, "UDP port that is listened on.");
    public static final AttributeSpec AF = BUILDER.add(2, "AF", U8, FAMILIES, "Address family.");
    public static final AttributeSpec IPPROTO =
            BUILDER.add(3, "IPPROTO", U8, "IP protocol of the packets within; type direct alone.");
    public static final AttributeSpec TYPE =
            BUILDER.add(4, "TYPE", U8, TYPES, "What stands behind the UDP header.");
    public static final AttributeSpec REMCSUM_NOPARTIAL =
            BUILDER.add(
                    5,
                    "REMCSUM_NOPARTIAL",
                    FLAG,
                    "No partial checksums with remote checksum offload.");
    public static final AttributeSpec LOCAL_V4 =
            BUILDER.add(6, "LOCAL_V4", BINARY, Display.IPV4, "Address to listen on, IPv4.");
    public static final AttributeSpec LOCAL_V6 =
            BUILDER.add(7, "LOCAL_V6", BINARY, Display.IPV6, "Address to listen on, IPv6.");
    public static final AttributeSpec PEER_V4 =
            BUILDER.add(8, "PEER_V4", BINARY, Display.IPV4, "The one peer, IPv4.");
    public static final AttributeSpec PEER_V6 =
            BUILDER.add(9, "PEER_V6", BINARY, Display.IPV6, "The one peer, IPv6.");
    public static final AttributeSpec PEER_PORT =
            BUILDER.add(10, "PEER_PORT", BE16, "UDP port of the peer.");
    public static final AttributeSpec IFINDEX =
            BUILDER.add(11, "IFINDEX", S32, "Interface to listen on.");
    public static final AttributeTable TABLE = BUILDER.build();

    private FouAttributes() {}
}
