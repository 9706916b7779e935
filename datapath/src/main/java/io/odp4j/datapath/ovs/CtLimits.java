package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.StructValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests of the ovs_ct_limit family: how many connections a zone may track. Not thread safe: it
 * belongs to its channel's owner.
 */
public final class CtLimits {
    private final RequestChannel channel;
    private final GenericFamily family;
    private final int dpIfindex;

    /**
     * The limit of one zone.
     *
     * @param zone 0 to 65535, or {@link CtLimitAttributes#DEFAULT_ZONE}
     * @param limit connections, 0 for no limit
     * @param count connections now
     */
    public record ZoneLimit(int zone, long limit, long count) {
        /** A limit to be set. */
        public static ZoneLimit of(int zone, long limit) {
            return new ZoneLimit(zone, limit, 0);
        }

        public boolean isDefault() {
            return zone == CtLimitAttributes.DEFAULT_ZONE;
        }
    }

    /**
     * Asks for the family.
     *
     * @throws io.odp4j.datapath.netlink.FamilyNotFoundException if the kernel counts no connections
     */
    public CtLimits(RequestChannel channel, Datapath datapath) throws NetlinkException {
        this.channel = channel;
        this.family = GenericFamily.resolve(channel, OvsFamilies.CT_LIMIT);
        this.dpIfindex = datapath.ifindex();
    }

    public void set(List<ZoneLimit> limits) throws NetlinkException {
        request(CtLimitAttributes.CMD_SET, limits);
        channel.execute("conntrack limits set");
    }

    /** Takes zones' own limits away; the default applies to them again. */
    public void delete(int... zones) throws NetlinkException {
        request(CtLimitAttributes.CMD_DEL, zones(zones));
        channel.execute("conntrack limits del");
    }

    /**
     * The limits of zones, or of all that have one if none is named; the default's is the first.
     */
    public List<ZoneLimit> get(int... zones) throws NetlinkException {
        request(CtLimitAttributes.CMD_GET, zones(zones));
        return channel.query("conntrack limits get", CtLimits::decode);
    }

    private static List<ZoneLimit> zones(int... zones) {
        List<ZoneLimit> limits = new ArrayList<>();
        for (int zone : zones) {
            limits.add(ZoneLimit.of(zone, 0));
        }
        return limits;
    }

    private void request(int command, List<ZoneLimit> limits) {
        List<StructValue> structs = new ArrayList<>();
        for (ZoneLimit limit : limits) {
            structs.add(
                    StructValue.zero(CtLimitAttributes.ZONE_LIMIT_STRUCT)
                            .with("zone_id", limit.zone())
                            .with("limit", limit.limit()));
        }
        MessageWriter writer = channel.begin(family, 0, command).putRawU32(dpIfindex);
        if (!structs.isEmpty()) {
            AttributeCodec.encode(
                    new AttributeList(CtLimitAttributes.TABLE)
                            .put(CtLimitAttributes.ZONE_LIMIT, structs),
                    writer);
        }
    }

    private static List<ZoneLimit> decode(MessageReader message) {
        List<ZoneLimit> limits = new ArrayList<>();
        AttributeCodec.decode(CtLimitAttributes.TABLE, message, OvsHeader.PAYLOAD_OFFSET)
                .find(CtLimitAttributes.ZONE_LIMIT)
                .ifPresent(
                        attribute -> {
                            for (Object struct : (List<?>) attribute.value()) {
                                limits.add(limit((StructValue) struct));
                            }
                        });
        return limits;
    }

    private static ZoneLimit limit(StructValue struct) {
        return new ZoneLimit(
                (int) struct.number("zone_id"), struct.number("limit"), struct.number("count"));
    }
}
