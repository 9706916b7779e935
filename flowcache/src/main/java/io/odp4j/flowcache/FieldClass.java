package io.odp4j.flowcache;

/**
 * One of the ways in which masks look at a unit of the key: a set of significant bits that occurs.
 *
 * <p>Classes of a unit whose bits lie within one {@link Probe} and lack at most three of its bits
 * share it: four prefix lengths are asked for with one load.
 */
final class FieldClass {
    /** Values beyond which a class is asked no more: the filter would not fit a CPU's cache. */
    private static final int MAX_VALUES = 1 << 14;

    private final long bits;
    private final Probe probe;
    private final int lane;
    private int masks;
    private int values;
    private boolean saturated;

    FieldClass(long bits, Probe probe, int lane) {
        this.bits = bits;
        this.probe = probe;
        this.lane = lane;
    }

    Probe probe() {
        return probe;
    }

    /** The class's number among those of its bank: which bit stands for it. */
    int bit() {
        return probe.firstBit + lane;
    }

    /** Forgets how many values were recorded: the filter is a new one. */
    void startAnew() {
        values = 0;
    }

    /** Whether there are so many values that most others would seem to occur too. */
    boolean hasTooManyValues() {
        return values > MAX_VALUES;
    }

    boolean isSaturated() {
        return saturated;
    }

    /** Says whether the class is asked at all; to be followed by a new {@link MaskTree}. */
    void setSaturated(boolean saturated) {
        count(-1);
        this.saturated = saturated;
        count(1);
    }

    /** Counts a mask that has this class, or counts it out. */
    void join(int one) {
        count(-1);
        masks += one;
        count(1);
    }

    private void count(int sign) {
        if (!saturated && masks > 0) {
            probe.bank.masks += sign * masks;
            probe.bank.classes += sign;
        }
    }

    /** Says in the filter that a masked word of that value exists. */
    void record(PresenceFilter filter, long value) {
        long wild = probe.bits & ~bits;
        long sub = 0;
        boolean fresh = false;
        do {
            fresh |= filter.set(probe.spread(value & bits | sub), 1 << lane);
            sub = sub - wild & wild;
        } while (sub != 0);
        values += fresh ? 1 : 0;
    }

    /** What to ask the filter: the bits of a word that choose the place, and how. */
    static final class Probe {
        static final int LANES = 4;
        static final long LANE_BITS = (1L << LANES) - 1;
        final Bank bank;
        final long bits;
        final int firstBit;
        final int shift;
        final long secret = KeyHash.secret();
        int lanesUsed;

        Probe(Bank bank, long bits, int firstBit) {
            this.bank = bank;
            this.bits = bits;
            this.firstBit = firstBit;
            this.shift = Long.numberOfTrailingZeros(bits);
        }

        /** A number whose top bits are the place of a word. */
        long spread(long word) {
            return spread(word, bits, shift, secret);
        }

        /** The same, of a probe that is spelled out. */
        static long spread(long word, long bits, int shift, long secret) {
            // One more than the value, so that zero does not lie in the same place for every probe.
            return (((word & bits) >>> shift) + 1) * secret;
        }
    }

    /** Up to 64 classes of one unit, with how many of them live masks have. */
    static final class Bank {
        final KeyUnits.Unit unit;
        int classes;
        int masks;

        Bank(KeyUnits.Unit unit) {
            this.unit = unit;
        }

        /** Whether it tells masks apart at all. */
        boolean discriminates(int allMasks) {
            return classes > 1 || classes == 1 && masks < allMasks;
        }
    }
}
