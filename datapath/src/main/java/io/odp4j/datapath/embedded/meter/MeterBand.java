package io.odp4j.datapath.embedded.meter;

/** A band of a meter: a token bucket with a rate and a burst, and what went over it. */
public final class MeterBand {
    /** OVS_METER_BAND_TYPE_DROP, the one type that drops; others only count. */
    public static final int DROP = 1;

    final int type;

    /** Packets or kilobits per second, unsigned. */
    final long rate;

    /** Packets or kilobits. */
    final long burst;

    /** Thousandths of packets, or bits. */
    private long bucket;

    public long packets;
    public long octets;

    public MeterBand(int type, int rate, int burst) {
        this.type = type;
        this.rate = Integer.toUnsignedLong(rate);
        this.burst = Integer.toUnsignedLong(burst);
        this.bucket = this.burst * 1000;
    }

    /** Milliseconds after which the bucket is full, whatever was in it; 32 bits of them. */
    long fullAfter() {
        return burst * 1000 / rate & 0xffff_ffffL;
    }

    /** Fills the bucket and takes the cost out of it; false if there was too little in it. */
    boolean take(long millis, long cost) {
        bucket = Math.min(bucket + millis * rate, burst * 1000);
        if (bucket < cost) {
            return false;
        }
        bucket -= cost;
        return true;
    }
}
