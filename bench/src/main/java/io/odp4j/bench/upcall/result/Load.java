package io.odp4j.bench.upcall.result;

import java.util.Locale;

/**
 * How hard a subject is asked.
 *
 * @param kind what is held constant
 * @param window frames under way at most; of a closed loop or a fill
 * @param rate frames offered a second; of an open loop
 * @param frames how many are sent; 0: for as long as a round lasts
 */
public record Load(Kind kind, int window, double rate, int frames) {
    /** What is held constant. */
    public enum Kind {
        /** So many frames are under way: the next is sent when one has come out. */
        CLOSED,
        /** So many frames are sent a second, whatever comes out. */
        OPEN,
        /** A closed loop until the datapath has been given so many flows. */
        FILL
    }

    /** A closed loop. */
    public static Load closed(int window) {
        return new Load(Kind.CLOSED, window, 0, 0);
    }

    /** An open loop. */
    public static Load open(double rate) {
        return new Load(Kind.OPEN, 0, rate, 0);
    }

    /** So many flows, in a closed loop. */
    public static Load fill(int frames, int window) {
        return new Load(Kind.FILL, window, 0, frames);
    }

    /** As it stands in a table's first column. */
    @Override
    public String toString() {
        return switch (kind) {
            case CLOSED -> "W " + window;
            case OPEN -> String.format(Locale.ROOT, "%.0f/s", rate);
            case FILL -> frames + ", W " + window;
        };
    }
}
