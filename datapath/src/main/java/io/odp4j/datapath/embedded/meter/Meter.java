package io.odp4j.datapath.embedded.meter;

import java.util.List;

/**
 * A meter, with the kernel's arithmetic ({@code ovs_meter_execute} in {@code
 * net/openvswitch/meter.c}): time in milliseconds, tokens in bits or in thousandths of packets.
 */
public final class Meter {
    private static final int PACKET_COST = 1000;

    private final boolean kbps;
    private final boolean keepsStats;
    private final List<MeterBand> bands;
    private final long longestWait;
    public long packets;
    public long octets;

    /** When it was used last, or made: milliseconds of the monotonic clock. */
    public long usedMillis;

    /**
     * @param kbps rates and bursts are of kilobits; otherwise of packets
     * @param keepsStats whether its statistics are told when another takes its place
     */
    public Meter(boolean kbps, boolean keepsStats, List<MeterBand> bands, long nowMillis) {
        this.kbps = kbps;
        this.keepsStats = keepsStats;
        this.bands = List.copyOf(bands);
        this.longestWait = bands.stream().mapToLong(MeterBand::fullAfter).max().orElse(0);
        this.usedMillis = nowMillis;
    }

    public List<MeterBand> bands() {
        return bands;
    }

    /** Whether its statistics are told when another takes its place. */
    public boolean keepsStats() {
        return keepsStats;
    }

    /** Counts a packet; true if it is to be dropped. */
    boolean drops(int length, long nowMillis) {
        long passed = Math.min(Math.max(nowMillis - usedMillis, 0), longestWait);
        usedMillis = nowMillis;
        packets++;
        octets += length;
        long cost = kbps ? length * 8L : PACKET_COST;
        MeterBand exceeded = null;
        for (int i = 0; i < bands.size(); i++) {
            MeterBand band = bands.get(i);
            if (!band.take(passed, cost) && (exceeded == null || band.rate > exceeded.rate)) {
                exceeded = band;
            }
        }
        if (exceeded == null) {
            return false;
        }
        exceeded.packets++;
        exceeded.octets += length;
        return exceeded.type == MeterBand.DROP;
    }
}
