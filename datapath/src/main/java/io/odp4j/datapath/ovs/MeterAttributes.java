package io.odp4j.datapath.ovs;

import static io.odp4j.datapath.netlink.table.AttributeType.FLAG;
import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U64;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.ValueNames;

/** Meter attributes, {@code enum ovs_meter_attr} of {@code linux/openvswitch.h}. */
public final class MeterAttributes {
    // enum ovs_meter_cmd
    public static final int CMD_FEATURES = 1;
    public static final int CMD_SET = 2;
    public static final int CMD_DEL = 3;
    public static final int CMD_GET = 4;

    private static final AttributeTable.Builder B =
            AttributeTable.named("ovs_band", "OVS_BAND_ATTR_");
    public static final AttributeSpec BAND_TYPE =
            B.add(
                    1,
                    "TYPE",
                    U32,
                    ValueNames.enumeration("OVS_METER_BAND_TYPE_", 1, "drop"),
                    "What is done with a packet over the rate.");
    public static final AttributeSpec BAND_RATE =
            B.add(2, "RATE", U32, "Rate, kbit/s or packets/s.");
    public static final AttributeSpec BAND_BURST =
            B.add(3, "BURST", U32, "Burst, kbit or packets.");
    public static final AttributeSpec BAND_STATS =
            B.struct(4, "STATS", FlowAttributes.STATS_STRUCT, "Packets and bytes over the rate.");
    public static final AttributeTable BAND_TABLE = B.build();

    private static final AttributeTable BANDS =
            AttributeTable.indexed(
                    "ovs_bands",
                    AttributeTable.named("ovs_bands", "")
                            .nested(1, "BAND", () -> MeterAttributes.BAND_TABLE, "One band."));

    private static final AttributeTable.Builder T =
            AttributeTable.named("ovs_meter", "OVS_METER_ATTR_");
    public static final AttributeSpec ID = T.add(1, "ID", U32, "Meter id in its datapath.");
    public static final AttributeSpec KBPS =
            T.add(2, "KBPS", FLAG, "Rates count kilobits; otherwise packets.");
    public static final AttributeSpec STATS =
            T.struct(3, "STATS", FlowAttributes.STATS_STRUCT, "Packets and bytes metered.");
    public static final AttributeSpec BAND_LIST =
            T.indexed(4, "BANDS", () -> MeterAttributes.BANDS, "The bands.");
    public static final AttributeSpec USED =
            T.add(5, "USED", U64, "When it was last used, ms of the monotonic clock.");
    public static final AttributeSpec CLEAR = T.add(6, "CLEAR", FLAG, "Clears the counters.");
    public static final AttributeSpec MAX_METERS =
            T.add(7, "MAX_METERS", U32, "How many meters there may be.");
    public static final AttributeSpec MAX_BANDS =
            T.add(8, "MAX_BANDS", U32, "How many bands a meter may have.");
    public static final AttributeSpec PAD_ATTRIBUTE = T.add(9, "PAD", PAD, "Alignment.");

    public static final AttributeTable TABLE = T.build();

    private MeterAttributes() {}
}
