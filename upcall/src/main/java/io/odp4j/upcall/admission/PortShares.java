package io.odp4j.upcall.admission;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A token bucket for the upcalls of each port, and one beside it for those of control protocols, so
 * that ARP, LACP, BFD, DHCP and neighbour discovery get through whatever else a port sends.
 *
 * <p>A bucket is one number, the time at which the next upcall would be due at the rate asked for
 * (the generic cell rate algorithm, ITU-T I.371). One thread's; allocates for a new port alone.
 */
public final class PortShares {
    /** What becomes of an upcall. */
    public enum Answer {
        ADMIT,
        /** Its port is over its share. */
        DROP,
        /** So too, and it is time for a flow that drops the port's packets in the datapath. */
        MUTE
    }

    private static final int DATA = 0;
    private static final int CONTROL = 1;
    private static final int MUTED = 2;
    private static final int NUMBERS = 3;
    private static final long MUTE_NANOS = 1_000_000_000L;

    private final Admission config;
    private final long interval;
    private final long burstNanos;
    private final UpcallPeek peek = new UpcallPeek();
    private final Int2IntOpenHashMap places = new Int2IntOpenHashMap();
    private long[] times = new long[16 * NUMBERS];

    public PortShares(Admission config) {
        this.config = config;
        this.interval = 1_000_000_000L / config.rate();
        this.burstNanos = interval * (config.burst() - 1);
        places.defaultReturnValue(-1);
    }

    /** Whether an upcall may go on. */
    public Answer admit(ByteBuffer memory, int offset, int length, long nowNanos) {
        if (!peek.look(memory, offset, length)) {
            return Answer.ADMIT; // malformed: counted where it is decoded
        }
        int place = place(peek.port(), nowNanos);
        if (peek.isControl() && take(place + CONTROL, nowNanos) || take(place + DATA, nowNanos)) {
            return Answer.ADMIT;
        }
        if (config.over() == Admission.Over.DROP || nowNanos < times[place + MUTED]) {
            return Answer.DROP;
        }
        times[place + MUTED] = nowNanos + MUTE_NANOS;
        return Answer.MUTE;
    }

    /** The port of the upcall that was asked about last. */
    public int port() {
        return peek.port();
    }

    private int place(int port, long nowNanos) {
        int place = places.get(port);
        if (place < 0) {
            place = places.size() * NUMBERS;
            if (place == times.length) {
                times = Arrays.copyOf(times, 2 * times.length);
            }
            Arrays.fill(times, place, place + NUMBERS, nowNanos);
            places.put(port, place);
        }
        return place;
    }

    private boolean take(int bucket, long nowNanos) {
        long due = times[bucket];
        if (nowNanos - due < -burstNanos) {
            return false;
        }
        times[bucket] = Math.max(due, nowNanos) + interval;
        return true;
    }
}
