package io.odp4j.upcall.watch;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Gathers the events of all shards for a while, from where somebody stopped before. One thread's.
 */
public final class EventReader {
    /** For how long a tap stays open when nobody asks. */
    private static final long LEASE_NANOS = 5_000_000_000L;

    private static final int PAUSE_MILLIS = 10;

    private final List<EventTap> taps;
    private final int snapLength;
    private final EventRing[] rings;
    private final long[] next;
    private final Event event = new Event();
    private long shown;
    private long notShown;
    private long missed;

    /**
     * Opens the taps.
     *
     * @param taps one of each shard
     * @param snapLength how many bytes of a packet are wanted
     * @param cursor what {@link #cursor} said before, or null to begin now
     * @throws IllegalArgumentException if that is no cursor of these
     */
    public EventReader(List<EventTap> taps, int snapLength, String cursor) {
        this.taps = taps;
        this.snapLength = snapLength;
        rings = new EventRing[taps.size()];
        next = new long[taps.size()];
        open();
        String[] words = cursor == null ? null : cursor.split("-", -1);
        if (words != null && words.length != next.length) {
            throw new IllegalArgumentException("\"" + cursor + "\" is no cursor of this agent");
        }
        for (int i = 0; i < next.length; i++) {
            next[i] = words == null ? rings[i].end() : place(cursor, words[i], rings[i].end());
        }
    }

    /** A place that is yet to come is an earlier agent's: that one's begin is as good as any. */
    private static long place(String cursor, String word, long end) {
        try {
            long place = Long.parseUnsignedLong(word, Character.MAX_RADIX);
            return Long.compareUnsigned(place, end) > 0 ? 0 : place;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + cursor + "\" is no cursor of this agent", e);
        }
    }

    private void open() {
        for (int i = 0; i < rings.length; i++) {
            rings[i] = taps.get(i).open(LEASE_NANOS, snapLength);
        }
    }

    /**
     * Gathers for so long.
     *
     * @param filter what is of interest
     * @param most what is of interest beyond that is counted and not shown
     * @param somebody gets each event, which is filled anew for the next one
     */
    public void gather(long millis, int most, Predicate<Event> filter, Consumer<Event> somebody)
            throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000L;
        while (true) {
            boolean last = System.nanoTime() - until >= 0;
            for (int i = 0; i < rings.length; i++) {
                drain(i, most, filter, somebody);
            }
            if (last) {
                return;
            }
            open();
            long left = (until - System.nanoTime()) / 1_000_000L;
            Thread.sleep(Math.max(1, Math.min(PAUSE_MILLIS, left)));
        }
    }

    private void drain(int shard, int most, Predicate<Event> filter, Consumer<Event> somebody) {
        long end = rings[shard].end();
        long oldest = end - EventRing.SLOTS;
        if (next[shard] < oldest) {
            missed += oldest - next[shard];
            next[shard] = oldest;
        }
        for (; next[shard] < end; next[shard]++) {
            if (!rings[shard].read(next[shard], event)) {
                missed++;
            } else if (filter.test(event)) {
                if (shown < most) {
                    shown++;
                    somebody.accept(event);
                } else {
                    notShown++;
                }
            }
        }
    }

    /** Where it stopped: another reader goes on there. */
    public String cursor() {
        StringBuilder text = new StringBuilder();
        for (long place : next) {
            text.append(text.length() == 0 ? "" : "-");
            text.append(Long.toUnsignedString(place, Character.MAX_RADIX));
        }
        return text.toString();
    }

    /** Events handed on. */
    public long shown() {
        return shown;
    }

    /** Events of interest beyond those that were wanted. */
    public long notShown() {
        return notShown;
    }

    /** Events that were overwritten before they were read. */
    public long missed() {
        return missed;
    }
}
