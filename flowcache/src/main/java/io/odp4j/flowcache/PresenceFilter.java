package io.odp4j.flowcache;

/**
 * Which values occur, per class of a field: a byte per place, a bit of it per class of a probe.
 *
 * <p>It may say yes where the answer is no, never the other way round. What is deleted stays until
 * the filter is built anew.
 */
final class PresenceFilter {
    private static final int MIN_BITS = 12;
    private static final int MAX_BITS = 28;

    private final byte[] places;
    private final int shift;
    private int taken;

    /** Makes room for that many values at a quarter full. */
    PresenceFilter(long values) {
        int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, values) * 4 - 1);
        bits = Math.min(MAX_BITS, Math.max(MIN_BITS, bits));
        places = new byte[1 << bits];
        shift = 64 - bits;
    }

    void set(long spread, int bits) {
        int place = (int) (spread >>> shift);
        int before = places[place];
        places[place] = (byte) (before | bits);
        if (before == 0) {
            taken++;
        }
    }

    long get(long spread) {
        return places[(int) (spread >>> shift)];
    }

    /** Whether answers get wrong too often and a larger one would help. */
    boolean isCrowded() {
        return taken > places.length / 3 && places.length < 1 << MAX_BITS;
    }

    int taken() {
        return taken;
    }

    long memory() {
        return places.length;
    }
}
