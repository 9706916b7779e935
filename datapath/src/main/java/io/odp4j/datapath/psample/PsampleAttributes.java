package io.odp4j.datapath.psample;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.BE64;
import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.FLAG;
import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U64;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;

/**
 * Attributes of the family psample, {@code PSAMPLE_ATTR_*} of {@code linux/psample.h}: packets
 * sampled by the kernel.
 */
public final class PsampleAttributes {
    public static final int CMD_SAMPLE = 0;
    public static final int CMD_GET_GROUP = 1;
    public static final int CMD_NEW_GROUP = 2;
    public static final int CMD_DEL_GROUP = 3;

    private static final AttributeTable.Builder TUNNEL_BUILDER =
            AttributeTable.named("psample_tunnel", "PSAMPLE_TUNNEL_KEY_ATTR_");
    public static final AttributeSpec TUNNEL_ID = TUNNEL_BUILDER.add(0, "ID", BE64, "Tunnel id.");
    public static final AttributeSpec TUNNEL_IPV4_SRC =
            TUNNEL_BUILDER.add(1, "IPV4_SRC", BINARY, Display.IPV4, "Source address.");
    public static final AttributeSpec TUNNEL_IPV4_DST =
            TUNNEL_BUILDER.add(2, "IPV4_DST", BINARY, Display.IPV4, "Destination address.");
    public static final AttributeSpec TUNNEL_TOS =
            TUNNEL_BUILDER.add(3, "TOS", U8, "Type of service.");
    public static final AttributeSpec TUNNEL_TTL =
            TUNNEL_BUILDER.add(4, "TTL", U8, "Time to live.");
    public static final AttributeSpec TUNNEL_DONT_FRAGMENT =
            TUNNEL_BUILDER.add(5, "DONT_FRAGMENT", FLAG, "Don't-fragment bit.");
    public static final AttributeSpec TUNNEL_CSUM =
            TUNNEL_BUILDER.add(6, "CSUM", FLAG, "With a checksum.");
    public static final AttributeSpec TUNNEL_OAM =
            TUNNEL_BUILDER.add(7, "OAM", FLAG, "For operation and maintenance.");
    public static final AttributeSpec TUNNEL_GENEVE_OPTS =
            TUNNEL_BUILDER.add(8, "GENEVE_OPTS", BINARY, "Geneve options.");
    public static final AttributeSpec TUNNEL_TP_SRC =
            TUNNEL_BUILDER.add(9, "TP_SRC", BE16, "Source port.");
    public static final AttributeSpec TUNNEL_TP_DST =
            TUNNEL_BUILDER.add(10, "TP_DST", BE16, "Destination port.");
    public static final AttributeSpec TUNNEL_VXLAN_OPTS =
            TUNNEL_BUILDER.add(11, "VXLAN_OPTS", BINARY, "VXLAN options.");
    public static final AttributeSpec TUNNEL_IPV6_SRC =
            TUNNEL_BUILDER.add(12, "IPV6_SRC", BINARY, Display.IPV6, "Source address.");
    public static final AttributeSpec TUNNEL_IPV6_DST =
            TUNNEL_BUILDER.add(13, "IPV6_DST", BINARY, Display.IPV6, "Destination address.");
    public static final AttributeSpec TUNNEL_PAD_ATTRIBUTE =
            TUNNEL_BUILDER.add(14, "PAD", PAD, "Alignment.");
    public static final AttributeSpec TUNNEL_ERSPAN_OPTS =
            TUNNEL_BUILDER.add(15, "ERSPAN_OPTS", BINARY, "ERSPAN options.");
    public static final AttributeSpec TUNNEL_IPV4_INFO_BRIDGE =
            TUNNEL_BUILDER.add(16, "IPV4_INFO_BRIDGE", FLAG, "Bridged, not routed.");
    public static final AttributeTable TUNNEL_TABLE = TUNNEL_BUILDER.build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("psample", "PSAMPLE_ATTR_");
    public static final AttributeSpec IIFINDEX =
            BUILDER.add(0, "IIFINDEX", U16, "Interface that it came by.");
    public static final AttributeSpec OIFINDEX =
            BUILDER.add(1, "OIFINDEX", U16, "Interface that it left by.");
    public static final AttributeSpec ORIGSIZE =
            BUILDER.add(2, "ORIGSIZE", U32, "Bytes of the packet before it was cut.");
    public static final AttributeSpec SAMPLE_GROUP =
            BUILDER.add(3, "SAMPLE_GROUP", U32, "Group of the sample.");
    public static final AttributeSpec GROUP_SEQ =
            BUILDER.add(4, "GROUP_SEQ", U32, "Number of the sample in its group.");
    public static final AttributeSpec SAMPLE_RATE =
            BUILDER.add(5, "SAMPLE_RATE", U32, "One in so many, or the probability of 2^32-1.");
    public static final AttributeSpec DATA = BUILDER.add(6, "DATA", BINARY, "Start of the packet.");
    public static final AttributeSpec GROUP_REFCOUNT =
            BUILDER.add(7, "GROUP_REFCOUNT", U32, "References to the group.");
    public static final AttributeSpec TUNNEL =
            BUILDER.nested(
                    8,
                    "TUNNEL",
                    () -> PsampleAttributes.TUNNEL_TABLE,
                    "Tunnel that it came through.");
    public static final AttributeSpec PAD_ATTRIBUTE = BUILDER.add(9, "PAD", PAD, "Alignment.");
    public static final AttributeSpec OUT_TC =
            BUILDER.add(10, "OUT_TC", U16, "Traffic class going out.");
    public static final AttributeSpec OUT_TC_OCC =
            BUILDER.add(11, "OUT_TC_OCC", U64, "Bytes in the queue of that class.");
    public static final AttributeSpec LATENCY =
            BUILDER.add(12, "LATENCY", U64, "Time in the device, ns.");
    public static final AttributeSpec TIMESTAMP =
            BUILDER.add(13, "TIMESTAMP", U64, "Time of the sample, ns since 1970.");
    public static final AttributeSpec PROTO =
            BUILDER.add(
                    14,
                    "PROTO",
                    U16,
                    Display.HEX,
                    "Protocol of the packet: ETH_P_TEB, or that of the network layer.");
    public static final AttributeSpec USER_COOKIE =
            BUILDER.add(15, "USER_COOKIE", BINARY, "What the sampler wrote.");
    public static final AttributeSpec SAMPLE_PROBABILITY =
            BUILDER.add(16, "SAMPLE_PROBABILITY", FLAG, "SAMPLE_RATE is a probability.");
    public static final AttributeTable TABLE = BUILDER.build();

    private PsampleAttributes() {}
}
