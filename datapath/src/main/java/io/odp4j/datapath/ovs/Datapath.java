package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;

/**
 * A datapath as the kernel describes it.
 *
 * @param ifindex interface index of its local device: what names it in requests
 * @param attributes all that was said, by {@link DatapathAttributes}
 */
public record Datapath(int ifindex, AttributeList attributes) {

    /** Reads an OVS_DP message. */
    public static Datapath decode(MessageReader message) {
        int ifindex = OvsHeader.dpIfindex(message);
        return new Datapath(
                ifindex,
                AttributeCodec.decode(DatapathAttributes.TABLE, message, OvsHeader.PAYLOAD_OFFSET));
    }

    public String name() {
        String name = attributes.string(DatapathAttributes.NAME);
        return name == null ? "" : name;
    }

    /** Bits {@code DatapathAttributes.F_*}. */
    public int userFeatures() {
        return (int) attributes.number(DatapathAttributes.USER_FEATURES, 0);
    }

    /** One of the numbers of {@code ovs_dp_stats}: n_hit, n_missed, n_lost, n_flows. */
    public long stat(String field) {
        var stats = attributes.struct(DatapathAttributes.STATS);
        return stats == null ? 0 : stats.number(field);
    }
}
