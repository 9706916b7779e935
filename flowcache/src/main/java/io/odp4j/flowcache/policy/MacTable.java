package io.odp4j.flowcache.policy;

import it.unimi.dsi.fastutil.longs.Long2IntLinkedOpenHashMap;

/** Behind which port an address was seen last, per VLAN; the one seen longest ago is forgotten. */
public final class MacTable {
    /** Entries that Open vSwitch holds by default. */
    public static final int DEFAULT_SIZE = 8192;

    /** No port: the address is not known. */
    public static final int UNKNOWN = -1;

    private final int max;
    private final Long2IntLinkedOpenHashMap ports = new Long2IntLinkedOpenHashMap();
    private long version;

    public MacTable() {
        this(DEFAULT_SIZE);
    }

    public MacTable(int max) {
        this.max = max;
        ports.defaultReturnValue(UNKNOWN);
    }

    private static long key(int vlan, long mac) {
        return (long) vlan << 48 | mac;
    }

    /** Notes where an address is; whether that is news. */
    public boolean learn(int vlan, long mac, int port) {
        int before = ports.putAndMoveToLast(key(vlan, mac), port);
        if (ports.size() > max) {
            ports.removeFirstInt();
        }
        if (before != port) {
            version++;
        }
        return before != port;
    }

    public int port(int vlan, long mac) {
        return ports.get(key(vlan, mac));
    }

    /** Grows when an address is new or has moved: verdicts that flooded may no longer hold. */
    public long version() {
        return version;
    }

    public int size() {
        return ports.size();
    }
}
