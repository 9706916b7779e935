package io.odp4j.upcall.reader;

/**
 * In which order a turn of the reader comes to its ready sockets: quiet ones first, then the busy
 * ones, beginning with the one after where the turn before left off. One thread's.
 */
final class TurnOrder {
    private final UpcallSource[] quiet;
    private final UpcallSource[] busy;
    private int quietCount;
    private int busyCount;
    private int nextBusy;

    /**
     * @param most the most sockets of a turn
     */
    TurnOrder(int most) {
        quiet = new UpcallSource[most];
        busy = new UpcallSource[most];
    }

    /** Begins a turn. */
    void clear() {
        quietCount = 0;
        busyCount = 0;
    }

    /** Notes a ready socket. */
    void add(UpcallSource source) {
        if (source.isBusy()) {
            busy[busyCount++] = source;
        } else {
            quiet[quietCount++] = source;
        }
    }

    /** How many were quiet when they were noted. */
    int quiet() {
        return quietCount;
    }

    UpcallSource quiet(int index) {
        return quiet[index];
    }

    /** How many were busy when they were noted. */
    int busy() {
        return busyCount;
    }

    /** The busy one whose turn it is; there must be one. */
    UpcallSource nextBusy() {
        nextBusy = nextBusy + 1 < busyCount ? nextBusy + 1 : 0;
        return busy[nextBusy];
    }
}
