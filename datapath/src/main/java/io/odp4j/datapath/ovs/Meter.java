package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.StructValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A meter of a datapath as the kernel describes it: what it counted. Kernels up to 7.3 do not tell
 * the rates that were set, nor the unit; they are then 0 and packets.
 *
 * @param attributes all that was said, by {@link MeterAttributes}
 */
public record Meter(AttributeList attributes) {
    /** The one type of band that a kernel knows: what is over the rate is dropped. */
    public static final int BAND_DROP = 1;

    /**
     * A band.
     *
     * @param type {@link #BAND_DROP}
     * @param rate kbit/s or packets/s, at least 1
     * @param burst kbit or packets; a kernel takes 0 for none
     * @param packets packets over the rate
     * @param bytes bytes over the rate
     */
    public record Band(int type, long rate, long burst, long packets, long bytes) {
        /** A band that drops what is over the rate. */
        public static Band drop(long rate, long burst) {
            return new Band(BAND_DROP, rate, burst, 0, 0);
        }
    }

    static Meter decode(MessageReader message) {
        return new Meter(
                AttributeCodec.decode(MeterAttributes.TABLE, message, OvsHeader.PAYLOAD_OFFSET));
    }

    /** The meter's number in its datapath, unsigned. */
    public int id() {
        return (int) attributes.number(MeterAttributes.ID, 0);
    }

    /** Whether rates count kilobits rather than packets. */
    public boolean kbps() {
        return attributes.has(MeterAttributes.KBPS);
    }

    public long packets() {
        return stat(attributes, "n_packets");
    }

    public long bytes() {
        return stat(attributes, "n_bytes");
    }

    /** When the meter was last used, in ms of the monotonic clock; 0 for never. */
    public long usedMillis() {
        return attributes.number(MeterAttributes.USED, 0);
    }

    public List<Band> bands() {
        List<Band> bands = new ArrayList<>();
        AttributeList list = attributes.list(MeterAttributes.BAND_LIST);
        if (list != null) {
            for (Attribute element : list) {
                bands.add(band(element.asList()));
            }
        }
        return bands;
    }

    private static Band band(AttributeList band) {
        StructValue stats = band.struct(MeterAttributes.BAND_STATS);
        return new Band(
                (int) band.number(MeterAttributes.BAND_TYPE, 0),
                band.number(MeterAttributes.BAND_RATE, 0),
                band.number(MeterAttributes.BAND_BURST, 0),
                stats == null ? 0 : stats.number("n_packets"),
                stats == null ? 0 : stats.number("n_bytes"));
    }

    private static long stat(AttributeList attributes, String field) {
        StructValue stats = attributes.struct(MeterAttributes.STATS);
        return stats == null ? 0 : stats.number(field);
    }
}
