package io.odp4j.datapath.embedded.server;

import static io.odp4j.datapath.ovs.MeterAttributes.BAND_LIST;
import static io.odp4j.datapath.ovs.MeterAttributes.CLEAR;
import static io.odp4j.datapath.ovs.MeterAttributes.ID;
import static io.odp4j.datapath.ovs.MeterAttributes.KBPS;
import static io.odp4j.datapath.ovs.MeterAttributes.STATS;

import io.odp4j.datapath.embedded.forwarding.World;
import io.odp4j.datapath.embedded.message.AttributeRun;
import io.odp4j.datapath.embedded.message.Family;
import io.odp4j.datapath.embedded.message.Handler;
import io.odp4j.datapath.embedded.message.Policy;
import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.embedded.message.Request;
import io.odp4j.datapath.embedded.message.Wire;
import io.odp4j.datapath.embedded.meter.Meter;
import io.odp4j.datapath.embedded.meter.MeterBand;
import io.odp4j.datapath.embedded.meter.Meters;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.ovs.MeterAttributes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The family ovs_meter ({@code net/openvswitch/meter.c}): a meter has one band at most. */
final class MeterRequests implements Handler {
    private static final Policy POLICY =
            new Policy(MeterAttributes.MAX_BANDS.number())
                    .u32(
                            ID.number(),
                            MeterAttributes.MAX_METERS.number(),
                            MeterAttributes.MAX_BANDS.number())
                    .flag(KBPS.number(), CLEAR.number())
                    .bytes(16, STATS.number())
                    .nested(BAND_LIST.number())
                    .u64(MeterAttributes.USED.number());
    private static final int[] BAND_LEAST = {0, 4, 4, 4, 16};
    private static final int MOST_BANDS = 1;

    private final World world;
    private final Wire wire;

    MeterRequests(World world) {
        this.world = world;
        this.wire = world.wire();
    }

    @Override
    public Policy policy(int command) {
        return POLICY;
    }

    @Override
    public void handle(Request request) throws Refusal {
        request.parse(POLICY);
        switch (request.command()) {
            case MeterAttributes.CMD_FEATURES -> features(request);
            case MeterAttributes.CMD_SET -> set(request);
            case MeterAttributes.CMD_DEL -> delete(request);
            default -> get(request);
        }
    }

    private void features(Request request) throws Refusal {
        world.datapath(request.dpIfindex());
        MessageWriter w = begin(request);
        w.putU32(MeterAttributes.MAX_METERS.number(), Meters.MOST);
        w.putU32(MeterAttributes.MAX_BANDS.number(), MOST_BANDS);
        int bands = w.beginPlainNest(BAND_LIST.number());
        int band = w.beginPlainNest(0);
        w.putU32(MeterAttributes.BAND_TYPE.number(), MeterBand.DROP);
        w.endNest(band);
        w.endNest(bands);
        send(request, w);
    }

    private void set(Request request) throws Refusal {
        Refusal.require(request.has(ID));
        int id = request.u32(ID);
        Meter meter = read(request);
        Meter old = world.datapath(request.dpIfindex()).meters().put(id, meter);
        MessageWriter w = begin(request);
        w.putU32(ID.number(), id);
        if (old != null && old.keepsStats()) {
            statistics(w, id, old);
        }
        send(request, w);
    }

    private void get(Request request) throws Refusal {
        Refusal.require(request.has(ID));
        int id = request.u32(ID);
        Meter meter = world.datapath(request.dpIfindex()).meters().get(id);
        Refusal.require(meter != null, Errno.ENOENT);
        MessageWriter w = begin(request);
        statistics(w, id, meter);
        send(request, w);
    }

    /** A meter that there is not is deleted without a word. */
    private void delete(Request request) throws Refusal {
        Refusal.require(request.has(ID));
        int id = request.u32(ID);
        Meter old = world.datapath(request.dpIfindex()).meters().remove(id);
        MessageWriter w = begin(request);
        if (old != null) {
            statistics(w, id, old);
        }
        send(request, w);
    }

    private static Meter read(Request request) throws Refusal {
        Refusal.require(request.has(BAND_LIST));
        ByteBuffer b = request.buffer();
        List<MeterBand> bands = new ArrayList<>();
        int at = request.offset(BAND_LIST);
        int length = request.length(BAND_LIST);
        // They are counted first, so that too many matter before a wrong one does.
        int number = 0;
        for (AttributeRun run = new AttributeRun(b, at, length); run.next(); ) {
            Refusal.require(++number <= MOST_BANDS);
        }
        for (AttributeRun run = new AttributeRun(b, at, length); run.next(); ) {
            bands.add(band(b, run.offset(), run.length()));
        }
        long now = System.nanoTime() / 1_000_000L;
        boolean keepsStats = !request.has(CLEAR);
        Meter meter = new Meter(request.has(KBPS), keepsStats, bands, now);
        if (keepsStats && request.has(STATS)) {
            meter.packets = b.getLong(request.offset(STATS));
            meter.octets = b.getLong(request.offset(STATS) + 8);
        }
        return meter;
    }

    private static MeterBand band(ByteBuffer b, int offset, int length) throws Refusal {
        int[] found = new int[BAND_LEAST.length];
        for (AttributeRun run = new AttributeRun(b, offset, length); run.next(); ) {
            int type = run.type();
            if (type > 0 && type < BAND_LEAST.length) {
                Refusal.require(run.length() >= BAND_LEAST[type], Errno.ERANGE);
                found[type] = run.offset();
            }
        }
        int type = found[MeterAttributes.BAND_TYPE.number()];
        int rate = found[MeterAttributes.BAND_RATE.number()];
        int burst = found[MeterAttributes.BAND_BURST.number()];
        Refusal.require(type != 0 && rate != 0 && burst != 0 && b.getInt(rate) != 0);
        return new MeterBand(b.getInt(type), b.getInt(rate), b.getInt(burst));
    }

    private MessageWriter begin(Request request) {
        return Handler.begin(
                wire.begin(),
                Family.METER,
                0,
                request.sequence(),
                request.sender(),
                request.command(),
                request.dpIfindex());
    }

    private void send(Request request, MessageWriter w) {
        w.end();
        wire.send(request.sender());
    }

    private static void statistics(MessageWriter w, int id, Meter meter) {
        w.putU32(ID.number(), id);
        int at = w.header(STATS.number(), 16);
        w.buffer().putLong(at, meter.packets).putLong(at + 8, meter.octets);
        w.putU64(MeterAttributes.USED.number(), meter.usedMillis);
        int bands = w.beginPlainNest(BAND_LIST.number());
        for (MeterBand band : meter.bands()) {
            int nest = w.beginPlainNest(0);
            at = w.header(MeterAttributes.BAND_STATS.number(), 16);
            w.buffer().putLong(at, band.packets).putLong(at + 8, band.octets);
            w.endNest(nest);
        }
        w.endNest(bands);
    }
}
