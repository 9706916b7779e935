package io.odp4j.upcall.admission;

/**
 * How many upcalls a port may have handled.
 *
 * @param rate upcalls a second of each port, and as many again of control protocols; 0 for any
 *     number
 * @param burst how many may come at once
 * @param over what becomes of a port that is over its share
 */
public record Admission(int rate, int burst, Over over) {
    /** Every upcall is handled. */
    public static final Admission ALL = new Admission(0, 1, Over.DROP);

    private static final int MOST = 1_000_000_000;

    /** What becomes of the upcalls of a port that is over its share. */
    public enum Over {
        /** Each is dropped. */
        DROP,
        /**
         * The port's packets of that Ethernet type and IP protocol are dropped in the datapath for
         * a second, so that they cost nothing here.
         */
        MUTE
    }

    /**
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Admission {
        if (rate < 0 || rate > MOST || burst < 1) {
            throw new IllegalArgumentException("rate: 0 to " + MOST + ", burst: at least 1");
        }
    }

    /** Whether there is anything to decide. */
    public boolean isLimited() {
        return rate > 0;
    }
}
