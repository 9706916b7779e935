package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;

/**
 * A vport as the kernel describes it.
 *
 * @param dpIfindex interface index that names its datapath
 * @param attributes all that was said, by {@link VportAttributes}
 */
public record Vport(int dpIfindex, AttributeList attributes) {
    public static final int TYPE_NETDEV = 1;
    public static final int TYPE_INTERNAL = 2;
    public static final int TYPE_GRE = 3;
    public static final int TYPE_VXLAN = 4;
    public static final int TYPE_GENEVE = 5;

    /** Number of the port that every datapath has: its local device. */
    public static final int LOCAL = 0;

    /** Port numbers are below this ({@code DP_MAX_PORTS}). */
    public static final int MAX_PORTS = 0xffff;

    /** Reads an OVS_VPORT message. */
    public static Vport decode(MessageReader message) {
        int dpIfindex = OvsHeader.dpIfindex(message);
        return new Vport(
                dpIfindex,
                AttributeCodec.decode(VportAttributes.TABLE, message, OvsHeader.PAYLOAD_OFFSET));
    }

    public int number() {
        return (int) attributes.number(VportAttributes.PORT_NO, -1);
    }

    public String name() {
        String name = attributes.string(VportAttributes.NAME);
        return name == null ? "" : name;
    }

    /** One of {@code TYPE_*}. */
    public int type() {
        return (int) attributes.number(VportAttributes.TYPE, 0);
    }

    /** Interface index of the device, 0 if unknown. */
    public int ifindex() {
        return (int) attributes.number(VportAttributes.IFINDEX, 0);
    }

    /** One of the numbers of {@code ovs_vport_stats}: rx_packets and so on. */
    public long stat(String field) {
        var stats = attributes.struct(VportAttributes.STATS);
        return stats == null ? 0 : stats.number(field);
    }
}
