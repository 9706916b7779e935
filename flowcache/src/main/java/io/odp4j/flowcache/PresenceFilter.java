package io.odp4j.flowcache;

/**
 * Which values occur, per class of a field: a 16-bit place per value, a bit of it per class of a
 * probe.
 *
 * <pre>
 *   bits 0..3    the classes for which the value occurs
 *        4..15   signature of the value; {@link #ANY} where several values met
 * </pre>
 *
 * It may say yes where the answer is no, never the other way round. What is deleted stays until the
 * filter is built anew.
 */
final class PresenceFilter {
    private static final int MIN_BITS = 12;
    private static final int MAX_BITS = 27;
    private static final int LANES = FieldClass.Probe.LANES;
    private static final int ANY = 0xfff;

    private final short[] places;
    private final int shift;
    private int taken;

    /** Makes room for that many values at a quarter full. */
    PresenceFilter(long values) {
        int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, values) * 4 - 1);
        bits = Math.min(MAX_BITS, Math.max(MIN_BITS, bits));
        places = new short[1 << bits];
        shift = 64 - bits;
    }

    /** Sets bits for a value; whether any was not set before. */
    boolean set(long spread, int bits) {
        int place = (int) (spread >>> shift);
        int before = places[place];
        int signature = signature(spread);
        if (before == 0) {
            taken++;
        } else if ((before >>> LANES & ANY) != signature) {
            signature = ANY;
        }
        places[place] = (short) (signature << LANES | before & (1 << LANES) - 1 | bits);
        return (before & bits) != bits;
    }

    /** The bits set for a value. */
    long get(long spread) {
        int word = places[(int) (spread >>> shift)];
        int signature = word >>> LANES & ANY;
        boolean here = signature == signature(spread) || signature == ANY;
        return here ? word & FieldClass.Probe.LANE_BITS : 0;
    }

    /** Bits that places are not chosen by, however many places there are. */
    private static int signature(long spread) {
        return (int) (spread >>> 64 - MAX_BITS - LANES * 3) & ANY;
    }

    /** Whether answers get wrong too often and a larger one would help. */
    boolean isCrowded() {
        return taken > places.length / 3 && places.length < 1 << MAX_BITS;
    }

    /** Whether one half as large would do, and for some time. */
    boolean isTooLarge() {
        return 8L * taken < places.length && places.length > 1 << MIN_BITS;
    }

    int taken() {
        return taken;
    }

    long memory() {
        return 2L * places.length;
    }
}
