package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Requests of the ovs_meter family for one datapath. The family cannot list its meters: they are
 * asked for by number. Not thread safe: it belongs to its channel's owner.
 */
public final class Meters {
    private final RequestChannel channel;
    private final GenericFamily family;
    private final int dpIfindex;

    /**
     * What a datapath can do with meters.
     *
     * @param maxMeters how many there may be; 0: none
     * @param maxBands how many bands each may have
     * @param attributes all that was said, by {@link MeterAttributes}
     */
    public record Features(long maxMeters, long maxBands, AttributeList attributes) {}

    /**
     * Asks for the family.
     *
     * @throws io.odp4j.datapath.netlink.FamilyNotFoundException if the kernel, before 4.15, has
     *     none
     */
    public Meters(RequestChannel channel, Datapath datapath) throws NetlinkException {
        this.channel = channel;
        this.family = GenericFamily.resolve(channel, OvsFamilies.METER);
        this.dpIfindex = datapath.ifindex();
    }

    public Features features() throws NetlinkException {
        begin(MeterAttributes.CMD_FEATURES);
        AttributeList attributes = channel.query("meter features", Meters::attributes);
        return new Features(
                attributes.number(MeterAttributes.MAX_METERS, 0),
                attributes.number(MeterAttributes.MAX_BANDS, 0),
                attributes);
    }

    /**
     * Makes a meter, or replaces the one of that number, whose counters then start anew.
     *
     * @param id unsigned
     * @param kbps whether rates are kbit/s and not packets/s
     * @throws NetlinkException EINVAL for bands that the kernel does not take; EFBIG or EBUSY for a
     *     number beyond what it can hold
     */
    public void set(int id, boolean kbps, List<Meter.Band> bands) throws NetlinkException {
        AttributeList list = new AttributeList(MeterAttributes.BAND_LIST.nested().get());
        for (Meter.Band band : bands) {
            list.putElement(
                    list.size() + 1,
                    new AttributeList(MeterAttributes.BAND_TABLE)
                            .put(MeterAttributes.BAND_TYPE, band.type())
                            .put(MeterAttributes.BAND_RATE, band.rate())
                            .put(MeterAttributes.BAND_BURST, band.burst()));
        }
        AttributeList request =
                new AttributeList(MeterAttributes.TABLE)
                        .put(MeterAttributes.ID, id & 0xffffffffL)
                        .putFlag(MeterAttributes.KBPS, kbps)
                        .put(MeterAttributes.BAND_LIST, list);
        AttributeCodec.encode(request, begin(MeterAttributes.CMD_SET));
        channel.execute("meter set " + Integer.toUnsignedString(id));
    }

    /** The meter of that number; empty if there is none. */
    public Optional<Meter> find(int id) throws NetlinkException {
        begin(MeterAttributes.CMD_GET).putU32(MeterAttributes.ID.number(), id);
        return found("meter get " + Integer.toUnsignedString(id), Meter::decode);
    }

    /**
     * Deletes a meter.
     *
     * @return the meter with its final counters; empty if there was none
     */
    public Optional<Meter> delete(int id) throws NetlinkException {
        begin(MeterAttributes.CMD_DEL).putU32(MeterAttributes.ID.number(), id);
        // The kernel answers a deletion of nothing with a message without id.
        return found("meter del " + Integer.toUnsignedString(id), Meter::decode)
                .filter(meter -> meter.attributes().has(MeterAttributes.ID));
    }

    private Optional<Meter> found(String operation, Function<MessageReader, Meter> decoder)
            throws NetlinkException {
        try {
            return Optional.of(channel.query(operation, decoder));
        } catch (NetlinkException e) {
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private MessageWriter begin(int command) {
        return channel.begin(family, 0, command).putRawU32(dpIfindex);
    }

    private static AttributeList attributes(MessageReader message) {
        return AttributeCodec.decode(MeterAttributes.TABLE, message, OvsHeader.PAYLOAD_OFFSET);
    }
}
