package io.odp4j.flowcache.policy;

import it.unimi.dsi.fastutil.longs.Long2LongLinkedOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.objects.ObjectIterator;
import java.util.function.IntPredicate;

/**
 * Behind which port an address was seen last, per VLAN. An address without traffic is forgotten in
 * time; where there is no room, the one seen longest ago is. Time is what {@link #setNow} says, so
 * that a packet costs no look at the clock. One thread's.
 */
public final class MacTable {
    /** Entries that Open vSwitch holds by default. */
    public static final int DEFAULT_SIZE = 8192;

    /** Seconds after which Open vSwitch forgets an address by default. */
    public static final int DEFAULT_AGE_SECONDS = 300;

    /** No port: the address is not known. */
    public static final int UNKNOWN = -1;

    /** Hears of the entries one by one. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * An entry.
         *
         * @param ageSeconds since the last sign of life; {@link #STATIC} if it does not age
         */
        void entry(int vlan, long mac, int port, int ageSeconds);
    }

    /** In place of an age: put there by hand, and neither moved nor forgotten by itself. */
    public static final int STATIC = -1;

    private static final long STATIC_BIT = 1L << 62;
    private static final int PORT_BITS = 0x3fff_ffff;
    private static final long MAC_BITS = (1L << 48) - 1;

    private final int max;
    private final int maxAgeSeconds;
    // Whether it is static, the port in the upper half, the second of the last sign of life.
    private final Long2LongLinkedOpenHashMap entries = new Long2LongLinkedOpenHashMap();
    private int now;
    private long version;
    private long learned;
    private long expired;
    private long evicted;
    private long moved;
    private Listener listener;

    /** Hears of addresses that the table learnt, or whose age it took back, from packets. */
    @FunctionalInterface
    public interface Listener {
        /**
         * An address was seen behind a port.
         *
         * @param news whether it was not known there
         */
        void seen(int vlan, long mac, int port, boolean news);
    }

    public MacTable() {
        this(DEFAULT_SIZE, DEFAULT_AGE_SECONDS);
    }

    public MacTable(int max, int maxAgeSeconds) {
        this.max = max;
        this.maxAgeSeconds = maxAgeSeconds;
        entries.defaultReturnValue(-1);
    }

    private static long key(int vlan, long mac) {
        return (long) vlan << 48 | mac;
    }

    private long entry(int port) {
        return (long) port << 32 | now & 0xffff_ffffL;
    }

    /**
     * Tells somebody of signs of life: at once of an address that is new or has moved, of others
     * when a tenth of the time has passed after which they are forgotten.
     */
    public void setListener(Listener hears) {
        listener = hears;
    }

    /** Sets the time, in seconds of any clock that does not jump. */
    public void setNow(int seconds) {
        now = seconds;
    }

    /** Notes where an address is; whether that is news. */
    public boolean learn(int vlan, long mac, int port) {
        long before = note(vlan, mac, port);
        boolean news = before < 0 || !isStatic(before) && portOf(before) != port;
        if (listener != null && (news || isStale(before))) {
            listener.seen(vlan, mac, port, news);
        }
        return news;
    }

    /** Takes over what another table's listener heard; nobody is told. */
    public void accept(int vlan, long mac, int port, boolean news) {
        int known = port(vlan, mac);
        if (news || known == UNKNOWN || known == port) {
            note(vlan, mac, port);
        }
    }

    private boolean isStale(long entry) {
        return !isStatic(entry) && now - (int) entry >= Math.max(1, maxAgeSeconds / 10);
    }

    private long note(int vlan, long mac, int port) {
        long key = key(vlan, mac);
        long before = entries.get(key);
        if (isStatic(before)) {
            return before;
        }
        entries.putAndMoveToLast(key, entry(port));
        if (before < 0) {
            learned++;
        } else if (portOf(before) != port) {
            moved++;
        }
        if (before < 0 || portOf(before) != port) {
            version++;
        }
        if (entries.size() > max) {
            entries.removeFirstLong();
            evicted++;
        }
        return before;
    }

    private static boolean isStatic(long entry) {
        return entry >= 0 && (entry & STATIC_BIT) != 0;
    }

    private static int portOf(long entry) {
        return (int) (entry >>> 32) & PORT_BITS;
    }

    /** Puts an address behind a port for good; what packets say changes nothing. */
    public void pin(int vlan, long mac, int port) {
        entries.putAndMoveToLast(key(vlan, mac), entry(port) | STATIC_BIT);
        version++;
    }

    /** Forgets an address, however it came there; whether it was known. */
    public boolean forget(int vlan, long mac) {
        boolean known = entries.remove(key(vlan, mac)) >= 0;
        if (known) {
            version++;
        }
        return known;
    }

    /** Forgets every address that was learnt. */
    public void flush() {
        if (entries.values().removeIf((long entry) -> !isStatic(entry))) {
            version++;
        }
    }

    /** Shows the entries, the one without a sign of life for longest first. */
    public void forEach(Visitor visitor) {
        ObjectIterator<Long2LongMap.Entry> all = entries.long2LongEntrySet().fastIterator();
        while (all.hasNext()) {
            Long2LongMap.Entry each = all.next();
            long entry = each.getLongValue();
            visitor.entry(
                    (int) (each.getLongKey() >>> 48),
                    each.getLongKey() & MAC_BITS,
                    portOf(entry),
                    isStatic(entry) ? STATIC : now - (int) entry);
        }
    }

    /** Notes traffic of an address if it is known at that port; learns nothing new. */
    public void refresh(int vlan, long mac, int port) {
        if (port(vlan, mac) == port) {
            long before = note(vlan, mac, port);
            if (listener != null && isStale(before)) {
                listener.seen(vlan, mac, port, false);
            }
        }
    }

    /** The port of an address, or {@link #UNKNOWN}. */
    public int port(int vlan, long mac) {
        long entry = entries.get(key(vlan, mac));
        return entry < 0 ? UNKNOWN : portOf(entry);
    }

    /** Forgets addresses that are too old, and those behind a port that is gone. */
    public void expire(IntPredicate portExists) {
        ObjectIterator<Long2LongMap.Entry> all = entries.long2LongEntrySet().fastIterator();
        while (all.hasNext()) {
            long entry = all.next().getLongValue();
            boolean old = !isStatic(entry) && now - (int) entry >= maxAgeSeconds;
            if (old || !portExists.test(portOf(entry))) {
                all.remove();
                expired++;
                version++;
            }
        }
    }

    /** Grows when an address is new, has moved or is forgotten: verdicts may no longer hold. */
    public long version() {
        return version;
    }

    /** Addresses that were new. */
    public long learned() {
        return learned;
    }

    /** Entries that got too old, or whose port went away. */
    public long expired() {
        return expired;
    }

    /** Entries that made room for others. */
    public long evicted() {
        return evicted;
    }

    /** Entries whose address turned up behind another port. */
    public long moved() {
        return moved;
    }

    /** The most entries. */
    public int capacity() {
        return max;
    }

    public int size() {
        return entries.size();
    }
}
