package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;

/**
 * The families that every datapath has, resolved. Meters and conntrack limits, which a datapath may
 * lack, are resolved by those who use them.
 */
public record OvsFamilies(
        GenericFamily datapath, GenericFamily vport, GenericFamily flow, GenericFamily packet) {
    public static final String DATAPATH = "ovs_datapath";
    public static final String VPORT = "ovs_vport";
    public static final String FLOW = "ovs_flow";
    public static final String PACKET = "ovs_packet";
    public static final String METER = "ovs_meter";
    public static final String CT_LIMIT = "ovs_ct_limit";

    /**
     * The version in the header of a datapath request: below 2, the kernel takes the sender for one
     * that knows no features and clears them all.
     */
    static final int DATAPATH_VERSION = 2;

    /**
     * Asks the peer of {@code channel} for the families.
     *
     * @throws io.odp4j.datapath.netlink.FamilyNotFoundException if it has none of them
     */
    public static OvsFamilies resolve(RequestChannel channel) throws NetlinkException {
        GenericFamily datapath = GenericFamily.resolve(channel, DATAPATH);
        return new OvsFamilies(
                new GenericFamily(
                        datapath.name(),
                        datapath.id(),
                        DATAPATH_VERSION,
                        datapath.headerLength(),
                        datapath.groups()),
                GenericFamily.resolve(channel, VPORT),
                GenericFamily.resolve(channel, FLOW),
                GenericFamily.resolve(channel, PACKET));
    }
}
